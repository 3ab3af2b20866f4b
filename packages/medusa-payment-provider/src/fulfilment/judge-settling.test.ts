import { moneySchema } from '@gatewright/payment-core';
import { expect, it } from 'vitest';
import { judgeSettling } from './judge-settling.ts';
import type { Purchase, ShopPayment } from './purchase.ts';

const eur = (amount: string) => moneySchema.parse({ amount, currency: 'EUR' });
const account = 'pp_gatewright_main';
const paid = { account, invoice: 'invoice_1', expected: eur('24.99') };

const payment = (change: Partial<ShopPayment> = {}): ShopPayment => ({
  id: 'pay_1',
  provider: account,
  session: 'payses_1',
  invoice: 'invoice_1',
  amount: eur('24.99'),
  captured: true,
  canceled: false,
  refunds: [],
  ...change,
});
const givenBack = { refunds: [{ id: 'ref_1', amount: eur('24.99'), note: '' }] };

/** An order that was placed before its payment. */
const purchase = (
  payments: readonly ShopPayment[],
  { status = 'pending', asks = '24.99' } = {},
): Purchase => ({
  cart: { id: 'cart_1', completed: true, total: eur('24.99') },
  collection: {
    id: 'pay_col_1',
    amount: eur(asks),
    currency: 'EUR',
    sessions: [
      {
        id: 'payses_1',
        provider: account,
        status: 'pending_authorization',
        amount: eur('24.99'),
        exactAmount: '24.99',
      },
    ],
    payments,
  },
  order: { id: 'order_1', status, total: eur(asks) },
});

it.each<[string, Purchase]>([
  ['refunded', purchase([payment(givenBack)])],
  ['cancelled', purchase([payment(givenBack)], { status: 'canceled' })],
  ['edited', purchase([payment()], { asks: '30' })],
])('what this invoice has paid is "already", also when a person has %s the order since', (_what, shop) => {
  expect(judgeSettling(shop, paid)).toEqual({ kind: 'already' });
});

it.each<[string, Purchase, string]>([
  ['another invoice of ours has paid', purchase([payment({ invoice: 'invoice_2' })]), 'paid_otherwise'],
  [
    'another provider was paid for and a person has given back',
    purchase([payment({ provider: 'pp_card', invoice: null, ...givenBack })]),
    'refunded',
  ],
  [
    'another invoice has paid and a person has given back',
    purchase([payment({ invoice: 'invoice_2', ...givenBack })]),
    'refunded',
  ],
  ['asks for more since it was edited (invariant 8)', purchase([], { asks: '30' }), 'total_changed'],
  ['asks for a cent less since it was edited', purchase([], { asks: '24.98' }), 'total_changed'],
])('refuses an order that %s', (_what, shop, reason) => {
  expect(judgeSettling(shop, paid)).toEqual({ kind: 'refused', reason });
});

it('takes a cart that Medusa has paid and given back by itself for refunded: no order was made of it', () => {
  const { cart, collection } = purchase([payment(givenBack)]);
  const shop = { cart: cart && { ...cart, completed: false }, collection, order: null };
  expect(judgeSettling(shop, paid)).toEqual({ kind: 'refused', reason: 'refunded' });
});
