import { minutes } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { openRatesEndpoint } from './support/rates-endpoint.ts';
import { openShop, startWorld } from './support/world.ts';

/** A shop in EUR before a gateway that takes USD only. */
const open = async () => {
  const endpoint = await openRatesEndpoint();
  const world = await startWorld({ env: { GATEWRIGHT_RATES: '', GATEWRIGHT_RATES_URL: endpoint.url } });
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'cryptopayment-center');
  await openAccount(world, shop.store, 'ton-nft');
  const key = await keyOf(world, shop.store);
  const offer = () => callBridge(world, key, 'GET', '/v1/offer?amount=49.90&currency=EUR');
  return { ...world, endpoint, offer };
};

const ids = (accounts: readonly string[]) => accounts.map((gateway) => expect.objectContaining({ gateway }));

test('CPC-8, NFT-1: gateways that need a rate are offered while there is a fresh one, and refused with texts else', async () => {
  const { endpoint, offer, simulators, log } = await open();
  const text = {
    reason: 'no-fresh-rate',
    owner_message: expect.stringContaining('Check the rate source'),
    shopper_message: expect.stringContaining('choose another'),
  };
  const hidden = [
    { gateway: 'cryptopayment-center', ...text },
    { gateway: 'ton-nft', ...text },
  ].map((item) => expect.objectContaining(item));
  const refused = await offer();
  expect(refused.body).toEqual({ accounts: [], unavailable: expect.arrayContaining(hidden) });
  expect(endpoint.asked).toBe(1);

  const at = new Date(simulators.clock.now()).toISOString();
  endpoint.answer = JSON.stringify({
    rates: [
      { from: 'EUR', to: 'USD', value: '1.0834', at },
      { from: 'TON', to: 'EUR', value: 2.951, at },
    ],
  });
  await simulators.clock.advance(minutes(1));
  const offered = await offer();
  expect(offered.body).toMatchObject({
    accounts: expect.arrayContaining(ids(['cryptopayment-center', 'ton-nft'])),
    unavailable: [],
  });

  // The asset's rate is too old after five minutes, the fiat's is not.
  await simulators.clock.advance(minutes(5));
  const later = await offer();
  expect(later.body).toMatchObject({
    accounts: ids(['cryptopayment-center']),
    unavailable: ids(['ton-nft']),
  });
  expect(log()).not.toContain('secret-of-the-endpoint');
});
