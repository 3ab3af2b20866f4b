import { type CurrencyCode, currencyKind, parseCurrency } from '../money/currency.ts';
import {
  type Decimal,
  divideDecimal,
  equalDecimal,
  isZero,
  parseDecimal,
  scaleOf,
} from '../money/decimal.ts';

/** What one source said of one pair, and when it held (ms). */
export interface TableRate {
  readonly value: Decimal;
  readonly at: number;
}

export interface RateRow extends TableRate {
  readonly from: CurrencyCode;
  readonly to: CurrencyCode;
}

export type RateTable = ReadonlyMap<string, TableRate>;

const pair = (from: CurrencyCode, to: CurrencyCode): string => `${from}/${to}`;

/** No currency's worth has more digits; what has was made to break arithmetic, and must not reach an invoice. */
const PLAUSIBLE = /^\d{1,20}(?:\.\d{1,30})?$/;

/** Above zero, and with no more digits than a real rate has. */
export const isPlausibleRate = (value: Decimal): boolean => PLAUSIBLE.test(value) && !isZero(value);

/** A pair that stands there twice with different values has none: which of them holds cannot be told. */
export const createRateTable = (rows: readonly RateRow[]): RateTable => {
  const table = new Map<string, TableRate>();
  const contradicted = new Set<string>();
  for (const { from, to, value, at } of rows) {
    const key = pair(from, to);
    const known = table.get(key);
    if (known && !equalDecimal(known.value, value)) contradicted.add(key);
    else if (!known || known.at < at) table.set(key, { value, at });
  }
  for (const key of contradicted) table.delete(key);
  return table;
};

const SIGNIFICANT_DIGITS = 18;

/** a / b, rounded down to at least 18 significant digits, so that a derived rate never flatters what came in. */
const quotient = (a: TableRate, b: TableRate): TableRate | undefined => {
  const wholeDigits = b.value.split('.', 1).join('').length;
  const scale = SIGNIFICANT_DIGITS + wholeDigits + scaleOf(a.value);
  const exact = divideDecimal(a.value, b.value, scale, 'down');
  const value = exact === undefined ? undefined : parseDecimal(exact);
  return value === undefined || isZero(value) ? undefined : { value, at: Math.min(a.at, b.at) };
};

const one = parseDecimal('1');

/** The pair as it stands there, else the other direction turned round: 1 / rate, rounded down. */
export const directRate = (table: RateTable, from: CurrencyCode, to: CurrencyCode): TableRate | undefined => {
  const direct = table.get(pair(from, to));
  if (direct !== undefined) return direct;
  const turned = table.get(pair(to, from));
  return turned && one && quotient({ value: one, at: turned.at }, turned);
};

const usdt = parseCurrency('USDT');
const usd = parseCurrency('USD');

/**
 * A pair that a table of assets priced in fiats has no row for. Two fiats cross through USDT: (USDT → to) /
 * (USDT → from), so that USDT's own price drops out. Two assets cross through USD: (from → USD) / (to → USD). One
 * division, rounded down; as old as the older leg. Nothing else is crossed.
 */
export const crossRate = (table: RateTable, from: CurrencyCode, to: CurrencyCode): TableRate | undefined => {
  const kinds = `${currencyKind(from)} ${currencyKind(to)}`;
  const legs = (): readonly (TableRate | undefined)[] => {
    if (kinds === 'fiat fiat' && usdt) return [table.get(pair(usdt, to)), table.get(pair(usdt, from))];
    if (kinds === 'crypto crypto' && usd) return [table.get(pair(from, usd)), table.get(pair(to, usd))];
    return [];
  };
  const [above, below] = legs();
  return above && below && quotient(above, below);
};
