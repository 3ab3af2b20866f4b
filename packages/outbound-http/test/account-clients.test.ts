import { type Account, accountIdSchema, storeIdSchema } from '@gatewright/payment-core';
import { expect, it } from 'vitest';
import { createAccountClients, createNodeEgress } from '../src/index.ts';
import { httpServer } from './loopback.ts';

const account = (id: string): Account => ({
  id: accountIdSchema.parse(id),
  store: storeIdSchema.parse('shop'),
  gateway: 'slow-pay',
  mode: 'test',
  config: {},
  enabled: true,
});

it('keeps an account to its gateway’s limit over all its calls, and no other account', async () => {
  await using server = await httpServer((_, response) => response.end('{}'));
  let now = 1_800_000_000_000;
  const slept: number[] = [];
  const clientOf = createAccountClients(
    {
      egress: createNodeEgress({ sandbox: true }),
      clock: { now: () => now },
      random: () => 0.5,
      sleep: async (ms) => {
        slept.push(ms);
        now += ms;
      },
    },
    (id) => (id === 'slow-pay' ? { rateLimit: { requests: 1, perMs: 1_000 } } : undefined),
  );
  const call = (id: string) =>
    clientOf(account(id))({
      method: 'GET',
      url: `http://127.0.0.1:${server.port}/`,
      headers: {},
      retry: 'never',
    });
  expect(await call('first')).toMatchObject({ outcome: 'ok' });
  expect(await call('second')).toMatchObject({ outcome: 'ok' });
  expect(slept).toEqual([]);
  expect(await call('first')).toMatchObject({ outcome: 'ok' });
  expect(slept).toEqual([1_000]);
});
