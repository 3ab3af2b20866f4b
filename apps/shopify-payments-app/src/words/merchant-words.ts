import { chooseLanguage } from '@gatewright/pay-page';
import type { RejectCode } from '../payments-api/mutation.ts';
import { arabic } from './arabic.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import type { DeclineCode, MerchantTexts } from './merchant-texts.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import { turkish } from './turkish.ts';

/** The languages of the pay page. */
export const merchantTexts: Readonly<Record<string, MerchantTexts>> = {
  en: english,
  de: german,
  es: spanish,
  ru: russian,
  tr: turkish,
  ar: arabic,
};

/** As a session request names it (`merchant_locale`, BCP 47); null and languages that are not ours are English. */
type Locale = string | null;

const textsFor = (locale: Locale): MerchantTexts => merchantTexts[chooseLanguage({ locale }).tag] ?? english;

/** Why a payment cannot be made, for the merchant in Shopify's admin (contract §6: a localized merchantMessage). */
export const rejectionMessage = (code: RejectCode, locale: Locale): string => textsFor(locale).rejected[code];

/** @param reason the gateway's machine word, where the gateway refused */
export const declineMessage = (code: DeclineCode, locale: Locale, reason = ''): string =>
  textsFor(locale).declined[code].replace('{reason}', () => reason);

/** @param amount with its currency */
export const payBackByHand = (amount: string, locale: Locale): string =>
  textsFor(locale).payBackByHand.replace('{amount}', () => amount);

export const lookItUp = (locale: Locale): string => textsFor(locale).lookItUp;
