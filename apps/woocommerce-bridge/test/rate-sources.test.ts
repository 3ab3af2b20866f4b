import { randomBytes } from 'node:crypto';
import { startGatewaySimulators } from '@gatewright/gateway-simulator';
import { createLog, createOutgoing, createRates, type RatesParts } from '@gatewright/operations';
import {
  type Account,
  accountIdSchema,
  currencyCodeSchema,
  type Directory,
  fixedTableSchema,
  gatewayById,
  minutes,
  storeIdSchema,
} from '@gatewright/payment-core';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { openRatesEndpoint } from './support/rates-endpoint.ts';

const id = accountIdSchema.parse('rates-account');
const [ton, eur, usd] = ['TON', 'EUR', 'USD'].map((code) => currencyCodeSchema.parse(code));

/** The sources as a service assembles them, over real sockets to a simulated Crypto Pay and an owner's endpoint. */
const open = async (env: Partial<RatesParts['env']> = {}, change: Partial<Account> = {}) => {
  const simulators = await startGatewaySimulators({ gateways: ['crypto-pay'] });
  onTestFinished(() => simulators.stop());
  const endpoint = await openRatesEndpoint();
  const { clock } = simulators;
  const account: Account = {
    id,
    store: storeIdSchema.parse('store'),
    gateway: 'crypto-pay',
    mode: 'test',
    config: simulators.gateways['crypto-pay'].config,
    enabled: true,
    ...change,
  };
  const accounts = new Map([[id, account]]);
  const directory: Pick<Directory, 'account'> = { account: async (asked) => accounts.get(asked) };
  const lines: string[] = [];
  const rates = createRates({
    env: {
      rates: [],
      ratesUrl: endpoint.url,
      ratesPointers: null,
      ratesAccount: id,
      sandbox: true,
      ...env,
    },
    outgoing: createOutgoing({
      egress: undefined,
      sandbox: true,
      clock,
      random: randomBytes,
      sleep: async () => undefined,
      gateway: gatewayById,
    }),
    directory,
    clock,
    log: createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } }),
  });
  return {
    clock,
    endpoint,
    accounts,
    log: () => lines.join(''),
    ask: (from = ton, to = usd) => rates.rate(from!, to!, clock.now()),
  };
};

const row = (value: string, at: number) =>
  JSON.stringify([{ from: 'TON', to: 'USD', value, at: at / 1_000 }]);

test('what the operator fixed goes before the endpoint, the endpoint before the account', async () => {
  const rates = fixedTableSchema.parse([{ from: 'EUR', to: 'USD', value: '1.10' }]);
  const { ask, endpoint, clock } = await open({ rates });
  endpoint.answer = row('3.21', clock.now());
  expect(await ask(eur, usd)).toMatchObject({ source: 'fixed', value: '1.10' });
  expect(endpoint.asked).toBe(0);
  expect(await ask()).toMatchObject({ source: '127.0.0.1', value: '3.21' });
  await clock.advance(minutes(6));
  expect(await ask()).toMatchObject({ source: 'crypto-pay', at: clock.now() });
});

test('an endpoint that is down is passed over, and the log says why without its address', async () => {
  const { ask, log } = await open();
  expect(await ask()).toMatchObject({ source: 'crypto-pay' });
  expect(log()).toContain('"source":"endpoint","reason":"server-error","msg":"no exchange rates"');
  expect(log()).not.toContain('secret-of-the-endpoint');
});

test('an account that is added later is used, one that is switched off is not', async () => {
  const { ask, accounts, clock, log } = await open();
  const account = accounts.get(id)!;
  accounts.delete(id);
  expect(await ask()).toBeUndefined();
  accounts.set(id, account);
  await clock.advance(minutes(1));
  expect(await ask()).toMatchObject({ source: 'crypto-pay' });
  accounts.set(id, { ...account, enabled: false });
  await clock.advance(minutes(6));
  expect(await ask()).toBeUndefined();
  expect(log()).toContain('"reason":"account-unknown"');
  expect(log()).toContain('"reason":"account-disabled"');
});

test.each([
  ['account-of-another-gateway', { gateway: 'ton-nft' }],
  ['config-unusable', { config: { token: '' } }],
] as const)('%s: no rate, and the log says so', async (reason, change) => {
  const { ask, log } = await open({}, change);
  expect(await ask()).toBeUndefined();
  expect(log()).toContain(`"reason":"${reason}"`);
});

test('a token that Crypto Pay refuses gives no rate and stands in no log', async () => {
  const { ask, accounts, log } = await open();
  const account = accounts.get(id)!;
  const { baseUrl } = z.object({ baseUrl: z.string() }).parse(account.config);
  accounts.set(id, { ...account, config: { token: '12345:AAwrong', baseUrl } });
  expect(await ask()).toBeUndefined();
  expect(log()).toContain('"reason":"unauthorized"');
  expect(log()).not.toContain('AAwrong');
});

test("invariant 13: outside a sandbox a test account's rates price nothing", async () => {
  const { ask, log } = await open({ sandbox: false });
  expect(await ask()).toBeUndefined();
  expect(log()).toContain('"reason":"account-for-tests"');
});
