import { chooseLanguage } from '../language/choose-language.ts';
import { english } from '../language/english.ts';
import type { TextKey } from '../language/language.ts';

/** Texts for a shop's own checkout; the core and the wrappers write them in English. */
const answers = [
  'answerNotNow',
  'answerAskShop',
  'answerNothingToPay',
  'answerUnavailable',
  'answerTooSmall',
  'answerTooLarge',
  'answerSilent',
  'answerChoose',
  'answerPaid',
  'answerSeen',
  'answerPreparing',
  'answerEnded',
  'answerTooMany',
] as const satisfies readonly TextKey[];

const keyOf = new Map<string, (typeof answers)[number]>(answers.map((key) => [english[key], key]));

/** In whose language a shop's checkout speaks; what is absent is unknown. */
export interface CheckoutLocale {
  /** As WordPress or a browser writes it. */
  readonly locale?: string | null;
  /** RFC 9110, 12.5.4. */
  readonly acceptLanguage?: string | null;
}

/** A shopper's text in the shopper's language; one that is not among the page's texts stays as it is. */
export const checkoutAnswer = (text: string, of: CheckoutLocale): string => {
  const key = keyOf.get(text);
  return key === undefined ? text : chooseLanguage(of).texts[key];
};
