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

/** An amount as Medusa hands it out: `raw_amount`, the words of a workflow, or a JSON number (contract 2.5). */
export const medusaAmountSchema = z
  .union([z.string(), z.number(), z.object({ value: z.union([z.string(), z.number()]) })])
  .transform((amount) => String(typeof amount === 'object' ? amount.value : amount));

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
