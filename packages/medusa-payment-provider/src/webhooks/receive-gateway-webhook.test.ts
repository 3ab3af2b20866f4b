import { createServer } from 'node:http';
import { webhookBodyLimit } from '@gatewright/payment-core';
import { expect, it, onTestFinished } from 'vitest';
import type { MedusaEngine } from '../engine/engine.ts';
import { mustStart, startWorld } from '../engine/world.fixture.ts';
import { receiveGatewayWebhook } from './receive-gateway-webhook.ts';

/** As far as Express makes more of a request and its answer than Node does. */
const serve = async (engine: () => Promise<MedusaEngine>): Promise<string> => {
  const server = createServer((request, response) => {
    const express = {
      set: (name: string, value: string) => response.setHeader(name, value),
      status: (code: number) => {
        response.statusCode = code;
        return { json: (body: unknown) => response.end(JSON.stringify(body)) };
      },
    };
    const scope = { resolve: () => ({ engine }) };
    const name = request.url?.slice(1) ?? '';
    // Only what is used of Medusa's types stands here.
    void receiveGatewayWebhook(Object.assign(request, { scope }) as never, express as never, name);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

const scene = async () => {
  const world = await startWorld();
  await mustStart(world.start());
  const url = await serve(async () => world.engine);
  const cryptoPay = world.simulators.gateways['crypto-pay'];
  const post = async (
    body: string,
    name = 'pp_gatewright_crypto-pay',
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(`${url}/${name}`, { method: 'POST', body, headers });
    return [response.status, await response.json()];
  };
  const account = world.engine.settings.accounts[0];
  if (account === undefined) throw new Error('no account');
  const last = () => world.engine.arrivals.of(account.id);
  return { ...world, cryptoPay, url, post, last };
};

it('stores a genuine webhook, answers, and the payment is settled', async () => {
  const { cryptoPay, engine, told, url, last } = await scene();
  // Also where an owner left the `pp_` out.
  cryptoPay.setWebhookUrl(cryptoPay.accountId, `${url}/gatewright_crypto-pay`);
  await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '');
  expect(cryptoPay.deliveries().map(({ status }) => status)).toEqual([200]);
  await engine.work();
  expect(told.map(({ kind }) => kind)).toEqual(['settle']);
  await expect.poll(last).toMatchObject({ takenAt: engine.ports.clock.now(), refusedAt: null });
});

it('answers 401 to what is not signed, and notes and logs one refusal of many', async () => {
  const { post, last, log } = await scene();
  for (let i = 0; i < 5; i += 1)
    expect(await post('{}')).toEqual([401, { ok: false, reason: 'signature-missing' }]);
  await expect.poll(last).toMatchObject({ takenAt: null, refusal: 'signature-missing' });
  expect(log.filter((line) => line.includes('refused'))).toHaveLength(1);
});

it('answers 404 for an account that is none, and keeps no word of it', async () => {
  const { post, log } = await scene();
  expect(await post('{}', 'pp_gatewright_nobody')).toEqual([404, { ok: false, reason: 'account-unknown' }]);
  expect(await post('{}', '..%2Fx')).toEqual([404, { ok: false, reason: 'account-unknown' }]);
  expect(log).toEqual([]);
});

it('answers 413 to a body that is too long', async () => {
  const { post } = await scene();
  expect(await post('x'.repeat(webhookBodyLimit + 1))).toEqual([
    413,
    { ok: false, reason: 'body-too-large' },
  ]);
});

it('answers 503 while the ledger cannot be had, so that the gateway sends it again', async () => {
  const url = await serve(() => Promise.reject(new Error('the database is down')));
  const response = await fetch(`${url}/pp_gatewright_main`, { method: 'POST', body: '{}' });
  expect([response.status, await response.json()]).toEqual([503, { ok: false, reason: 'not-stored' }]);
});
