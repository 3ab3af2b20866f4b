import { checkoutAnswer, languages } from '@gatewright/pay-page';
import { refusalText } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { checkoutProblem, conflict, foreignUrl } from '../src/plugin-api/checkout-problem.ts';
import { askTheShop, malformed, notPossibleNow, tooManyCalls, unauthorized } from '../src/wire/problem.ts';
import { openAccount } from './support/accounts.ts';
import { payNewest } from './support/crypto-pay.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { openShop, startWorld } from './support/world.ts';

const shopperTexts = [
  ...(
    [
      'amount-zero',
      'amount-scale',
      'currency-not-accepted',
      'no-fresh-rate',
      'amount-below-minimum',
      'amount-above-maximum',
      'account-refused',
      'gateway-unreachable',
      'account-disabled',
      'mode-mismatch',
      'config-unusable',
      'gateway-unknown',
      'account-unknown',
      'method-missing',
    ] as const
  ).map((reason) => refusalText(reason).shopper),
  ...(['order-paid', 'payment-in-progress'] as const).map((reason) => conflict(reason).shopperMessage),
  checkoutProblem({ outcome: 'busy' }).shopperMessage,
  checkoutProblem({ outcome: 'unavailable', reason: 'x' }).shopperMessage,
  foreignUrl('return_url').shopperMessage,
  malformed([]).shopperMessage,
  unauthorized.shopperMessage,
  tooManyCalls(1).shopperMessage,
  'This order can no longer be paid. Please go back to the shop.',
  notPossibleNow,
  askTheShop,
];

test.each(languages.map(({ tag }) => tag))('every shopper text is there in %s', (tag) => {
  for (const text of shopperTexts) {
    const said = checkoutAnswer(text, { locale: tag });
    expect(said === text, text).toBe(tag === 'en');
  }
});

const said = z.object({ shopper_message: z.string() });
const saidIn = (tag: string, text: string) => checkoutAnswer(text, { locale: tag });

test("the shop's checkout speaks the shopper's language: offer, problems, and calls that are not let in", async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  await openAccount(world, shop.store, 'crypto-pay');
  const key = await keyOf(world, shop.store);
  const offers = await callBridge(world, key, 'GET', '/v1/offer?amount=4990&currency=JPY&locale=de_DE');
  const { unavailable } = z.object({ unavailable: z.array(said) }).parse(offers.body);
  expect(unavailable.map(({ shopper_message }) => shopper_message)).toEqual([
    'Diese Zahlungsart ist für diese Bestellung nicht möglich. Bitte wählen Sie eine andere.',
  ]);

  const { id, orderKey } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  await shop.woo.shopper.pay(id);
  await payNewest(world);
  await world.bridge.work();
  const checkout = (more: Record<string, unknown>, headers?: Record<string, string>) =>
    callBridge(
      world,
      key,
      'POST',
      '/v1/checkouts',
      {
        order_id: id,
        order_key: orderKey,
        amount: '49.90',
        currency: 'USD',
        return_url: `${shop.woo.url}/thanks`,
        cancel_url: `${shop.woo.url}/cart`,
        ...more,
      },
      headers ? { headers } : {},
    );
  const paid = conflict('order-paid').shopperMessage;
  expect(said.parse((await checkout({ locale: 'tr_TR' })).body).shopper_message).toBe(saidIn('tr', paid));
  expect(said.parse((await checkout({ locale: 'xx' })).body).shopper_message).toBe(paid);
  const byHeader = await checkout({}, { 'Accept-Language': 'ar-EG' });
  expect(said.parse(byHeader.body).shopper_message).toBe(saidIn('ar', paid));

  const forged = await callBridge(world, { ...key, secret: 'x' }, 'GET', '/v1/hello', undefined, {
    headers: { 'Accept-Language': 'ru-RU' },
  });
  expect(said.parse(forged.body).shopper_message).toBe(saidIn('ru', unauthorized.shopperMessage));
  // Owners read English: their texts name settings and commands.
  expect(forged.body).toMatchObject({ owner_message: unauthorized.ownerMessage });
});

test('a locale that is nobody’s is no reason to fail', async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  const key = await keyOf(world, shop.store);
  for (const body of ['{"locale":5}', '{"locale":"\\u0000"}', '[', '{"locale":{"a":1}}']) {
    const answer = await callBridge(world, key, 'POST', '/v1/checkouts', body);
    expect(answer).toMatchObject({ status: 400, body: { shopper_message: askTheShop } });
  }
});
