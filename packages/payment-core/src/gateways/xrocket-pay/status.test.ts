import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../money/exact-json.ts';
import type { Fact } from '../fact.ts';
import { xRocketPayInvoiceSchema } from './contract.ts';
import { xRocketPayFact } from './status.ts';

const invoice = readFileSync(new URL('./fixtures/invoice.json', import.meta.url), 'utf8');
const asOf = Date.UTC(2026, 5, 1, 12);

const factOf = (text: string): Fact => {
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return xRocketPayFact(xRocketPayInvoiceSchema.parse(parsed.value), 'api', asOf);
};

const fact = (fields: object): Fact =>
  factOf(
    JSON.stringify({
      id: 1,
      status: 'paid',
      currency: 'USDT',
      amount: 9.99,
      totalActivations: 1,
      ...fields,
    }),
  );

describe('xRocketPayFact', () => {
  it('reads every documented status, and no other one as paid', () => {
    expect(['active', 'paid', 'expired'].map((status) => fact({ status }).status)).toEqual([
      'open',
      'paid',
      'expired',
    ]);
    for (const status of ['Paid', 'paid ', 'refunded', '']) {
      expect(fact({ status })).toMatchObject({
        status: 'unknown',
        wireStatus: status,
        received: null,
        final: false,
      });
    }
  });

  it('XR-1: numbers keep their digits, in an exponent too', () => {
    expect(factOf(invoice)).toMatchObject({
      quoted: { amount: '20.000000001', currency: 'TON' },
      received: { amount: '20.000000001', currency: 'TON' },
    });
    const tiny = '{"id":9007199254740993,"status":"active","currency":"TONCOIN","amount":1e-9}';
    expect(factOf(tiny)).toMatchObject({
      gatewayPaymentId: '9007199254740993',
      quoted: { amount: '0.000000001', currency: 'TON' },
    });
  });

  it('XR-2: TONCOIN is TON; a TON of theirs would be something else, and is not read', () => {
    expect(fact({ currency: 'TONCOIN' }).quoted?.currency).toBe('TON');
    for (const currency of ['TON', 'TON COIN', '']) {
      expect(fact({ currency })).toMatchObject({
        quoted: null,
        received: null,
        final: false,
        exceptions: ['review'],
      });
    }
  });

  it('XR-3: an invoice for many payments or any amount never settles', () => {
    for (const fields of [{ totalActivations: 5 }, { totalActivations: 0 }, { amount: 0 }]) {
      expect(fact(fields)).toMatchObject({
        status: 'paid',
        received: null,
        final: false,
        exceptions: ['review'],
      });
    }
    const payments = [{ paymentAmount: 9.99 }];
    expect(fact({ status: 'active', totalActivations: 5, payments }).status).toBe('unknown');
  });

  it('XR-4: payment, payments[] and neither say the same', () => {
    const paid = '2026-06-01T11:59:05.000Z';
    const payment = { paymentAmount: 9.99, paymentAmountReceived: 9.84, paid };
    const inWebhook = fact({ paid, payment });
    expect(inWebhook.received).toEqual({ amount: '9.99', currency: 'USDT' });
    expect(fact({ paid, payments: [payment] })).toEqual(inWebhook);
    expect(fact({ paid })).toEqual(inWebhook);
  });

  it('XR-4: what the payments say counts, not what was asked', () => {
    expect(fact({ payments: [{ paymentAmount: 5.5 }, { paymentAmount: 4.48 }] }).received).toEqual({
      amount: '9.98',
      currency: 'USDT',
    });
  });

  it("keeps the gateway's own times; an expiry of zero is none", () => {
    expect(factOf(invoice)).toMatchObject({
      paidAt: Date.UTC(2026, 5, 1, 11, 59, 5),
      expiresAt: Date.UTC(2026, 5, 1, 12, 5),
      asOf,
    });
    expect(fact({ created: '2026-06-01T11:50:00Z', expiredIn: 0 }).expiresAt).toBeNull();
  });
});
