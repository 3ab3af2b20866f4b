import type { english } from './english.ts';

/** A text whose form depends on a number; which categories a language has says Intl.PluralRules. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Every text of the page. English is the pattern: a language with a key missing or too many does not compile. */
export type Texts = {
  readonly [Key in keyof typeof english]: (typeof english)[Key] extends string ? string : Plural;
};

export type TextKey = keyof Texts;

export interface Language {
  /** BCP 47, as in `?lang=` and `<html lang>`. */
  readonly tag: string;
  /** The language's own name for itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly texts: Texts;
}
