import { createOutgoing } from '@gatewright/operations';
import { minutes } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { serve } from './support/raw-server.ts';
import { countedBytes } from './support/world.ts';

test('a shop that asks for a day of silence gets ten minutes, and no other shop waits', async () => {
  let asked = 0;
  const busy = await serve((_, response) => {
    asked += 1;
    response.writeHead(429, { 'retry-after': '86400' }).end('{}');
  });
  const quiet = await serve((_, response) => response.writeHead(200).end('{}'));
  let now = 1_800_000_000_000;
  const { shops } = createOutgoing({
    egress: undefined,
    sandbox: true,
    clock: { now: () => now },
    random: countedBytes('outgoing'),
    sleep: async () => undefined,
    gateway: () => undefined,
  });
  const call = (url: string) => shops({ method: 'GET', url: `${url}/wp-json/`, headers: {}, retry: 'never' });
  const slowDown = { outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: minutes(10) };
  expect(await call(busy)).toEqual(slowDown);
  expect(await call(busy)).toEqual(slowDown);
  expect(await call(quiet)).toMatchObject({ outcome: 'ok', status: 200 });
  expect(asked).toBe(1);
  now += minutes(10);
  expect(await call(busy)).toEqual(slowDown);
  expect(asked).toBe(2);
});
