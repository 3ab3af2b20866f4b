import { readFileSync } from 'node:fs';
import { type Money, parseCurrency, parseDecimal } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { metaKeys, type RestOrder, readRestOrder } from './rest-order.ts';
import { judgeSettling, paymentBody, proveSettled } from './settle-order.ts';

const money = (amount: string, currency: string): Money => {
  const [decimal, code] = [parseDecimal(amount), parseCurrency(currency)];
  if (!decimal || !code) throw new Error(`${amount} ${currency}`);
  return { amount: decimal, currency: code };
};

const captured = z.object({
  response: z.object({ status: z.number(), body: z.record(z.string(), z.unknown()) }),
});

/** An answer of a real WooCommerce 11.0.1, with fields as they might have been beside it. */
const recorded = (name: string, change: Record<string, unknown> = {}): RestOrder => {
  const text = readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8');
  const { response } = captured.parse(JSON.parse(text));
  const body = { ...response.body, id: String(response.body.id), ...change };
  const read = readRestOrder(response.status, body);
  if (read.kind !== 'order') throw new Error(read.kind);
  return read.order;
};

const ours = { meta_data: [{ key: metaKeys.claim, value: 'claim-1' }] };
const unpaid = { status: 'pending', date_paid_gmt: null, transaction_id: '' };
const price = money('19.99', 'USD');

const waiting = (change: Record<string, unknown> = {}): RestOrder =>
  recorded('trap-set_paid-from-pending', { ...unpaid, ...change });

describe('what the order is after the PUT decides, not its 200', () => {
  test.each([
    ['trap-set_paid-from-pending', { kind: 'settled', odd: null }],
    ['late-payment-single-put', { kind: 'settled', odd: null }],
    ['trap-set_paid-from-on-hold', { kind: 'ignored' }],
    ['trap-set_paid-from-cancelled', { kind: 'refused', reason: 'moved' }],
  ] as const)('%s', (name, proof) => {
    const after = recorded(name, ours);
    expect(proveSettled(waiting(), after, 'claim-1', after.transactionId)).toEqual(proof);
  });

  test('a transaction id of more than 100 characters comes back cut', () => {
    const after = recorded('trap-set_paid-from-pending', { ...ours, transaction_id: 't'.repeat(100) });
    expect(proveSettled(waiting(), after, 'claim-1', 't'.repeat(300))).toEqual({
      kind: 'settled',
      odd: null,
    });
  });

  test.each([
    ['a total', { total: '25.00' }],
    ['a currency', { currency: 'EUR' }],
    ['a transaction id', { transaction_id: 'of somebody else' }],
  ])('%s that changed at the same moment is paid, and a person hears of it', (_what, change) => {
    const after = recorded('trap-set_paid-from-pending', { ...ours, ...change });
    expect(proveSettled(waiting(), after, 'claim-1', 'tx_pending')).toMatchObject({
      kind: 'settled',
      odd: expect.stringContaining('same moment'),
    });
  });

  test("another writer's claim in its place is no settlement of ours", () => {
    const after = recorded('trap-set_paid-from-pending', {
      meta_data: [{ key: metaKeys.claim, value: 'claim-2' }],
    });
    expect(proveSettled(waiting(), after, 'claim-1', '')).toEqual({
      kind: 'refused',
      reason: 'paid_otherwise',
    });
  });
});

describe('an order is paid only', () => {
  const judge = (order: RestOrder) => judgeSettling(order, 'claim-1', price, ['trg']);
  const refused = (reason: string) => ({ kind: 'refused', reason });

  test.each(['pending', 'on-hold', 'failed'])('when it waits: %s', (status) => {
    expect(judge(waiting({ status }))).toEqual({ kind: 'pay' });
  });

  test.each([
    [{ status: 'cancelled' }, 'moved'],
    [{ status: 'trash' }, 'moved'],
    [{ status: 'refunded' }, 'refunded'],
    [{ refunds: [{ id: 1, total: '-1.00' }] }, 'refunded'],
    [{ status: 'completed' }, 'paid_otherwise'],
    [{ date_paid_gmt: '2026-11-21T08:15:16' }, 'paid_otherwise'],
    [{ payment_method: 'stripe' }, 'not_ours'],
    [{ total: '19.98' }, 'total_changed'],
    [{ currency: 'EUR' }, 'currency_changed'],
  ])('%j is refused as %s', (change, reason) => {
    expect(judge(waiting(change))).toEqual(refused(reason));
  });

  test('a refund of nothing is no refund, and digits that say the same are the same total', () => {
    expect(judge(waiting({ refunds: [{ id: 1, total: '-0.00' }], total: '19.990' }))).toEqual({
      kind: 'pay',
    });
  });

  test('our own claim on a paid order is already', () => {
    expect(judge(recorded('trap-set_paid-from-processing', ours))).toEqual({ kind: 'already' });
  });
});

describe('the PUT', () => {
  test('trap-set_paid-from-on-hold: only together with pending does it pay an order on hold', () => {
    expect(paymentBody(waiting({ status: 'on-hold' }), 'c', 'i', 'tx')).toMatchObject({
      status: 'pending',
      set_paid: true,
    });
    expect(paymentBody(waiting(), 'c', 'i', 'tx')).not.toHaveProperty('status');
  });

  test('trap-set_paid-from-processing: a transaction id that stands there is not written over', () => {
    expect(paymentBody(waiting({ transaction_id: 'theirs' }), 'c', 'i', 'tx')).not.toHaveProperty(
      'transaction_id',
    );
    expect(paymentBody(waiting(), 'c', 'i', '')).not.toHaveProperty('transaction_id');
    expect(paymentBody(waiting(), 'c', 'i', 't'.repeat(300))).toMatchObject({
      transaction_id: 't'.repeat(100),
    });
  });
});

test.each([
  [404, { code: 'woocommerce_rest_shop_order_invalid_id' }, 'missing'],
  [400, { code: 'woocommerce_rest_shop_order_invalid_id' }, 'missing'],
  [404, { code: 'rest_no_route' }, 'not-understood'],
  [200, '<html>', 'not-understood'],
  [200, { id: '1', status: 'pending', currency: 'USD', total: '1,99' }, 'not-understood'],
  [200, [], 'not-understood'],
])('an answer %d %j is %s', (status, body, kind) => {
  expect(readRestOrder(status, body).kind).toBe(kind);
});
