import { describe, expect, it } from 'vitest';
import type { Answer } from '../gateways/json-answer.ts';
import { hours, minutes, seconds } from '../identity/clock.ts';
import { parseCurrency } from '../money/currency.ts';
import { parseDecimal } from '../money/decimal.ts';
import { createCryptoPayRates, type ExchangeRateRow } from './crypto-pay-rates.ts';

const code = (text: string) => parseCurrency(text)!;
const row = (source: string, target: string, rate: string, valid = true): ExchangeRateRow => ({
  is_valid: valid,
  source,
  target,
  rate: parseDecimal(rate)!,
});
const table = [row('TON', 'USD', '3.2'), row('USDT', 'USD', '1'), row('USDT', 'EUR', '0.8')];

/** An account whose answers a test writes. */
const open = (first: Answer<readonly ExchangeRateRow[]> = { outcome: 'ok', value: table }) => {
  const state = { now: Date.UTC(2026, 5, 1, 12), answer: first, calls: 0, latencyMs: 0 };
  const faults: string[] = [];
  const rates = createCryptoPayRates({
    read: async () => {
      state.calls += 1;
      state.now += state.latencyMs;
      return state.answer;
    },
    clock: { now: () => state.now },
    onFault: (reason) => faults.push(reason),
  });
  const ask = (from: string, to: string) => rates.rate(code(from), code(to), state.now);
  return { state, faults, ask, rates };
};

describe('createCryptoPayRates', () => {
  it('holds from the moment the answer arrived, and is kept for five minutes for an asset', async () => {
    const { state, ask } = open();
    state.latencyMs = 400;
    const asked = state.now;
    const rate = await ask('TON', 'USD');
    expect(rate).toEqual({ from: 'TON', to: 'USD', value: '3.2', source: 'crypto-pay', at: asked + 400 });
    state.answer = { outcome: 'ok', value: [row('TON', 'USD', '4')] };
    state.now = asked + 400 + minutes(5);
    expect(await ask('TON', 'USD')).toEqual(rate);
    expect(state.calls).toBe(1);
    state.now += 1;
    expect(await ask('TON', 'USD')).toMatchObject({ value: '4', at: state.now });
    expect(state.calls).toBe(2);
  });

  it('keeps a pair of fiats for a day, the crossed one too', async () => {
    const { state, ask } = open();
    expect(await ask('EUR', 'USD')).toMatchObject({ value: '1.25' });
    state.answer = { outcome: 'unavailable', reason: 'dns' };
    state.now += hours(24);
    expect(await ask('EUR', 'USD')).toMatchObject({ value: '1.25' });
    expect(state.calls).toBe(1);
    state.now += 1;
    expect(await ask('EUR', 'USD')).toBeUndefined();
  });

  it('has no rate when the only answer is old and the account does not answer', async () => {
    const { state, faults, ask } = open();
    await ask('TON', 'USD');
    state.answer = { outcome: 'ambiguous', reason: 'timeout-after-send' };
    state.now += minutes(5) + 1;
    expect(await ask('TON', 'USD')).toBeUndefined();
    expect(await ask('TON', 'USD')).toBeUndefined();
    expect(faults).toEqual(['timeout-after-send']);
    expect(state.calls).toBe(2);
    state.now += seconds(15);
    state.answer = { outcome: 'ok', value: table };
    expect(await ask('TON', 'USD')).toMatchObject({ value: '3.2' });
  });

  it('inverse of a row: rounded down', async () => {
    expect(await open().ask('USD', 'TON')).toMatchObject({ value: '0.3125' });
    expect(await open().ask('EUR', 'USDT')).toMatchObject({ value: '1.25' });
  });

  it('CP-16: ignores rows that are invalid, impossible, contradictory or of no currency', async () => {
    const { ask } = open({
      outcome: 'ok',
      value: [
        row('TON', 'USD', '3.2', false),
        row('BTC', 'USD', '0'),
        row('ETH', 'USD', `1${'0'.repeat(40)}`),
        row('', 'USD', '1'),
        row('USD', 'USD', '2'),
        row('LTC', 'USD', '90'),
        row('LTC', 'USD', '91'),
        row('SOL', 'USD', '188'),
      ],
    });
    for (const asset of ['TON', 'BTC', 'ETH', 'USD', 'LTC']) expect(await ask(asset, 'USD')).toBeUndefined();
    expect(await ask('SOL', 'USD')).toMatchObject({ value: '188' });
  });

  it('NFT-10: TON and GRAM are two assets at Crypto Pay', async () => {
    const { ask } = open({ outcome: 'ok', value: [row('GRAM', 'USD', '0.0049')] });
    expect(await ask('TON', 'USD')).toBeUndefined();
  });

  it('an answer without a rate is a fault, and does not push out the one before', async () => {
    const { state, faults, ask } = open();
    await ask('EUR', 'USD');
    state.answer = { outcome: 'ok', value: [] };
    state.now += minutes(6);
    expect(await ask('TON', 'USD')).toBeUndefined();
    expect(await ask('EUR', 'USD')).toMatchObject({ value: '1.25' });
    expect(faults).toEqual(['answer-without-rates']);
  });

  it('a pair it does not have costs one call per window, not one per checkout', async () => {
    const { state, ask } = open();
    for (let minute = 0; minute < 5; minute += 1) {
      expect(await ask('BTC', 'USD')).toBeUndefined();
      state.now += minutes(1);
    }
    expect(state.calls).toBe(1);
  });
});
