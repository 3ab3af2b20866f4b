import currencyCodes from 'currency-codes';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CurrencyCode, currencyKind, decimalsOf, parseCurrency } from './currency.ts';

const code = (text: string): CurrencyCode => {
  const parsed = parseCurrency(text);
  if (parsed === undefined) throw new Error(`not a code: ${text}`);
  return parsed;
};

/** Metals, accounting units, test codes and funds: entries of the ISO list in which nothing is priced. */
const NOT_TENDER = new Set(
  `XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX BOV CHE CHW CLF COU MXV USN UYI UYW`.split(' '),
);

describe('currency table', () => {
  it('agrees with the ISO 4217 list of currency-codes', () => {
    for (const record of currencyCodes.data) {
      const listed = NOT_TENDER.has(record.code) ? undefined : record.digits;
      expect([record.code, decimalsOf(code(record.code))]).toEqual([record.code, listed]);
    }
  });

  it('TP-8 knows that JPY has 0 decimals and KWD 3', () => {
    expect(decimalsOf(code('JPY'))).toBe(0);
    expect(decimalsOf(code('KWD'))).toBe(3);
  });

  it('has no asset under an ISO code', () => {
    for (const record of currencyCodes.data) expect(currencyKind(code(record.code))).not.toBe('crypto');
  });

  it('tells networks apart where an issuer does', () => {
    expect(decimalsOf(code('USDT'), 'tron')).toBe(6);
    expect(decimalsOf(code('USDT'), 'bsc')).toBe(18);
    expect(decimalsOf(code('USDC'), 'bsc')).toBe(18);
    expect(decimalsOf(code('USDT'))).toBe(6);
    expect(decimalsOf(code('ETH'), 'ethereum')).toBe(18);
  });

  it('NFT-10 treats TON and GRAM as two codes, and no alias as known', () => {
    expect(currencyKind(code('TON'))).toBe('crypto');
    expect(currencyKind(code('GRAM'))).toBe('crypto');
    expect(currencyKind(code('TONCOIN'))).toBe('unknown');
    expect(decimalsOf(code('TONCOIN'))).toBeUndefined();
  });

  it('is not confused by names that objects inherit', () => {
    for (const text of ['constructor', 'toString', 'valueOf']) {
      expect(currencyKind(code(text))).toBe('unknown');
    }
  });
});

describe('parseCurrency', () => {
  it('answers in upper case', () => {
    expect(parseCurrency('usd')).toBe('USD');
    expect(parseCurrency('1INCH')).toBe('1INCH');
  });

  it('accepts nothing but 2 to 12 ASCII letters and digits', () => {
    for (const text of ['', 'U', 'USD ', 'USDT-TRC20', 'ıſ', 'ß1', 'ABCDEFGHIJKLM', 'US\n']) {
      expect(parseCurrency(text)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 14 }), (text) => {
        const parsed = parseCurrency(text);
        if (parsed !== undefined) expect(parsed).toMatch(/^[A-Z0-9]{2,12}$/);
      }),
      { seed: 19, numRuns: 1000 },
    );
  });
});
