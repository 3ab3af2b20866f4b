import BigJs from 'big.js';

declare const decimalBrand: unique symbol;

/**
 * A plain non-negative decimal: digits, optionally a point and more digits. No sign, exponent, leading zeros or
 * white space. Digits stay as written ("49.90" is not rewritten); results of arithmetic carry no trailing
 * fraction zeros. Every Decimal is also a JSON number.
 */
export type Decimal = string & { readonly [decimalBrand]: true };

/** up: away from zero; down: towards zero; half-even: to the nearest, a tie to the even digit. */
export type Rounding = 'up' | 'down' | 'half-even';

/** Room for any 256-bit amount with 18 decimals; longer text is hostile or a bug of its sender. */
const MAX_LENGTH = 128;
const PLAIN = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
const LEXEME = /^(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

// The library's settings live on its constructor; a copy of our own shares none with other users of big.js.
const Big = BigJs();
Big.strict = true;

const ROUNDING = { up: 3, down: 0, 'half-even': 2 } as const;

// The only two places that brand: text matched by PLAIN, and big.js' normal notation of a value >= 0.
const brand = (text: string): Decimal => text as Decimal;
const fromBig = (value: BigJs.Big): Decimal => brand(value.toFixed());

/** Accepts plain decimals of at most 128 characters, nothing else. */
export const parseDecimal = (text: string): Decimal | undefined =>
  text.length <= MAX_LENGTH && PLAIN.test(text) ? brand(text) : undefined;

/**
 * The exact value of a JSON number's text; an exponent is expanded ("1e2" is "100", "1.50e1" is "15.0").
 * Undefined for a minus sign, for other text, and when the expansion would exceed 128 characters.
 */
export const decimalFromLexeme = (lexeme: string): Decimal | undefined => {
  if (lexeme.length > MAX_LENGTH) return undefined;
  const parts = LEXEME.exec(lexeme);
  if (parts === null) return undefined;
  const [, whole = '', fraction = '', exponentText] = parts;
  if (exponentText === undefined) return brand(lexeme);
  // At most four digits, so a safe integer; it is a position, not an amount.
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAX_LENGTH) return undefined;
  return parseDecimal(shiftPoint(whole + fraction, whole.length + exponent));
};

const shiftPoint = (digits: string, point: number): string => {
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const split = Math.max(point, 1);
  const whole = padded.slice(0, split).replace(/^0+(?=\d)/, '');
  const fraction = padded.slice(split);
  return fraction === '' ? whole : `${whole}.${fraction}`;
};

export const compareDecimal = (a: Decimal, b: Decimal): -1 | 0 | 1 => Big(a).cmp(b);

/** Equal in value: "49.9" equals "49.90". */
export const equalDecimal = (a: Decimal, b: Decimal): boolean => compareDecimal(a, b) === 0;

export const isZero = (a: Decimal): boolean => !/[1-9]/.test(a);

export const addDecimal = (a: Decimal, b: Decimal): Decimal => fromBig(Big(a).plus(b));

/** Undefined when the result would be negative. */
export const subtractDecimal = (a: Decimal, b: Decimal): Decimal | undefined =>
  compareDecimal(a, b) < 0 ? undefined : fromBig(Big(a).minus(b));

export const multiplyDecimal = (a: Decimal, b: Decimal): Decimal => fromBig(Big(a).times(b));

/** The quotient rounded once, to at most `scale` fraction digits. Undefined when `b` is zero. */
export const divideDecimal = (
  a: Decimal,
  b: Decimal,
  scale: number,
  rounding: Rounding,
): Decimal | undefined => {
  if (isZero(b)) return undefined;
  const Quotient = BigJs();
  Quotient.DP = scale;
  Quotient.RM = ROUNDING[rounding];
  return fromBig(Quotient(a).div(b));
};

/** Rounds to at most `scale` fraction digits. */
export const roundDecimal = (a: Decimal, scale: number, rounding: Rounding): Decimal =>
  fromBig(Big(a).round(scale, ROUNDING[rounding]));

/** Number of fraction digits as written: 2 for "49.90". */
export const scaleOf = (a: Decimal): number => {
  const point = a.indexOf('.');
  return point < 0 ? 0 : a.length - point - 1;
};

/** Number of fraction digits that the value needs: 1 for "49.90". */
export const significantScale = (a: Decimal): number =>
  a.includes('.') ? scaleOf(brand(a.replace(/\.?0+$/, ''))) : 0;

/** The same value written with exactly `scale` fraction digits; undefined when it needs more. */
export const withScale = (a: Decimal, scale: number): Decimal | undefined =>
  significantScale(a) > scale ? undefined : brand(Big(a).toFixed(scale));
