import {
  currencyKind,
  type Decimal,
  decimalsOf,
  type Money,
  scaleOf,
  withScale,
} from '@gatewright/payment-core';
import { type Html, html } from '../html/html.ts';
import type { Language } from './language.ts';

/** Digits that everybody's wallet shows; Arabic texts keep Latin ones beside addresses and codes. */
const locale = ({ tag }: Language): string => `${tag}-u-nu-latn`;

/** Intl reads a decimal string exactly; the type of its parameter only knows numbers' own spelling. */
const exactly = (amount: Decimal): `${number}` => amount as unknown as `${number}`;

const noBreak = '\u00a0';

/** Every digit as it is, with the language's separators. */
const digits = (language: Language, amount: Decimal): string => {
  const scale = scaleOf(amount);
  return new Intl.NumberFormat(locale(language), {
    minimumFractionDigits: scale,
    maximumFractionDigits: scale,
  }).format(exactly(amount));
};

/**
 * An amount for reading: fiat as the language writes it, with the currency's decimals; assets, which Intl does not know,
 * with their code and every digit. Never rounded.
 */
export const moneyText = (language: Language, { amount, currency }: Money): string => {
  const fiat = currencyKind(currency) === 'fiat';
  const decimals = fiat ? (decimalsOf(currency) ?? 0) : 0;
  const padded = withScale(amount, decimals);
  // More digits than the currency has are odd, and shown as they are.
  if (!fiat || padded === undefined) return `${digits(language, amount)}${noBreak}${currency}`;
  return new Intl.NumberFormat(locale(language), {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(exactly(padded));
};

/** Longer ones (Ether has 18 decimals) may break, or they would not fit a phone. */
const longestLine = 20;

/** One piece in any text, whatever its direction. */
export const showMoney = (language: Language, money: Money): Html => {
  const text = moneyText(language, money);
  return text.length > longestLine
    ? html`<bdi class="long">${text}</bdi>`
    : html`<bdi class="money">${text}</bdi>`;
};

/** For a wallet's field: digits and a point, no separators, as it is copied. */
export const plainAmount = ({ amount }: Money): string => amount;
