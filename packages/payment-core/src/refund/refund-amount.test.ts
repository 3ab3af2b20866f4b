import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleInvoice, usd } from '../invoice/sample-invoice.fixture.ts';
import type { RefundRow } from '../ledger/rows.ts';
import { compareDecimal } from '../money/decimal.ts';
import { moneySchema } from '../money/schema.ts';
import { refundAmount } from './refund-amount.ts';

const eur = (amount: string) => moneySchema.parse({ amount, currency: 'EUR' });
const rate = {
  from: eur('1').currency,
  to: usd('1').currency,
  value: eur('1.083').amount,
  source: 'fixed',
  at: 0,
};
/** 30 EUR at 1.083, rounded up: 32.49 USD. */
const converted = sampleInvoice({ order: eur('30.00'), quoted: usd('32.49'), rate });

const made = (orderAmount: string, gatewayAmount: string, state: RefundRow['state'] = 'done'): RefundRow => ({
  store: converted.store,
  invoice: converted.id,
  refundId: orderAmount,
  orderAmount: eur(orderAmount),
  gatewayAmount: usd(gatewayAmount),
  reason: '',
  state,
  gatewayRefundId: null,
  answer: null,
  createdAt: 0,
});

describe('what a refund is worth at the gateway', () => {
  it('uses the frozen rate, rounded down', () => {
    expect(refundAmount(converted, [], eur('10.01'))).toEqual({ ok: true, gatewayAmount: usd('10.84') });
  });

  it('gives the last one the remainder', () => {
    expect(refundAmount(converted, [made('10.01', '10.84')], eur('19.99'))).toMatchObject({
      gatewayAmount: { amount: '21.65' },
    });
  });

  it('counts what is under way, not what was refused', () => {
    expect(refundAmount(converted, [made('30.00', '32.49', 'unknown')], eur('1'))).toMatchObject({
      reason: 'more-than-paid',
    });
    expect(refundAmount(converted, [made('30.00', '32.49', 'refused')], eur('30'))).toMatchObject({
      ok: true,
    });
  });

  it('refuses nothing, another currency and too much', () => {
    expect(refundAmount(converted, [], eur('0.00'))).toMatchObject({ reason: 'amount-zero' });
    expect(refundAmount(converted, [], usd('1'))).toMatchObject({ reason: 'currency-differs' });
    expect(refundAmount(converted, [], eur('30.01'))).toMatchObject({ reason: 'more-than-paid' });
  });

  it('adds up to what was paid, however it is split', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 1, maxLength: 6 }), (cents) => {
        const parts: RefundRow[] = [];
        let left = 3_000;
        for (const wanted of [...cents, 3_000]) {
          const part = Math.min(wanted, left);
          if (part === 0) break;
          const text = `${Math.floor(part / 100)}.${String(part % 100).padStart(2, '0')}`;
          const amount = refundAmount(converted, parts, eur(text));
          if (!amount.ok) throw new Error(amount.reason);
          parts.push({ ...made(text, '0'), gatewayAmount: amount.gatewayAmount });
          left -= part;
        }
        const total = parts.reduce(
          (sum, part) => sum + Math.round(Number(part.gatewayAmount.amount) * 100),
          0,
        );
        expect(total).toBe(3_249);
        for (const part of parts)
          expect(compareDecimal(part.gatewayAmount.amount, usd('0').amount)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
