import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { openSession, send, tokenOf } from '../../test-support/gatenoc-client.ts';
import { openReceiver, type ReceivedWebhook, type Receiver } from '../../test-support/receiver.ts';
import { signatureHeader } from './webhook.ts';

const MINUTE_MS = 60_000;
let simulators: GatewaySimulators<'gatenoc'>;
let gateway: GatewaySimulators<'gatenoc'>['gateways']['gatenoc'];
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['gatenoc'], seed: 7 });
  gateway = simulators.gateways.gatenoc;
  receiver = await openReceiver(200);
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

const newSession = async (fields: object = {}): Promise<string> =>
  tokenOf(await openSession(gateway.config, { notify_url: receiver.url, ...fields }));

const signatureOf = ({ headers }: ReceivedWebhook): string => String(headers['x-gateway-signature']);

/** Independent of the simulator: the published recipe. */
const isGenuine = ({ headers, body }: ReceivedWebhook): boolean => {
  const time = String(headers['x-gateway-timestamp']);
  const v1 = createHmac('sha256', gateway.config.webhookSecret).update(`${time}.${body}`).digest('hex');
  return headers['x-gateway-signature'] === `t=${time},v1=${v1}`;
};

const stripe = new Stripe('sk_test_unused');

describe('the signature', () => {
  it("is, byte for byte, what stripe's own signer writes", () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }),
        (payload, secret, timestamp) => {
          const theirs = stripe.webhooks.generateTestHeaderString({
            payload,
            secret,
            timestamp,
            scheme: 'v1',
          });
          expect(signatureHeader(payload, timestamp, secret)).toBe(theirs);
        },
      ),
    ));

  it("is accepted by stripe's verifier, which refuses a changed body", async () => {
    await gateway.shopper.pay(await newSession());
    const [webhook] = receiver.received;
    const verify = (body: string): boolean | undefined =>
      stripe.webhooks.signature?.verifyHeader(body, signatureOf(webhook!), gateway.config.webhookSecret, 0);
    expect(verify(webhook!.body)).toBe(true);
    expect(() => verify(`${webhook!.body} `)).toThrow('No signatures found');
  });
});

describe('payment.completed', () => {
  it('carries ids as integers, amounts as texts, PHP escapes and the API key (GN-1)', async () => {
    await gateway.shopper.pay(await newSession({ note: 'order/é' }));
    const [webhook] = receiver.received;
    expect(isGenuine(webhook!)).toBe(true);
    expect(webhook?.headers['x-gateway-merchant-key']).toBe(gateway.config.apiKey);
    expect(webhook?.headers['x-gateway-timestamp']).toBe(String(Date.UTC(2026, 5, 1, 12) / 1000));
    expect(webhook?.body).toContain('"note":"order\\/\\u00e9"');
    expect(JSON.parse(webhook?.body ?? '')).toEqual({
      event: 'payment.completed',
      status: 'completed',
      merchant_id: 1,
      amount: '10.50',
      total_amount: '10.50',
      currency: 'USD',
      bybit_pay_id: expect.any(String),
      merchant_trade_no: expect.any(String),
      note: 'order/é',
      payment_record_id: 42,
      paid_at: '2026-06-01T12:00:00+00:00',
    });
  });

  it('GN-6: total_amount tells what was received', async () => {
    await gateway.shopper.underpay(await newSession());
    await gateway.shopper.overpay(await newSession(), { amount: '12' });
    const amounts = receiver.received.map(({ body }) => {
      const { amount, total_amount } = JSON.parse(body) as Record<string, string>;
      return [amount, total_amount];
    });
    expect(amounts).toEqual([
      ['10.50', '9.45'],
      ['10.50', '12.00'],
    ]);
  });

  it('GN-7: a second payment of one note is another record', async () => {
    const token = await newSession();
    await gateway.shopper.pay(token);
    expect(await gateway.shopper.pay(token)).toEqual({ ok: false, reason: 'already-paid' });
    expect(await gateway.shopper.pay(token, { again: true })).toEqual({ ok: true });
    const records = receiver.received.map(
      ({ body }) => (JSON.parse(body) as { payment_record_id: number }).payment_record_id,
    );
    expect(records).toEqual([42, 43]);
    expect((await send(gateway.config, '/payments')).json).toMatchObject({ total: 2 });
    expect(gateway.payments()[0]?.records).toEqual(['42', '43']);
  });

  it('GN-10: is the only event; expiry and refund are told to nobody', async () => {
    const token = await newSession();
    await gateway.shopper.expire(token);
    expect(await gateway.shopper.pay(token)).toEqual({ ok: false, reason: 'expired' });
    expect(await gateway.shopper.cancel(token)).toEqual({ ok: false, reason: 'not-supported' });
    const paid = await newSession();
    await gateway.shopper.pay(paid);
    const [record] = gateway.payments()[1]?.records ?? [];
    await send(gateway.config, `/payments/${record}/refund`, { method: 'POST', body: { amount: 10.5 } });
    await simulators.clock.advance(60 * MINUTE_MS);
    expect(receiver.received).toHaveLength(1);
  });

  it('may come for an order opened in time and completed late', async () => {
    await gateway.shopper.pay(await newSession(), { late: true });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      paid_at: '2026-06-01T12:30:00+00:00',
    });
  });

  it('is not sent without a notify_url, and none can be set for the account', async () => {
    await gateway.shopper.pay(tokenOf(await openSession(gateway.config)));
    expect(gateway.deliveries()).toEqual([]);
    expect(gateway.setWebhookUrl(gateway.accountId, receiver.url)).toEqual({
      ok: false,
      reason: 'not-supported',
    });
    expect(gateway.setWebhookUrl('nobody', receiver.url)).toEqual({ ok: false, reason: 'unknown-account' });
  });

  it('GN-9: two merchants may share the secret and differ in merchant_id', async () => {
    const { webhookSecret } = gateway.config;
    const other = gateway.createAccount({ webhookSecret });
    await gateway.shopper.pay(tokenOf(await openSession(other.config, { notify_url: receiver.url })));
    expect(isGenuine(receiver.received[0]!)).toBe(true);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ merchant_id: 2 });
  });
});

describe('attempts', () => {
  it('are repeated on an assumed schedule, each signed at its own time (GN-4)', async () => {
    receiver.answers = [500];
    await gateway.shopper.pay(await newSession());
    await simulators.clock.advance(48 * 60 * MINUTE_MS);
    expect(gateway.deliveries().map(({ at }) => (at - Date.UTC(2026, 5, 1, 12)) / MINUTE_MS)).toEqual([
      0, 1, 6, 36, 156, 876,
    ]);
    expect(receiver.received.every(isGenuine)).toBe(true);
    expect(new Set(receiver.received.map(signatureOf)).size).toBe(6);
  });

  it('GN-3: can arrive stale but genuine, signed before a delay', async () => {
    gateway.faults.add({ kind: 'delay', ms: 10 * MINUTE_MS, signedBefore: true });
    await gateway.shopper.pay(await newSession());
    await simulators.clock.advance(10 * MINUTE_MS);
    expect(receiver.received[0]?.headers['x-gateway-timestamp']).toBe(
      String(Date.UTC(2026, 5, 1, 12) / 1000),
    );
    expect(isGenuine(receiver.received[0]!)).toBe(true);
  });

  it('can be forged or signed wrongly', async () => {
    gateway.faults.add({ kind: 'forged-body', fields: { amount: '99.00' } });
    await gateway.shopper.pay(await newSession());
    gateway.faults.add({ kind: 'wrong-signature' });
    await gateway.shopper.pay(await newSession());
    gateway.faults.add({ kind: 'serialisation' });
    await gateway.shopper.pay(await newSession());
    expect(receiver.received.map(isGenuine)).toEqual([false, false, true]);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ amount: '99.00' });
    expect(receiver.received[2]?.body).toContain('"event": "payment.completed", ');
  });
});

it('has a checkout page that takes other amounts and leads back to the shop', async () => {
  const { checkout_url: url } = await openSession(gateway.config, {
    success_url: 'https://shop.example/thanks',
  });
  const click = (fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'follow' });
  expect(await (await fetch(url)).text()).toContain('Pay 10.50 USD');
  const page = await (await click({ action: 'underpay', amount: '7' })).text();
  expect(page).toContain('data-status="completed"');
  expect(page).toContain('<dd>7.00 USD</dd>');
  expect(page).toContain('href="https://shop.example/thanks"');
  expect((await fetch(`${new URL(url).origin}/checkout?cs=other`)).status).toBe(404);
});
