import { arabic } from './arabic.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import type { Language } from './language.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import { turkish } from './turkish.ts';

const fallback: Language = { tag: 'en', name: 'English', direction: 'ltr', texts: english };

/** Every language of the page, one line each. */
export const languages: readonly Language[] = [
  fallback,
  { tag: 'de', name: 'Deutsch', direction: 'ltr', texts: german },
  { tag: 'es', name: 'Español', direction: 'ltr', texts: spanish },
  { tag: 'ru', name: 'Русский', direction: 'ltr', texts: russian },
  { tag: 'tr', name: 'Türkçe', direction: 'ltr', texts: turkish },
  { tag: 'ar', name: 'العربية', direction: 'rtl', texts: arabic },
];

/** By the primary subtag: "de_AT.UTF-8", "de-DE-formal" and "DE" are German. */
const named = (text: string | null | undefined): Language | undefined => {
  const primary = /^[a-z]{2,3}(?![a-z])/i.exec(text?.trim() ?? '')?.[0].toLowerCase();
  return languages.find((language) => language.tag === primary);
};

/** A header is a stranger's text: what lies beyond is not read. */
const headerLimit = 1_000;

/** RFC 9110, 12.5.4: the highest quality first, equal ones in their order; 0 means not this one. */
const accepted = (header: string): readonly string[] =>
  header
    .slice(0, headerLimit)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2) ?? '1';
      return { tag, quality: /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality) ? Number(quality) : 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);

const firstNamed = (tags: readonly string[]): Language | undefined =>
  tags.map(named).find((language) => language !== undefined);

/**
 * The shopper's own choice, else the shop's language they came from, else the browser's, else English.
 * @param wanted `?lang=`
 * @param locale the platform's, BCP 47 or as WordPress writes it
 */
export const chooseLanguage = ({
  wanted,
  locale,
  acceptLanguage,
}: {
  readonly wanted?: string | null;
  readonly locale?: string | null;
  readonly acceptLanguage?: string | null;
}): Language => named(wanted) ?? named(locale) ?? firstNamed(accepted(acceptLanguage ?? '')) ?? fallback;
