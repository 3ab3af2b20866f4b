import { describe, expect, it } from 'vitest';
import { type ExactJson, parseExactJson } from '../../money/exact-json.ts';
import { register } from '../registry.ts';
import {
  balanceSchema,
  gatenocConfigSchema,
  listSchema,
  paymentAnswerSchema,
  refundSchema,
  sessionSchema,
} from './contract.ts';
import { gatenoc } from './index.ts';
import { gatenocFact, refundOutcome } from './status.ts';

const exact = (text: string): ExactJson => {
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
};

const credentials = { apiKey: 'pk_live_1', webhookSecret: 'whsec_1' };

describe('gatenocConfigSchema', () => {
  it('takes the merchant id as number or text, and 300 s where nothing is said', () => {
    for (const merchantId of [17, '17', ' 17\n']) {
      expect(gatenocConfigSchema.parse({ ...credentials, merchantId })).toMatchObject({
        merchantId: '17',
        toleranceSeconds: 300,
        baseUrl: 'https://gatenoc.com/api/v1/merchant',
      });
    }
  });

  it.each([
    ['merchantId', 0],
    ['merchantId', -1],
    ['merchantId', 1.5],
    ['merchantId', 2 ** 60],
    ['merchantId', '1e3'],
    ['merchantId', ''],
    ['apiKey', ''],
    ['apiKey', 'pk\nX-Evil: 1'],
    ['webhookSecret', ' \n'],
    ['toleranceSeconds', -1],
    ['toleranceSeconds', '300'],
    ['baseUrl', 'http://gatenoc.com/api/v1/merchant'],
  ])('names %s when it is %j, and not its value', (key, value) => {
    const config = { merchantId: 1, ...credentials, [key]: value };
    expect(register(gatenoc).readConfig(config)).toEqual({
      ok: false,
      reason: `config-${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    });
  });
});

describe('what the API answers', () => {
  const payment =
    '{"id":42,"status":"completed","amount":"10.50","total_amount":10.5,"currency":"USD","note":"n-1"}';

  it('GN-2: a session has a link and no payment id', () => {
    const answer =
      '{"checkout_url":"https:\\/\\/gatenoc.com\\/pay?cs=1","expires_at":"2026-03-24T12:30:00+00:00"}';
    expect(sessionSchema.parse(exact(answer))).toEqual({
      url: 'https://gatenoc.com/pay?cs=1',
      expiresAt: Date.UTC(2026, 2, 24, 12, 30),
    });
    expect(
      sessionSchema.parse(exact('{"data":{"invoice_url":"https://x/","expires_at":1774355400}}')),
    ).toEqual({
      url: 'https://x/',
      expiresAt: 1_774_355_400_000,
    });
  });

  it('reads one payment in every wrapper, under either name of its id', () => {
    for (const text of [
      payment,
      `{"data":${payment}}`,
      `{"payment":${payment}}`,
      payment.replace('"id"', '"payment_record_id"'),
    ]) {
      expect(paymentAnswerSchema.parse(exact(text))).toMatchObject({
        payment_record_id: '42',
        total_amount: '10.5',
      });
    }
    expect(paymentAnswerSchema.safeParse(exact(payment.replace('"id":42,', ''))).success).toBe(false);
  });

  it('GN-8: without a currency an amount is in dollars, the only ones there are', () => {
    const read = paymentAnswerSchema.parse(exact(payment.replace('"currency":"USD",', '')));
    expect(gatenocFact(read, { authority: 'api', asOf: 1 })).toMatchObject({
      authority: 'api',
      status: 'paid',
      quoted: { amount: '10.50', currency: 'USD' },
      received: { amount: '10.5', currency: 'USD' },
      asOf: 1,
    });
  });

  it('GN-6: without total_amount the gateway only says that it was paid', () => {
    const read = paymentAnswerSchema.parse(exact(payment.replace('"total_amount":10.5,', '')));
    expect(gatenocFact(read, { authority: 'api', asOf: 1 }).received).toBe('attested');
  });

  it('an amount in what is no currency never settles', () => {
    const read = paymentAnswerSchema.parse(exact(payment.replace('"USD"', '"US dollars"')));
    expect(gatenocFact(read, { authority: 'api', asOf: 1 })).toMatchObject({
      status: 'unknown',
      final: false,
      quoted: null,
    });
  });

  it('GN-2: of a list only the ids and the exact notes count', () => {
    const page = listSchema.parse(
      exact(`{"data":[${payment},{"id":43,"note":null}],"current_page":1,"total":2}`),
    );
    expect(page).toEqual({
      page: 1,
      total: 2,
      size: 2,
      unreadable: false,
      items: [
        { record: '42', note: 'n-1' },
        { record: '43', note: null },
      ],
    });
  });

  it('GN-2: a list whose payments carry no note proves no absence', () => {
    expect(listSchema.parse(exact('{"data":[{"id":43}],"current_page":1,"total":1}'))).toMatchObject({
      size: 1,
      items: [],
      unreadable: true,
    });
  });

  it('reads the balance and a refund with their digits', () => {
    expect(
      balanceSchema.parse(exact('{"received_total":"10.50","refunded_total":0,"available_ledger":10.50}')),
    ).toEqual({
      received_total: '10.50',
      refunded_total: '0',
      available_ledger: '10.50',
    });
    expect(refundSchema.parse(exact('{"refund_id":9007199254740993,"status":"pending"}'))).toEqual({
      refund_id: '9007199254740993',
      status: 'pending',
    });
  });
});

describe('refundOutcome', () => {
  it('GN-5: done only under the word for done, refused only under a word for no', () => {
    expect(refundOutcome('completed', '7')).toEqual({ outcome: 'done', refundId: '7' });
    for (const word of ['pending', 'processing', 'Completed', 'success', '']) {
      expect(refundOutcome(word, '7')).toEqual({ outcome: 'accepted', refundId: '7' });
    }
    expect(refundOutcome('failed', '7')).toEqual({ outcome: 'refused', reason: 'refund-failed' });
  });
});
