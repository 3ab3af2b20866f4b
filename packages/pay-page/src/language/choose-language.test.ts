import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseLanguage, languages } from './choose-language.ts';

describe('the language of a page', () => {
  it.each([
    ['the shopper’s choice', { wanted: 'ar', locale: 'de', acceptLanguage: 'ru' }, 'ar'],
    ['the shop’s, as WordPress writes it', { locale: 'de_DE_formal', acceptLanguage: 'ru' }, 'de'],
    ['the shop’s, as BCP 47', { locale: 'es-419', acceptLanguage: 'ru' }, 'es'],
    ['the browser’s', { acceptLanguage: 'tr-TR,tr;q=0.9,en;q=0.8' }, 'tr'],
    ['the browser’s best that there is', { acceptLanguage: 'fr, en;q=0.5, ru;q=0.7' }, 'ru'],
    ['equal ones in their order', { acceptLanguage: 'es, de' }, 'es'],
    ['none that is refused', { acceptLanguage: 'de;q=0, ru;q=0.1' }, 'ru'],
    ['none with a quality that is none', { acceptLanguage: 'de;q=9, ru;q=0.1' }, 'ru'],
    ['the next where a choice is unknown', { wanted: 'xx', locale: 'nope', acceptLanguage: 'de' }, 'de'],
    ['English where nobody says anything', { wanted: null, locale: null, acceptLanguage: null }, 'en'],
    ['English for any', { acceptLanguage: '*' }, 'en'],
  ])('is %s', (_what, asked, tag) => {
    expect(chooseLanguage(asked).tag).toBe(tag);
  });

  it('does not take a word for a language because of its first letters', () => {
    expect(chooseLanguage({ wanted: 'dental' }).tag).toBe('en');
  });

  it('for any text there is one', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (wanted, acceptLanguage) => {
        expect(languages).toContain(chooseLanguage({ wanted, acceptLanguage }));
      }),
    );
  });
});
