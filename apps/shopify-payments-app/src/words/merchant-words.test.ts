import { languages } from '@gatewright/pay-page';
import { describe, expect, test } from 'vitest';
import { english } from './english.ts';
import {
  declineMessage,
  lookItUp,
  merchantTexts,
  payBackByHand,
  rejectionMessage,
} from './merchant-words.ts';
import { turkish } from './turkish.ts';

const sentences = (texts: (typeof merchantTexts)[string] | undefined): readonly string[] =>
  texts
    ? [
        ...Object.values(texts.rejected),
        ...Object.values(texts.declined),
        texts.payBackByHand,
        texts.lookItUp,
      ]
    : [];

const places = (text: string): readonly string[] => text.match(/\{\w+\}/g) ?? [];

describe('what merchants read in Shopify', () => {
  test.each(languages.map(({ tag }) => tag))('stands in the language %s of the pay page, whole', (tag) => {
    const own = sentences(merchantTexts[tag]);
    expect(own).toHaveLength(sentences(english).length);
    for (const [at, text] of own.entries()) {
      expect(text.trim()).not.toBe('');
      expect(places(text)).toEqual(places(sentences(english)[at] ?? ''));
      if (tag !== 'en') expect(text).not.toBe(sentences(english)[at]);
    }
  });

  test.each([
    ['de-AT', 'Die Zahlung wurde nicht abgeschlossen.'],
    ['fr', 'The payment was not completed.'],
    [null, 'The payment was not completed.'],
    ['constructor', 'The payment was not completed.'],
  ])('is chosen by the locale %s', (locale, said) => {
    expect(rejectionMessage('CANCELLED_PAYMENT', locale)).toBe(said);
  });

  test('keeps machine words and amounts as they are', () => {
    expect(declineMessage('gateway-refused', 'ru', "$&'")).toContain("($&')");
    expect(payBackByHand('12.00 USD', 'ar')).toContain('12.00 USD');
    expect(lookItUp('tr')).toBe(turkish.lookItUp);
  });
});
