import { describe, expect, it } from 'vitest';
import { cpcInvoice, edited, lineOf, sender } from './signed-line.fixture.ts';
import { verifyLine } from './verify-line.ts';

interface Beside {
  readonly invoice?: unknown;
  readonly order?: unknown;
  readonly body?: string;
}

const matchOf = (gateway: string, beside: Beside) => {
  const answer = verifyLine(lineOf(gateway, { ...beside }));
  if (answer.verdict !== 'accept') throw new Error(answer.reason);
  return answer.facts[0]?.match;
};

const exceptions = (gateway: string, beside: Beside) => matchOf(gateway, beside)?.exceptions;

describe('a fact beside its invoice', () => {
  it('is compared with nothing where the line names none', () => {
    expect(matchOf('teleport-pay', {})).toBeUndefined();
    expect(matchOf('teleport-pay', { invoice: null, order: null })).toBeUndefined();
  });

  it('that asked for the same says so', () => {
    const invoice = { id: 'pay_8c8e62e273b54997', reference: '1234-1', amount: '49.9', currency: 'usd' };
    expect(matchOf('teleport-pay', { invoice })).toEqual({ exceptions: [], because: 'paid in full.' });
    expect(exceptions('teleport-pay', { invoice, order: { total: 49.9, currency: 'USD' } })).toEqual([]);
  });

  it.each<[string, string, unknown, readonly string[]]>([
    ['another amount', 'teleport-pay', { amount: '49.99', currency: 'USD' }, ['amount_mismatch', 'review']],
    [
      'another currency',
      'teleport-pay',
      { amount: '49.90', currency: 'EUR' },
      ['currency_mismatch', 'review'],
    ],
    ['another reference', 'teleport-pay', { reference: '1234-2' }, ['reference_mismatch', 'review']],
    ['another payment', 'crypto-pay', { gatewayPaymentId: '7' }, ['reference_mismatch', 'review']],
    ['the payment by a number', 'crypto-pay', { id: 528347 }, []],
    ['an expiry before it', 'crypto-pay', { expiresAt: '2026-06-01T11:59:04Z' }, ['late', 'review']],
    ['an expiry after it', 'crypto-pay', { expiresAt: '2026-06-01T11:59:05Z' }, []],
    ['an expiry in Unix seconds', 'crypto-pay', { expiresAt: 1780315144 }, ['late', 'review']],
    ['an expiry in milliseconds', 'crypto-pay', { expiresAt: 1780315144000 }, ['late', 'review']],
    ['less asked for', 'crypto-pay', { payable: { amount: '9', currency: 'USDT' } }, ['overpaid']],
    [
      'more asked for',
      'crypto-pay',
      { payable: { amount: '11', currency: 'USDT' } },
      ['review', 'underpaid'],
    ],
    [
      'another asset',
      'crypto-pay',
      { payable: { amount: '9.99', currency: 'TON' } },
      ['review', 'wrong_asset'],
    ],
    ['a row of ours', 'gatenoc', { quoted: { amount: '10.5', currency: 'USD' }, status: 'open' }, []],
  ])('that names %s', (_what, gateway, invoice, expected) => {
    expect(exceptions(gateway, { invoice })).toEqual(expected);
  });

  it('of a gateway that decides the amount at payment needs a rate, so a person looks (NFT-1)', () => {
    const order = { amount: '10', currency: 'USD' };
    expect(matchOf('ton-nft', { order })).toEqual({
      exceptions: ['review'],
      because: expect.stringContaining('exchange rate'),
    });
  });

  it('GN-6: a total below the amount is underpaid', () => {
    const body = edited(sender('gatenoc'), '"total_amount":"10.50"', '"total_amount":"9.00"');
    expect(exceptions('gatenoc', { body, order: { amount: '10.50', currency: 'USD' } })).toEqual([
      'review',
      'underpaid',
    ]);
  });

  it('is a hint at CryptoPayment.center: whether it names this invoice is all that can be said (CPC-1)', () => {
    expect(
      matchOf('cryptopayment-center', { invoice: { id: cpcInvoice, amount: '1', currency: 'USD' } }),
    ).toEqual({
      exceptions: [],
      because: 'a hint is no fact',
    });
    expect(exceptions('cryptopayment-center', { invoice: { id: 'other' } })).toEqual(['reference_mismatch']);
  });
});

describe('a fact beside its order', () => {
  it.each<[string, unknown, unknown, readonly string[]]>([
    ['the same', undefined, { amount: '49.90', currency: 'USD' }, []],
    ['another amount', undefined, { amount: '50', currency: 'USD' }, ['amount_mismatch', 'review']],
    ['another currency', undefined, { amount: '49.90', currency: 'EUR' }, ['currency_mismatch', 'review']],
    [
      'changed since the invoice was made',
      { amount: '49.90', currency: 'USD' },
      { amount: '60', currency: 'USD' },
      ['amount_mismatch'],
    ],
    [
      'converted for the invoice',
      { amount: '49.90', currency: 'USD', order: { amount: '46', currency: 'EUR' } },
      { amount: '46.00', currency: 'EUR' },
      [],
    ],
    [
      'in another currency than the invoice was made for',
      { amount: '49.90', currency: 'USD', order: { amount: '46', currency: 'EUR' } },
      { amount: '46.00', currency: 'GBP' },
      ['currency_mismatch'],
    ],
  ])('%s', (_what, invoice, order, expected) => {
    expect(exceptions('teleport-pay', { invoice, order })).toEqual(expected);
  });
});

describe('an invoice that cannot be read', () => {
  it.each<[string, Beside, readonly string[]]>([
    ['a text', { invoice: 'paid' }, ['invoice']],
    ['an array', { order: [] }, ['order']],
    [
      'fields',
      { invoice: { amount: 'ten', currency: 5, expiresAt: 'soon' } },
      ['invoice.currency', 'invoice.amount', 'invoice.expiresAt'],
    ],
    ['an order', { order: { amount: -1, currency: 'USD' } }, ['order.amount']],
  ])('%s is named', (_what, beside, unread) => {
    expect(matchOf('teleport-pay', beside)).toMatchObject({ exceptions: [], unread });
  });
});
