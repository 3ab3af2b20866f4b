import { decimalsOf, type Network } from '../money/currency.ts';
import { isZero, multiplyDecimal, type Rounding, roundDecimal } from '../money/decimal.ts';
import type { Money } from '../money/money.ts';
import type { FrozenRate } from './rate-source.ts';

export type Converted =
  | { readonly ok: true; readonly money: Money }
  | { readonly ok: false; readonly reason: 'rate-of-another-pair' | 'rate-zero' | 'scale-unknown' };

/**
 * Money in the rate's `to` currency, exact, then rounded once to that currency's decimals. `up` (CPC-8) is for
 * quoting: the shop never asks for less than the order. `down` is for valuing what came in.
 * @param network of the result, where the asset's decimals depend on it
 */
export const convert = (money: Money, rate: FrozenRate, rounding: Rounding, network?: Network): Converted => {
  if (money.currency !== rate.from) return { ok: false, reason: 'rate-of-another-pair' };
  if (isZero(rate.value)) return { ok: false, reason: 'rate-zero' };
  const scale = decimalsOf(rate.to, network);
  if (scale === undefined) return { ok: false, reason: 'scale-unknown' };
  const amount = roundDecimal(multiplyDecimal(money.amount, rate.value), scale, rounding);
  return {
    ok: true,
    money: network === undefined ? { amount, currency: rate.to } : { amount, currency: rate.to, network },
  };
};
