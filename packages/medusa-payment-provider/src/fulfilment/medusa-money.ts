import {
  type CurrencyCode,
  type Decimal,
  decimalFromLexeme,
  decimalsOf,
  type Money,
  parseCurrency,
  roundDecimal,
} from '@gatewright/payment-core';
import * as z from 'zod';

const textSchema = z.union([z.string(), z.number()]).transform(String);
const rawSchema = z.object({ value: textSchema }).transform(({ value }) => value);

/**
 * An amount as Medusa hands it out: `raw_amount`, the words of a workflow, a JSON number (contract 2.5), or, for totals
 * that a query computes, an instance of its BigNumber.
 */
export const medusaAmountSchema = z.union([
  textSchema,
  rawSchema,
  z.object({ raw: rawSchema }).transform(({ raw }) => raw),
]);

/**
 * The exact amount in major units, rounded to the currency's digits, because taxes give Medusa more of them than
 * anybody can pay (contract 2.5). Undefined for a negative amount and for what is no amount or currency.
 */
export const medusaMoney = (amount: string, currencyCode: string): Money | undefined => {
  const currency = parseCurrency(currencyCode);
  const exact = decimalFromLexeme(amount);
  if (currency === undefined || exact === undefined) return undefined;
  return { amount: toDigits(exact, currency), currency };
};

const toDigits = (amount: Decimal, currency: CurrencyCode): Decimal => {
  const decimals = decimalsOf(currency);
  return decimals === undefined ? amount : roundDecimal(amount, decimals, 'half-even');
};
