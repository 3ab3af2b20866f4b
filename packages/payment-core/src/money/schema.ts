import * as z from 'zod';
import { type CurrencyCode, type Network, parseCurrency } from './currency.ts';
import { type Decimal, parseDecimal } from './decimal.ts';

/** Stored and configured money: already exact, so these only check. What a gateway sends is read by wire.ts. */
export const decimalSchema = z.custom<Decimal>(
  (value) => typeof value === 'string' && parseDecimal(value) !== undefined,
  'not-a-decimal',
);

export const currencyCodeSchema = z.custom<CurrencyCode>(
  (value) => typeof value === 'string' && parseCurrency(value) === value,
  'not-a-currency',
);

const networks: readonly Network[] = [
  'bitcoin',
  'litecoin',
  'ethereum',
  'tron',
  'bsc',
  'ton',
  'solana',
  'offchain',
];
export const networkSchema = z.enum(networks);

export const moneySchema = z.object({
  amount: decimalSchema,
  currency: currencyCodeSchema,
  network: networkSchema.exactOptional(),
});
