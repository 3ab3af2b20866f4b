import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../money/exact-json.ts';
import type { Fact } from '../fact.ts';
import { teleportInvoiceEventSchema } from './contract.ts';
import { teleportPayFact } from './status.ts';

const receivedAt = Date.UTC(2026, 5, 1, 12);

const fact = (fields: string): Fact => {
  const parsed = parseExactJson(`{"payment_id": "pay_1", "order_id": "7-1", ${fields}}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return teleportPayFact(teleportInvoiceEventSchema.parse(parsed.value), receivedAt);
};
const status = (word: string): Fact => fact(`"status": "${word}", "amount": 49.99, "currency": "USD"`);

describe('teleportPayFact', () => {
  it('paid: attested, final, for the invoice amount', () => {
    expect(status('paid')).toMatchObject({
      status: 'paid',
      received: 'attested',
      final: true,
      quoted: { amount: '49.99', currency: 'USD' },
      exceptions: [],
    });
  });

  it('manual_confirmation: money in progress that a person has to look at', () => {
    expect(status('manual_confirmation')).toMatchObject({
      status: 'processing',
      received: null,
      final: false,
      exceptions: ['underpaid', 'review'],
    });
  });

  it.each([
    ['expired', 'expired'],
    ['cancelled', 'canceled'],
    ['failed', 'failed'],
  ])('%s ends the invoice as %s', (word, end) => {
    expect(status(word)).toMatchObject({ status: end, received: null, final: false, exceptions: [] });
  });

  it.each(['Paid', 'PAID', ' paid', 'completed', 'refunded', 'constructor'])(
    'an unknown status (%s) never settles',
    (word) => {
      expect(status(word)).toMatchObject({
        status: 'unknown',
        wireStatus: word,
        received: null,
        final: false,
      });
    },
  );

  it.each([
    ['no amount', '"currency": "USD"'],
    ['a null amount', '"amount": null, "currency": "USD"'],
    ['no currency', '"amount": 49.99'],
    ['a currency that is no code', '"amount": 49.99, "currency": "U.S. dollars"'],
  ])('paid with %s is held: nothing says what for', (_what, fields) => {
    expect(fact(`"status": "paid", ${fields}`)).toMatchObject({
      status: 'paid',
      final: false,
      received: null,
      quoted: null,
      exceptions: ['review'],
    });
  });

  it('keeps an amount that is finer than its currency, so that it shows as a mismatch', () => {
    expect(fact('"status": "paid", "amount": 49.999, "currency": "USD"').quoted?.amount).toBe('49.999');
  });

  it('reads a float in exponent notation exactly', () => {
    expect(fact('"status": "paid", "amount": 1e-05, "currency": "BTC"').quoted?.amount).toBe('0.00001');
  });

  it('takes the signed timestamp of paid for the time of the payment', () => {
    const paid = (timestamp: string) =>
      fact(`"status": "paid", "amount": 1, "currency": "USD", "timestamp": ${timestamp}`).paidAt;
    expect(paid('1711608002')).toBe(1_711_608_002_000);
    expect(paid('1711608002.75')).toBe(1_711_608_002_750);
    expect(paid('null')).toBeNull();
    // Milliseconds by mistake, and the epoch: no time of this payment, but no reason to lose it.
    expect(paid('1711608002000')).toBeNull();
    expect(paid('0')).toBeNull();
    expect(paid('-5')).toBeNull();
  });
});
