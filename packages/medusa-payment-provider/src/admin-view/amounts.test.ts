import { type Money, moneySchema, type Network } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { differenceOf, refundedOf } from './amounts.ts';

const usdt = (amount: string, network: Network = 'tron'): Money =>
  moneySchema.parse({ amount, currency: 'USDT', network });
const eur = (amount: string): Money => moneySchema.parse({ amount, currency: 'EUR' });

test('too little, too much and exactly enough are told apart to the last digit', () => {
  expect(differenceOf(usdt('10.000001'), usdt('10'))).toEqual({
    kind: 'missing',
    amount: '0.000001',
    currency: 'USDT',
    network: 'tron',
  });
  expect(differenceOf(eur('24.99'), eur('30'))).toEqual({ kind: 'excess', amount: '5.01', currency: 'EUR' });
  expect(differenceOf(eur('24.90'), eur('24.9'))).toBeNull();
});

test('amounts of two assets or networks are not compared', () => {
  expect(differenceOf(eur('10'), usdt('9'))).toBeNull();
  expect(differenceOf(usdt('10'), usdt('9', 'ton'))).toBeNull();
  expect(differenceOf(null, usdt('9'))).toBeNull();
  expect(differenceOf(usdt('9'), null)).toBeNull();
});

test('refunds add up, refused ones aside', () => {
  expect(refundedOf([])).toBeNull();
  expect(refundedOf([{ state: 'refused', orderAmount: eur('5') }])).toBeNull();
  expect(
    refundedOf([
      { state: 'manual', orderAmount: eur('0.10') },
      { state: 'unknown', orderAmount: eur('0.20') },
      { state: 'refused', orderAmount: eur('5') },
    ]),
  ).toEqual(eur('0.3'));
});
