import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalTonAddress, parseTonAddress, sameTonAccount } from './address.ts';

/** One account, as docs.ton.org spells it. */
const spellings = [
  'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF',
  'UQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPuwA',
  'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff+W72r5gqPrHF',
  'kQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPgpP',
  '0QDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPleK',
  '0:ca6e321c7cce9ecedf0a8ca2492ec8592494aa5fb5ce0387dff96ef6af982a3e',
  '0:CA6E321C7CCE9ECEDF0A8CA2492EC8592494AA5FB5CE0387DFF96EF6AF982A3E',
];
const usdtMaster = 'EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs';
const elector = 'Ef8zMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzM0vF';

describe('TON addresses', () => {
  it('NFT-8: EQ, UQ, test network, base64, base64url and raw spellings of one account are equal', () => {
    for (const a of spellings) for (const b of spellings) expect(sameTonAccount(a, b)).toBe(true);
    expect(new Set(spellings.map(canonicalTonAddress))).toEqual(new Set([spellings[5]]));
  });

  it('NFT-8: another hash or another workchain is another account', () => {
    expect(sameTonAccount(spellings[0]!, usdtMaster)).toBe(false);
    expect(sameTonAccount(`0:${'33'.repeat(32)}`, elector)).toBe(false);
    expect(sameTonAccount(`-1:${'33'.repeat(32)}`, elector)).toBe(true);
  });

  it('knows the test network spellings', () => {
    expect(spellings.map((text) => parseTonAddress(text)?.testnetOnly)).toEqual([
      false,
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it.each([
    '',
    'EQ...deposit',
    // One letter changed: the checksum does not match.
    'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHG',
    'eqdkbjicfm6ezt8kjkjjlshzjjsqx7xoa4ff-w72r5gqprhf',
    'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrH',
    'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF=',
    ' EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF',
    // Both alphabets in one text.
    'EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sD+',
    '0:ca6e321c',
    '00:ca6e321c7cce9ecedf0a8ca2492ec8592494aa5fb5ce0387dff96ef6af982a3e',
    'ca6e321c7cce9ecedf0a8ca2492ec8592494aa5fb5ce0387dff96ef6af982a3e',
  ])('is no address: %j', (text) => {
    expect(parseTonAddress(text)).toBeUndefined();
    expect(sameTonAccount(text, text)).toBe(true);
  });

  it('notices any single changed character of a friendly address', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    fc.assert(
      fc.property(fc.nat({ max: 47 }), fc.constantFrom(...alphabet), (at, letter) => {
        const text = usdtMaster.slice(0, at) + letter + usdtMaster.slice(at + 1);
        expect(parseTonAddress(text) !== undefined).toBe(text === usdtMaster);
      }),
      { seed: 4, numRuns: 1_000 },
    );
  });
});
