import { expect, test } from 'vitest';
import { moneyText } from './amounts-and-times.ts';

test.each([
  [{ amount: '50', currency: 'USD' }, '50.00 USD'],
  [{ amount: '49.9', currency: 'EUR' }, '49.90 EUR'],
  [{ amount: '2004', currency: 'JPY' }, '2004 JPY'],
  [{ amount: '6.234', currency: 'KWD' }, '6.234 KWD'],
  [{ amount: '1797654321.123456789', currency: 'TON', network: 'ton' }, '1797654321.123456789 TON (ton)'],
  [{ amount: '45', currency: 'USDT', network: 'tron' }, '45 USDT (tron)'],
])('%o reads %s', (money, text) => {
  expect(moneyText(money)).toBe(text);
});
