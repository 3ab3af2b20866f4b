import { expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { openShop, startWorld } from './support/world.ts';

test('an order is paid with Crypto Pay: checkout, redirect, webhook, processing, once', async () => {
  const world = await startWorld();
  const { woo, store } = await openShop(world);
  await openAccount(world, store, 'crypto-pay');
  const cryptoPay = world.simulators.gateways['crypto-pay'];
  const order = await woo.shopper.placeOrder({ total: '49.90' });

  const { redirectUrl, invoice } = await woo.shopper.pay(order.id);
  expect(redirectUrl).toBe(`${world.bridge.publicUrl}/pay/${invoice}`);
  const redirect = await fetch(redirectUrl, { redirect: 'manual' });
  expect(redirect.status).toBe(303);
  const [payment] = cryptoPay.payments();
  expect(redirect.headers.get('location')).toBe(payment?.payUrl);

  expect(await cryptoPay.shopper.pay(payment?.id ?? '')).toEqual({ ok: true });
  await world.bridge.work();
  expect(woo.orders(order.id)).toMatchObject({ status: 'processing' });
  expect(woo.claim(order.id)).toMatchObject({ invoice });
  expect(woo.stock(10)).toBeDefined();
  expect(cryptoPay.deliveries().map(({ status }) => status)).toEqual([200]);
});
