import { type CurrencyCode, currencyKind, decimalsOf, type Network } from './currency.ts';
import { compareDecimal, type Decimal, significantScale, withScale } from './decimal.ts';

/** An amount of one currency or asset; `network` where the asset lives on a chain and the chain is known. */
export interface Money {
  readonly amount: Decimal;
  readonly currency: CurrencyCode;
  readonly network?: Network;
}

export type MoneyResult =
  | { readonly ok: true; readonly money: Money }
  | { readonly ok: false; readonly reason: 'scale-too-fine' | 'network-on-fiat' };

export type MoneyComparison =
  | { readonly ok: true; readonly order: -1 | 0 | 1 }
  | { readonly ok: false; readonly reason: 'currency-differs' | 'network-differs' };

/**
 * Puts an amount and its currency together. Digits stay as written; zeros beyond the currency's decimals are
 * allowed, other digits there are `scale-too-fine`. An unknown currency is carried without a scale check, because
 * an asset we do not know must still reach the review (gateways.md rule 11).
 */
export const money = (amount: Decimal, currency: CurrencyCode, network?: Network): MoneyResult => {
  if (network !== undefined && currencyKind(currency) === 'fiat') {
    return { ok: false, reason: 'network-on-fiat' };
  }
  const decimals = decimalsOf(currency, network);
  if (decimals !== undefined && significantScale(amount) > decimals) {
    return { ok: false, reason: 'scale-too-fine' };
  }
  return { ok: true, money: network === undefined ? { amount, currency } : { amount, currency, network } };
};

/** Same code and same network; a missing network equals only a missing one. */
export const sameCurrency = (a: Money, b: Money): boolean =>
  a.currency === b.currency && a.network === b.network;

/** Compares in value; refuses to compare what is not the same currency on the same network. */
export const compareMoney = (a: Money, b: Money): MoneyComparison => {
  if (a.currency !== b.currency) return { ok: false, reason: 'currency-differs' };
  if (a.network !== b.network) return { ok: false, reason: 'network-differs' };
  return { ok: true, order: compareDecimal(a.amount, b.amount) };
};

/** For people: "49.90 USD", "1.7965 TON", "50 USDT (tron)". Fiat is padded to its decimals. */
export const formatMoney = ({ amount, currency, network }: Money): string => {
  const decimals = currencyKind(currency) === 'fiat' ? decimalsOf(currency) : undefined;
  const digits = decimals === undefined ? amount : (withScale(amount, decimals) ?? amount);
  return network === undefined ? `${digits} ${currency}` : `${digits} ${currency} (${network})`;
};
