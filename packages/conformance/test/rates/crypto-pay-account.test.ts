import { startGatewaySimulators } from '@gatewright/gateway-simulator';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import {
  compareDecimal,
  createCryptoPayClient,
  createCryptoPayRates,
  cryptoPayConfigSchema,
  currencyCodeSchema,
  minutes,
} from '@gatewright/payment-core';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { json, openEndpoint } from './endpoint.ts';

const code = (text: string) => currencyCodeSchema.parse(text);

/** The source over the real client and a real socket. */
const ratesOf = (config: unknown, clock: { now(): number }) => {
  const faults: string[] = [];
  const http = createNodeHttpClient({ sandbox: true, clock, retries: 0 });
  const client = createCryptoPayClient(cryptoPayConfigSchema.parse(config), http);
  const rates = createCryptoPayRates({
    clock,
    read: () => client.getExchangeRates(),
    onFault: (reason) => faults.push(reason),
  });
  const ask = (from: string, to: string) => rates.rate(code(from), code(to), clock.now());
  return { ask, faults };
};

const open = async () => {
  const simulators = await startGatewaySimulators({ gateways: ['crypto-pay'] });
  onTestFinished(() => simulators.stop());
  const simulator = simulators.gateways['crypto-pay'];
  return { clock: simulators.clock, simulator, ...ratesOf(simulator.config, simulators.clock) };
};

const answerSchema = z.object({
  result: z.array(z.object({ source: z.string(), target: z.string(), rate: z.string() })),
});

/** The simulator's own word on a pair now. */
const quotedBy = async (
  { baseUrl, config }: { baseUrl: string; config: { token: string } },
  pair: string,
): Promise<string | undefined> => {
  const response = await fetch(`${baseUrl}/api/getExchangeRates`, {
    headers: { 'Crypto-Pay-API-Token': config.token },
  });
  const { result } = answerSchema.parse(await response.json());
  return result.find(({ source, target }) => `${source}/${target}` === pair)?.rate;
};

it('gives the rate of the account, keeps it five minutes, then takes the new one', async () => {
  const { ask, clock, simulator } = await open();
  const value = await quotedBy(simulator, 'TON/EUR');
  const first = await ask('TON', 'EUR');
  expect(first).toEqual({ from: 'TON', to: 'EUR', value, source: 'crypto-pay', at: clock.now() });
  await clock.advance(minutes(5));
  expect(await ask('TON', 'EUR')).toEqual(first);
  await clock.advance(1);
  const second = await ask('TON', 'EUR');
  expect(second?.value).toBe(await quotedBy(simulator, 'TON/EUR'));
  expect(second?.value).not.toBe(first?.value);
});

it('prices one fiat in another through USDT: EUR is dearer than USD, by the table of the simulator', async () => {
  const { ask } = await open();
  const rate = await ask('EUR', 'USD');
  // 1 / 0.925925925926, rounded down: the simulator writes its rates with 12 decimals.
  expect(rate?.value).toBe('1.0799999999999136');
  const back = await ask('USD', 'EUR');
  expect(back?.value).toBe('0.925925925926');
});

it('an account that does not answer or does not know us gives no rate', async () => {
  const { ask, simulator, faults, clock } = await open();
  simulator.faults.add({ kind: 'status', status: 500 });
  expect(await ask('TON', 'USD')).toBeUndefined();
  expect(faults).toEqual(['server-error']);
  await clock.advance(minutes(1));
  expect(await ask('TON', 'USD')).toBeDefined();
  const stranger = ratesOf({ ...simulator.config, token: '12345:AAwrong' }, clock);
  expect(await stranger.ask('TON', 'USD')).toBeUndefined();
  expect(stranger.faults).toEqual(['unauthorized']);
});

it('rows that are marked invalid, of no currency or without a rate are ignored; numbers keep their digits', async () => {
  const row = (pair: string, rate: string, valid = true) => {
    const [source, target] = pair.split('/');
    return `{"is_valid":${valid},"is_crypto":true,"is_fiat":false,"source":"${source}","target":"${target}","rate":${rate}}`;
  };
  const rows = [
    row('TON/USD', '"3.2"', false),
    row('BTC/USD', '96250.123456789012345678'),
    row('ETH/USD', '"0"'),
    row('no currency/USD', '"1"'),
  ];
  const endpoint = await openEndpoint(json(`{"ok":true,"result":[${rows.join(',')}]}`));
  const clock = { now: () => Date.UTC(2026, 5, 1) };
  const { ask } = ratesOf({ token: '12345:AA', baseUrl: `${endpoint.url}/api` }, clock);
  expect(await ask('TON', 'USD')).toBeUndefined();
  expect(await ask('ETH', 'USD')).toBeUndefined();
  const bitcoin = await ask('BTC', 'USD');
  expect(bitcoin?.value).toBe('96250.123456789012345678');
  const inverse = await ask('USD', 'BTC');
  expect(inverse && bitcoin && compareDecimal(inverse.value, bitcoin.value)).toBe(-1);
  expect(endpoint.asked).toEqual(['/api/getExchangeRates']);
});
