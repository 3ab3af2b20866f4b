import { parseDecimal } from '@gatewright/payment-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../test/gallery/rows.ts';
import { render } from '../html/html.ts';
import { chooseLanguage } from './choose-language.ts';
import { fillPlural, plainText } from './fill.ts';
import { moneyText, showMoney } from './show-money.ts';
import { clockTime, minutesUntil } from './show-time.ts';

const inLanguage = (wanted: string) => chooseLanguage({ wanted });
/** Spaces that do not break look like any other here. */
const spaced = (text: string): string =>
  text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f]/g, '');

describe('amounts', () => {
  it.each([
    ['en', money('1234.5', 'USD'), '$1,234.50'],
    ['de', money('49.9', 'EUR'), '49,90 €'],
    ['es', money('12345.00', 'EUR'), '12.345,00 €'],
    ['ru', money('1234567.89', 'RUB'), '1 234 567,89 ₽'],
    ['tr', money('49.9', 'TRY'), '₺49,90'],
    ['en', money('1000', 'JPY'), '¥1,000'],
    ['en', money('1.5', 'KWD'), 'KWD 1.500'],
    ['en', money('54.12', 'USDT', 'tron'), '54.12 USDT'],
    ['de', money('12345.678900', 'USDT', 'tron'), '12.345,678900 USDT'],
    ['en', money('0.123456789012345678', 'ETH'), '0.123456789012345678 ETH'],
    ['ar', money('49.90', 'EUR'), '49.90 €'],
    ['ar', money('1.7965', 'TON'), '1.7965 TON'],
    ['en', money('0.0000000001', 'XYZ9'), '0.0000000001 XYZ9'],
  ])('in %s: %o is %s', (tag, amount, text) => {
    expect(spaced(moneyText(inLanguage(tag), amount))).toBe(text);
  });

  it('for any amount of an asset: every digit is shown, in its order', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 40n }),
        fc.integer({ min: 1, max: 18 }),
        fc.constantFrom('en', 'de', 'es', 'ru', 'tr', 'ar'),
        (units, decimals, tag) => {
          const digits = units.toString().padStart(decimals + 1, '0');
          const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
          const amount = parseDecimal(text);
          if (amount === undefined) throw new Error(text);
          const shown = moneyText(inLanguage(tag), { ...money('1', 'ETH'), amount });
          expect(shown.replaceAll(/\D/g, '')).toBe(text.replace('.', ''));
        },
      ),
    );
  });

  it('stay on one line unless they are longer than one', () => {
    expect(render(showMoney(inLanguage('en'), money('54.12', 'USDT')))).toContain('class="money"');
    expect(render(showMoney(inLanguage('en'), money('0.123456789012345678', 'ETH')))).toContain(
      'class="long"',
    );
  });
});

describe('time', () => {
  it('says UTC where nobody knows the shopper’s zone', () => {
    const at = Date.UTC(2026, 10, 21, 14, 23);
    expect(plainText(clockTime(inLanguage('de'), at))).toBe('14:23 UTC');
    expect(render(clockTime(inLanguage('ar'), at))).toContain('datetime="2026-11-21T14:23:00.000Z"');
  });

  it.each([
    [60_000, 1],
    [60_001, 2],
    [1, 1],
    [0, 0],
    [-1, 0],
  ])('%d ms are %d minutes', (left, minutes) => {
    expect(minutesUntil(left, 0)).toBe(minutes);
  });
});

describe('numbers in words', () => {
  it.each([
    ['en', 1, '1 minute'],
    ['ru', 1, '1 минута'],
    ['ru', 3, '3 минуты'],
    ['ru', 11, '11 минут'],
    ['ru', 21, '21 минута'],
    ['ar', 5, '5 دقائق'],
    ['ar', 30, '30 دقيقة'],
  ])('in %s: %d', (tag, count, text) => {
    expect(plainText(fillPlural(inLanguage(tag), 'minutesLeft', count, { count }))).toBe(text);
  });
});
