import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ExactJson, parseExactJson } from '../../money/exact-json.ts';
import { register } from '../registry.ts';
import {
  balancesSchema,
  cryptoPaymentCenterConfigSchema,
  invoiceAnswerSchema,
  listSchema,
} from './contract.ts';
import { cryptoPaymentCenter } from './index.ts';

const answer = readFileSync(new URL('./fixtures/invoice.json', import.meta.url), 'utf8');

const exact = (text: string): ExactJson => {
  const parsed = parseExactJson(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
};

const keys = { apiKey: 'pk_abc123', apiSecret: 'sk_xyz789' };
const signingKey = (appKey: unknown): string | undefined => {
  const config = cryptoPaymentCenterConfigSchema.safeParse({ ...keys, appKey });
  return config.success ? Buffer.from(config.data.signingKey).toString('utf8') : undefined;
};
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('cryptoPaymentCenterConfigSchema', () => {
  it('CPC-5: takes the key with and without base64:, padding and white space', () => {
    const key = '0123456789abcdef0123456789abcdef';
    for (const text of [
      base64(key),
      `base64:${base64(key)}`,
      ` base64:${base64(key)}\n`,
      base64(key).replace('=', ''),
    ]) {
      expect(signingKey(text)).toBe(key);
    }
    expect(signingKey(base64('0123456789abcdef'))).toBe('0123456789abcdef');
  });

  it.each([
    ['an empty text', ''],
    ['only the prefix', 'base64:'],
    ['what PHP decodes to nothing', '!!!'],
    ['15 bytes', base64('0123456789abcde')],
    ['a key with characters that PHP skips', `${base64('0123456789abcdef0123')}-_`],
    ['a key with padding inside', `${base64('0123456789abcde!')}${base64('0123456789abcdef')}`],
    ['one digit too many', `${base64('0123456789abcdef01')}A`],
    ['a number', 12],
  ])('CPC-5: refuses %s', (_what, appKey) => {
    expect(signingKey(appKey)).toBeUndefined();
  });

  it('CPC-5: an unusable key is a configuration fault that names the key and not its value', () => {
    const request = { headers: [], body: Buffer.from('{}'), receivedAt: 0 };
    const verdict = register(cryptoPaymentCenter).receiveWebhook({ ...keys, appKey: '!!!secret' }, request);
    expect(verdict).toEqual({ ok: false, layer: 'config', reason: 'config-app-key' });
  });

  it('refuses credentials that would break the header', () => {
    for (const bad of ['', 'pk:1', 'pk 1', 'pk\r\nX: 1', 'pk_é']) {
      expect(
        cryptoPaymentCenterConfigSchema.safeParse({ ...keys, appKey: base64('x'.repeat(16)), apiKey: bad })
          .success,
      ).toBe(false);
    }
  });

  it('is live except on this machine', () => {
    const { modeOf } = register(cryptoPaymentCenter);
    const config = { ...keys, appKey: base64('x'.repeat(16)) };
    expect(modeOf(config)).toBe('live');
    expect(modeOf({ ...config, baseUrl: 'http://127.0.0.1:8080/api/v1/' })).toBe('test');
    expect(modeOf({ ...config, baseUrl: 'http://cryptopayment.center/api/v1' })).toBeUndefined();
  });
});

describe('invoiceAnswerSchema', () => {
  it('reads the documented answer, checkout_url outside the invoice', () => {
    const { invoice, checkout_url: link } = invoiceAnswerSchema.parse(exact(answer));
    expect(link).toBe('https://cryptopayment.center/pay/550e8400-e29b-41d4-a716-446655440000');
    expect(invoice).toMatchObject({ amount_crypto: '50.00', expires_at: Date.UTC(2026, 5, 1, 12, 30) });
  });

  it('reads an invoice without a wrapper and under data', () => {
    const inner = JSON.stringify(JSON.parse(answer).invoice);
    for (const text of [inner, `{"data":${inner}}`, `{"success":true,"invoice":${inner}}`]) {
      expect(invoiceAnswerSchema.parse(exact(text)).invoice.status).toBe('pending');
    }
  });

  it('CPC-6: keeps every digit of an amount, 18 decimals and exponents too', () => {
    const read = (lexeme: string) =>
      invoiceAnswerSchema.parse(exact(answer.replace('"amount_crypto": 50.00', `"amount_crypto": ${lexeme}`)))
        .invoice.amount_crypto;
    expect(read('0.021354879658214587')).toBe('0.021354879658214587');
    expect(read('9.0071992547409937e15')).toBe('9007199254740993.7');
    expect(read('1.0e-5')).toBe('0.000010');
    expect(read('"0.5"')).toBe('0.5');
  });

  it.each([
    ['a negative amount', '"amount_usd": 50.00', '"amount_usd": -50'],
    ['an array for an amount', '"amount_usd": 50.00', '"amount_usd": [50]'],
    ['an id that is no UUID', '550e8400-e29b-41d4-a716-446655440000",', '../../withdrawals",'],
    ['a status that is no text', '"pending"', '1'],
  ])('does not understand %s', (_what, from, to) => {
    expect(invoiceAnswerSchema.safeParse(exact(answer.replace(from, to))).success).toBe(false);
  });
});

describe('listSchema', () => {
  const inner = JSON.stringify(JSON.parse(answer).invoice);

  it('accepts the wrappers a list may come in', () => {
    for (const text of [
      `[${inner}]`,
      `{"success":true,"invoices":[${inner}]}`,
      `{"data":[${inner}],"current_page":1}`,
      `{"items":[${inner}]}`,
      `{"invoices":{"data":[${inner}],"total":1}}`,
    ]) {
      expect(listSchema.parse(exact(text)).invoices.map(({ status }) => status)).toEqual(['pending']);
    }
  });

  it('one unreadable invoice does not hide the others, and still counts', () => {
    const page = listSchema.parse(exact(`{"invoices":[{"id":1},${inner},null]}`));
    expect([page.size, page.invoices.length]).toEqual([3, 1]);
  });
});

describe('balancesSchema', () => {
  it('reads balances, and the empty map as PHP writes it', () => {
    const some = exact('{"success":true,"balances":{"USDT-TRC20":{"available":450.00,"pending":0}}}');
    expect(balancesSchema.parse(some).balances).toEqual({
      'USDT-TRC20': { available: '450.00', pending: '0' },
    });
    expect(balancesSchema.parse(exact('{"success":true,"balances":[]}')).balances).toEqual({});
  });
});
