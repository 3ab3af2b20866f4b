import { type GatewayId, gatewayIds } from '@gatewright/gateway-simulator';
import { minutes } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { choose, installShop, openAccount, startSession, startWorld } from './support/world.ts';

const paid = (gateway: GatewayId) => (gateway === 'ton-nft' ? { amount: '16.634' } : {});

describe.each(gatewayIds.map((id) => [id] as const))('%s', (gateway) => {
  test('a buyer pays, the session is resolved once, and the buyer is led back to Shopify', async () => {
    const world = await startWorld();
    const installed = await installShop(world);
    const account = await openAccount(world, installed, gateway);
    const { sessionId, redirectUrl } = await startSession(installed);
    const [network = null] = world.app().ports.gateway(gateway)?.methods ?? [];
    expect((await choose(redirectUrl, account, network)).status).toBe(303);
    const simulator = world.simulators.gateways[gateway];
    const payment = simulator.payments().at(-1);
    expect(await simulator.shopper.pay(payment?.id ?? '', paid(gateway))).toEqual({ ok: true });
    await world.app().work();
    for (let round = 0; round < 30; round += 1) {
      if (installed.shop.payment(sessionId)?.state.code === 'resolved') break;
      await world.simulators.clock.advance(minutes(1));
      await world.app().reconcile();
    }
    expect(installed.shop.payment(sessionId)?.state).toEqual({ code: 'resolved' });
    expect(installed.shop.orders()).toMatchObject([{ financialStatus: 'paid', payments: [sessionId] }]);
    const page = redirectUrl.split('/').at(-1);
    const back = await fetch(`${world.app().publicUrl}/return/${page}`, { redirect: 'manual' });
    expect(back.headers.get('location')).toBe(installed.shop.payment(sessionId)?.returnUrl);
  });
});
