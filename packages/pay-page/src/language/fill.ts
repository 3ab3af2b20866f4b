import { type Content, type Html, html, render, said } from '../html/html.ts';
import type { english } from './english.ts';
import type { Language, Plural, Texts } from './language.ts';

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type Forms<Key extends keyof Texts> = (typeof english)[Key] extends string
  ? (typeof english)[Key]
  : Extract<(typeof english)[Key][keyof (typeof english)[Key]], string>;

export type SimpleKey = { [Key in keyof Texts]: Texts[Key] extends string ? Key : never }[keyof Texts];
export type PluralKey = Exclude<keyof Texts, SimpleKey>;

/** The values a text needs, by the names in its English form. Strings are a stranger's until made markup. */
export type Values<Key extends keyof Texts> = Readonly<Record<NamesIn<Forms<Key>>, string | number | Html>>;

/** The names a text may have are ours, so a text is cut at them and each piece is escaped as any other. */
const namePattern = /\{(\w+)\}/;

const place = (text: string, values: Readonly<Record<string, string | number | Html>>): Html =>
  html`${text.split(namePattern).map((piece, index): Content => {
    if (index % 2 === 0) return piece;
    const value = values[piece];
    return typeof value === 'string' || typeof value === 'number' ? said(String(value)) : value;
  })}`;

/** A text's one form, or the one of that category. */
const formOf = (text: string | Plural, category: Intl.LDMLPluralRule): string =>
  typeof text === 'string' ? text : (text[category] ?? text.other);

export const fill = <Key extends SimpleKey>(language: Language, key: Key, values: Values<Key>): Html =>
  place(formOf(language.texts[key], 'other'), values);

/** In the form that the language has for `count`. */
export const fillPlural = <Key extends PluralKey>(
  language: Language,
  key: Key,
  count: number,
  values: Values<Key>,
): Html => place(formOf(language.texts[key], new Intl.PluralRules(language.tag).select(count)), values);

const entity = /&(amp|lt|gt|quot|#39);/g;
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Markup as the text it shows: for `document.title`, which knows no markup. */
export const plainText = (content: Html): string =>
  render(content)
    .replace(/<[^>]*>/g, '')
    .replace(entity, (_all, name: string) => characters[name] ?? '');
