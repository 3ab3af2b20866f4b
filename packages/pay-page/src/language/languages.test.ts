import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages } from './choose-language.ts';
import { english } from './english.ts';
import type { Plural, TextKey } from './language.ts';

const source = new URL('../', import.meta.url);

/** Everything the pages are made of, except the languages themselves and tests. */
const sources = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('language/'))
  .map((file) => readFileSync(new URL(file, source), 'utf8'))
  .join('\n');

const keysOf = (texts: object): readonly string[] => Object.keys(texts).sort((a, b) => a.localeCompare(b));
const formsOf = (text: string | Plural): Readonly<Record<string, string>> =>
  typeof text === 'string' ? { only: text } : Object.fromEntries(Object.entries(text));
const namesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort((a, b) =>
    a.localeCompare(b),
  );
// Object.keys says `string`; these are the keys of the object it was given.
const keys = Object.keys(english) as TextKey[];

describe('the texts', () => {
  it('are all used', () => {
    const built = /`\$\{kind\}(Title|Lead)`/;
    expect(sources).toMatch(built);
    const unused = keys.filter(
      (key) => !new RegExp(`['.]${key}\\b`).test(sources) && !/^(?:late|held)(?:Title|Lead)$/.test(key),
    );
    expect(unused).toEqual([]);
  });
});

/** What is the same word by its nature. */
const shared: Readonly<Record<string, readonly string[]>> = { de: ['shop'] };

describe.each(languages.filter(({ tag }) => tag !== 'en'))('$name', ({ tag, texts, direction }) => {
  it('has the keys of English, no more and no less', () => {
    expect(keysOf(texts)).toEqual(keysOf(english));
  });

  it('fills in the same names in every form', () => {
    for (const key of keys) {
      const wanted = namesIn(Object.values(formsOf(english[key])).join(' '));
      for (const [form, text] of Object.entries(formsOf(texts[key])))
        expect(namesIn(text), `${key} ${form}`).toEqual(wanted);
    }
  });

  it('has a form for every category that its whole numbers have', () => {
    const rules = new Intl.PluralRules(tag);
    const categories = new Set(Array.from({ length: 1_000 }, (_, count) => rules.select(count)));
    for (const key of keys) {
      const text = texts[key];
      if (typeof text !== 'string')
        expect(Object.keys(text), key).toEqual(expect.arrayContaining([...categories]));
    }
  });

  it('has no English left in it', () => {
    const same = keys.filter((key) => JSON.stringify(texts[key]) === JSON.stringify(english[key]));
    expect(same).toEqual(shared[tag] ?? []);
  });

  it('has no text that is empty, padded, or written in another script', () => {
    const script = { ru: /\p{Script=Cyrillic}/u, ar: /\p{Script=Arabic}/u }[tag] ?? /\p{Script=Latin}/u;
    for (const key of keys)
      for (const text of Object.values(formsOf(texts[key]))) {
        expect(text, key).toBe(text.trim());
        expect(
          text.replace(/\{\w+\}/g, '').replaceAll(/[A-Za-z]+/g, tag === 'ru' || tag === 'ar' ? '' : '$&'),
          key,
        ).toMatch(script);
      }
  });

  it('is written in the direction of its script', () => {
    expect(direction).toBe(tag === 'ar' ? 'rtl' : 'ltr');
  });
});

describe('every language', () => {
  it.each(languages.map(({ tag }) => tag))('%s is one that Intl knows', (tag) => {
    expect(Intl.PluralRules.supportedLocalesOf([tag])).toEqual([tag]);
    expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
  });
});
