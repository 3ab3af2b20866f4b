import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimal,
  compareDecimal,
  type Decimal,
  decimalFromLexeme,
  divideDecimal,
  equalDecimal,
  isZero,
  multiplyDecimal,
  parseDecimal,
  type Rounding,
  roundDecimal,
  scaleOf,
  significantScale,
  subtractDecimal,
  withScale,
} from './decimal.ts';

const dec = (text: string): Decimal => {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`not a decimal: ${text}`);
  return value;
};

/** The reference: a decimal as an integer number of 10^-SCALE, computed without big.js. */
const SCALE = 60;
const atoms = (value: Decimal): bigint => {
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(SCALE, '0'));
};
const ONE = 10n ** BigInt(SCALE);

const divideAtoms = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint => {
  const quotient = numerator / denominator;
  const rest = numerator % denominator;
  if (rest === 0n || rounding === 'down') return quotient;
  if (rounding === 'up') return quotient + 1n;
  const twice = rest * 2n;
  if (twice === denominator) return quotient + (quotient & 1n);
  return twice > denominator ? quotient + 1n : quotient;
};

const plain = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 24n }), fc.bigInt({ min: 0n, max: 20n })),
    fc.oneof(
      fc.constant(''),
      fc.stringMatching(/^\.[0-9]{1,20}$/),
      fc.constantFrom('.5', '.50', '.05', '.005', '.000'),
    ),
  )
  .map(([whole, fraction]) => dec(`${whole}${fraction}`));
const rounding = fc.constantFrom<Rounding>('up', 'down', 'half-even');
const runs = { seed: 17, numRuns: 2000 };

describe('parseDecimal', () => {
  it('keeps digits as written', () => {
    expect(parseDecimal('49.90')).toBe('49.90');
    expect(parseDecimal('0')).toBe('0');
    expect(parseDecimal('0.000')).toBe('0.000');
  });

  it.each(['', '-1', '+1', '01', '00', '.5', '5.', '1e2', '1,5', ' 1', '1\n', '٣', 'NaN', 'Infinity', '0x1'])(
    'refuses %j',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined();
    },
  );

  it('refuses text beyond 128 characters', () => {
    expect(parseDecimal('9'.repeat(128))).toBeDefined();
    expect(parseDecimal('9'.repeat(129))).toBeUndefined();
  });

  it('answers for any string', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseDecimal(text);
        if (value !== undefined) expect(value).toBe(text);
      }),
      runs,
    );
  });
});

describe('decimalFromLexeme', () => {
  it.each([
    ['49.90', '49.90'],
    ['1e2', '100'],
    ['1E+2', '100'],
    ['1.50e1', '15.0'],
    ['1.5e0', '1.5'],
    ['125e-2', '1.25'],
    ['1e-9', '0.000000001'],
    ['0.05e2', '5'],
    ['0e0', '0'],
    ['0e-3', '0.000'],
    ['0.00e5', '0'],
    ['1.234e2', '123.4'],
  ])('expands %s exactly to %s', (lexeme, expected) => {
    expect(decimalFromLexeme(lexeme)).toBe(expected);
  });

  it.each([
    '-1',
    '-0',
    '-0.0',
    '1e999999',
    '1e-999999',
    '1e129',
    '1e-127',
    '1e9999999999',
    '',
    'x',
    '1e',
    '01',
  ])('refuses %s', (lexeme) => {
    expect(decimalFromLexeme(lexeme)).toBeUndefined();
  });

  it('moves the point by the exponent and changes nothing else', () => {
    fc.assert(
      fc.property(plain, fc.integer({ min: -20, max: 30 }), (value, exponent) => {
        const expanded = decimalFromLexeme(`${value}e${exponent}`);
        if (expanded === undefined) throw new Error('refused');
        const power = 10n ** BigInt(Math.abs(exponent));
        const [left, right] =
          exponent < 0 ? [atoms(expanded) * power, atoms(value)] : [atoms(expanded), atoms(value) * power];
        expect(left).toBe(right);
        expect(parseDecimal(expanded)).toBe(expanded);
      }),
      runs,
    );
  });
});

describe('decimal arithmetic agrees with BigInt', () => {
  it('add, subtract, multiply, compare', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        expect(atoms(addDecimal(a, b))).toBe(atoms(a) + atoms(b));
        expect(atoms(multiplyDecimal(a, b)) * ONE).toBe(atoms(a) * atoms(b));
        const difference = atoms(a) - atoms(b);
        const left = subtractDecimal(a, b);
        if (difference < 0n) expect(left).toBeUndefined();
        else expect(left === undefined ? undefined : atoms(left)).toBe(difference);
        expect(compareDecimal(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
        expect(equalDecimal(a, b)).toBe(difference === 0n);
        expect(isZero(a)).toBe(atoms(a) === 0n);
      }),
      runs,
    );
  });

  it('round', () => {
    fc.assert(
      fc.property(plain, fc.integer({ min: 0, max: 22 }), rounding, (a, scale, mode) => {
        const step = 10n ** BigInt(SCALE - scale);
        const rounded = roundDecimal(a, scale, mode);
        expect(atoms(rounded)).toBe(divideAtoms(atoms(a), step, mode) * step);
        expect(scaleOf(rounded)).toBe(significantScale(rounded));
      }),
      runs,
    );
  });

  it('divide', () => {
    fc.assert(
      fc.property(plain, plain, fc.integer({ min: 0, max: 22 }), rounding, (a, b, scale, mode) => {
        const quotient = divideDecimal(a, b, scale, mode);
        if (atoms(b) === 0n) {
          expect(quotient).toBeUndefined();
          return;
        }
        const step = 10n ** BigInt(SCALE - scale);
        const expected = divideAtoms(atoms(a) * 10n ** BigInt(scale), atoms(b), mode) * step;
        expect(quotient === undefined ? undefined : atoms(quotient)).toBe(expected);
      }),
      { ...runs, numRuns: 5000 },
    );
  });

  it('results are decimals again', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        for (const value of [addDecimal(a, b), multiplyDecimal(a, b), roundDecimal(a, 2, 'up')]) {
          expect(parseDecimal(value)).toBe(value);
        }
      }),
      runs,
    );
  });
});

describe('scale', () => {
  it('counts digits as written and as needed', () => {
    expect([scaleOf(dec('49.90')), significantScale(dec('49.90'))]).toEqual([2, 1]);
    expect([scaleOf(dec('100')), significantScale(dec('100'))]).toEqual([0, 0]);
    expect([scaleOf(dec('10.00')), significantScale(dec('10.00'))]).toEqual([2, 0]);
  });

  it('pads, and refuses to cut digits', () => {
    expect(withScale(dec('49.9'), 2)).toBe('49.90');
    expect(withScale(dec('49.9000'), 2)).toBe('49.90');
    expect(withScale(dec('100'), 0)).toBe('100');
    expect(withScale(dec('49.901'), 2)).toBeUndefined();
  });
});
