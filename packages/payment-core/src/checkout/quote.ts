import type { RegisteredGateway } from '../gateways/registry.ts';
import { compareDecimal, isZero } from '../money/decimal.ts';
import { type Money, money } from '../money/money.ts';
import { convert } from '../rates/convert.ts';
import type { FrozenRate, RateSource } from '../rates/rate-source.ts';

/** What the gateway will be asked for. `quoted` is null where it decides the amount at payment (NFT-1). */
export type Quote =
  | { readonly ok: true; readonly quoted: Money | null; readonly rate: FrozenRate | null }
  | { readonly ok: false; readonly reason: QuoteRefusal };

export type QuoteRefusal =
  | 'amount-zero'
  | 'amount-scale'
  | 'currency-not-accepted'
  | 'no-fresh-rate'
  | 'amount-below-minimum'
  | 'amount-above-maximum';

const refused = (reason: QuoteRefusal): Quote => ({ ok: false, reason });

const accepts = (gateway: RegisteredGateway, amount: Money): boolean =>
  gateway.currencies === 'any' || gateway.currencies.includes(amount.currency);

const belowMinimum = ({ minimum }: RegisteredGateway, { amount, currency }: Money): boolean =>
  minimum !== undefined && minimum.currency === currency && compareDecimal(amount, minimum.amount) < 0;

const aboveMaximum = ({ maximum }: RegisteredGateway, { amount, currency }: Money): boolean =>
  maximum !== undefined &&
  (maximum.currency ?? currency) === currency &&
  compareDecimal(amount, maximum.amount) > 0;

const withinLimits = (gateway: RegisteredGateway, quoted: Money, rate: FrozenRate | null): Quote => {
  if (belowMinimum(gateway, quoted)) return refused('amount-below-minimum');
  return aboveMaximum(gateway, quoted) ? refused('amount-above-maximum') : { ok: true, quoted, rate };
};

/** Turns an order's amount into what this gateway can be asked for, at a rate that is fresh now and frozen from then on. */
export const quote = async (
  gateway: RegisteredGateway,
  amount: Money,
  rates: RateSource,
  now: number,
): Promise<Quote> => {
  if (isZero(amount.amount)) return refused('amount-zero');
  if (!money(amount.amount, amount.currency, amount.network).ok) return refused('amount-scale');
  const settlement = gateway.settlementCurrency;
  if (gateway.capabilities.quoteAtPayment) {
    const rate = settlement && (await rates.rate(settlement, amount.currency, now));
    return rate ? { ok: true, quoted: null, rate: null } : refused('no-fresh-rate');
  }
  if (accepts(gateway, amount)) return withinLimits(gateway, amount, null);
  if (settlement === null) return refused('currency-not-accepted');
  const rate = await rates.rate(amount.currency, settlement, now);
  if (!rate) return refused('no-fresh-rate');
  // Rounded up to the target's decimals: the shop never asks for less than its price (CPC-8).
  const converted = convert(amount, rate, 'up');
  return converted.ok ? withinLimits(gateway, converted.money, rate) : refused('no-fresh-rate');
};
