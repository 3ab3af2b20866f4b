import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { cryptoPaySignature, openAccount, paidUpdate } from './support/accounts.ts';
import { cryptoPayOf, payNewest } from './support/crypto-pay.ts';
import { withoutTable } from './support/ledger-file.ts';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { openShop, startWorld } from './support/world.ts';

const get = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
};

describe('health and metrics', () => {
  test('both listeners say that they live and are ready; only the operator sees the numbers', async () => {
    const { bridge } = await startWorld();
    for (const origin of [bridge.publicUrl, bridge.operatorUrl]) {
      expect(await get(`${origin}/healthz`)).toEqual({ status: 200, text: '{"ok":true}' });
      expect(await get(`${origin}/readyz`)).toEqual({ status: 200, text: '{"ready":true}' });
    }
    expect((await get(`${bridge.publicUrl}/metrics`)).status).toBe(404);
    expect((await get(`${bridge.operatorUrl}/metrics`)).status).toBe(200);
    expect((await get(`${bridge.operatorUrl}/v1/hello`)).status).toBe(404);
  });

  test('webhooks, jobs, instructions, requests and open reviews are counted', async () => {
    const world = await startWorld();
    const { woo, store } = await openShop(world);
    const account = await openAccount(world, store, 'crypto-pay');
    const { id } = await woo.shopper.placeOrder({ total: '49.90' });
    await woo.shopper.pay(id);
    await payNewest(world);
    const path = `${world.bridge.publicUrl}/webhooks/crypto-pay/${account.id}`;
    await fetch(path, { method: 'POST', body: '{}' });
    const foreign = paidUpdate('4711', 'not-ours');
    const headers = { 'crypto-pay-api-signature': cryptoPaySignature(account, foreign) };
    await fetch(path, { method: 'POST', body: foreign, headers });
    await fetch(`${world.bridge.publicUrl}/webhooks/made-up/${account.id}`, { method: 'POST' });
    await world.bridge.work();
    const { text } = await get(`${world.bridge.operatorUrl}/metrics`);
    for (const line of [
      'gatewright_webhooks_total{gateway="crypto-pay",status="200",reason="accepted"} 2',
      'gatewright_webhooks_total{gateway="crypto-pay",status="401",reason="signature-missing"} 1',
      'gatewright_webhooks_total{gateway="unknown",status="404",reason="account-unknown"} 1',
      'gatewright_jobs_total{kind="apply-event",result="done"} 2',
      'gatewright_instructions_total{kind="settle",outcome="done"} 1',
      'gatewright_open_reviews 1',
      'gatewright_http_request_duration_seconds_count{method="POST",route="/v1/checkouts",status="200"} 1',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('made-up');
    expect(text).not.toContain(account.id);
  });
});

describe('a ledger that cannot store', () => {
  test('is answered 503, so that the gateway sends again; afterwards the payment is found', async () => {
    const world = await startWorld();
    const { woo, store } = await openShop(world);
    await openAccount(world, store, 'crypto-pay');
    const { id } = await woo.shopper.placeOrder({ total: '49.90' });
    await woo.shopper.pay(id);
    await withoutTable(world, 'inbox', async () => {
      await payNewest(world);
      expect(
        cryptoPayOf(world)
          .deliveries()
          .map(({ status }) => status),
      ).toEqual([503]);
      expect(await get(`${world.bridge.publicUrl}/readyz`)).toEqual({
        status: 503,
        text: '{"ready":false,"reason":"ledger-unavailable"}',
      });
      expect((await get(`${world.bridge.publicUrl}/healthz`)).status).toBe(200);
    });
    await world.simulators.clock.advance(120_000);
    await world.bridge.reconcile();
    expect(woo.orders(id)?.status).toBe('processing');
  });

  test('is a 500 without a word about it for the plugin; the log has the cause', async () => {
    const world = await startWorld();
    const { store } = await openShop(world);
    const key = await keyOf(world, store);
    await withoutTable(world, 'orders', async () => {
      const answer = await callBridge(world, key, 'GET', '/v1/orders/14');
      expect(answer).toMatchObject({ status: 500, body: { status: 500, code: 'internal' } });
      expect(JSON.stringify(answer.body)).not.toMatch(/table|sqlite|\bat\b .*:\d/i);
    });
    expect(world.log()).toContain('no such table');
    expect((await callBridge(world, key, 'GET', '/v1/orders/14')).status).toBe(404);
  });
});

test('no secret of anybody stands in the log, the metrics or an answer', async () => {
  const world = await startWorld();
  const { woo, store, webhookSecret } = await openShop(world);
  const account = await openAccount(world, store, 'crypto-pay');
  const { id } = await woo.shopper.placeOrder({ total: '49.90' });
  await woo.shopper.pay(id);
  const wrong = { ...woo.restKeys, consumerSecret: `cs_${'e'.repeat(40)}`, webhookSecret };
  await world.bridge.vault.setStorefrontCredentials(store, wrong, { replace: true });
  await payNewest(world);
  await fetch(`${world.bridge.publicUrl}/webhooks/crypto-pay/${account.id}?token=in-the-query`, {
    method: 'POST',
    headers: { authorization: 'Bearer of-a-stranger' },
    body: 'body-of-a-stranger',
  });
  await world.bridge.work();
  const [key] = await world.bridge.vault.pluginKeysOf(store);
  const { token } = z.object({ token: z.string() }).parse(account.config);
  const shown = [
    world.log(),
    (await get(`${world.bridge.operatorUrl}/metrics`)).text,
    JSON.stringify(await woo.bridge()?.attention()),
    JSON.stringify(await woo.bridge()?.order(id)),
  ].join('\n');
  expect(world.log()).toContain('"reason":"unauthorized"');
  for (const secret of [
    token,
    key?.secret ?? '?',
    webhookSecret,
    woo.restKeys.consumerKey,
    woo.restKeys.consumerSecret,
    wrong.consumerSecret,
    'in-the-query',
    'of-a-stranger',
  ])
    expect(shown).not.toContain(secret);
});
