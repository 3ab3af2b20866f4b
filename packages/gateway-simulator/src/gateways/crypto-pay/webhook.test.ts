import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { call, createInvoice, getInvoices } from '../../test-support/crypto-pay-client.ts';
import { openReceiver, type ReceivedWebhook, type Receiver } from '../../test-support/receiver.ts';

const HOUR_MS = 3_600_000;
let simulators: GatewaySimulators<'crypto-pay'>;
let gateway: GatewaySimulators<'crypto-pay'>['gateways']['crypto-pay'];
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], seed: 7 });
  gateway = simulators.gateways['crypto-pay'];
  receiver = await openReceiver(200);
  gateway.setWebhookUrl(gateway.accountId, receiver.url);
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

const newInvoice = async (parameters: object = {}): Promise<string> =>
  String((await createInvoice(gateway.config, parameters)).invoice_id);

/** Independent of the simulator: the official description, in node:crypto. */
const isGenuine = ({ body, headers }: ReceivedWebhook): boolean => {
  const key = createHash('sha256').update(gateway.config.token).digest();
  return headers['crypto-pay-api-signature'] === createHmac('sha256', key).update(body, 'utf8').digest('hex');
};

const only = (): ReceivedWebhook => {
  expect(receiver.received).toHaveLength(1);
  return receiver.received[0]!;
};

describe('the update', () => {
  it('is compact JSON, signed with the raw digest of the token (CP-5)', async () => {
    const id = await newInvoice({ payload: '{"order":"1/é"}' });
    expect(await gateway.shopper.pay(id)).toEqual({ ok: true });
    const webhook = only();
    expect(isGenuine(webhook)).toBe(true);
    expect(webhook.body).toBe(JSON.stringify(JSON.parse(webhook.body)));
    expect(JSON.parse(webhook.body)).toMatchObject({
      update_type: 'invoice_paid',
      request_date: '2026-06-01T12:00:00.000Z',
      payload: { invoice_id: Number(id), status: 'paid', amount: '9.99', payload: '{"order":"1/é"}' },
    });
    expect(webhook.body).not.toContain('paid_amount');
  });

  it('CP-1: repeats update ids of different invoices', async () => {
    for (let n = 0; n < 4; n += 1) await gateway.shopper.pay(await newInvoice());
    const ids = receiver.received.map(({ body }) => (JSON.parse(body) as { update_id: number }).update_id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBeLessThan(4);
  });

  it('CP-6, CP-10: a fiat invoice is paid in an asset, at the rate of the payment', async () => {
    const fiat = {
      currency_type: 'fiat',
      asset: undefined,
      fiat: 'EUR',
      accepted_assets: 'TON,USDT',
      amount: '20',
    };
    const early = await newInvoice(fiat);
    const late = await newInvoice(fiat);
    await gateway.shopper.pay(early, { asset: 'TON' });
    await simulators.clock.advance(HOUR_MS);
    await gateway.shopper.pay(late, { asset: 'TON' });
    const [first, second] = receiver.received.map(
      ({ body }) => (JSON.parse(body) as { payload: Record<string, string> }).payload,
    );
    expect(first).toMatchObject({ fiat: 'EUR', amount: '20', paid_asset: 'TON' });
    expect(Number(first?.paid_amount) * Number(first?.paid_fiat_rate)).toBeCloseTo(20, 5);
    expect(second?.paid_fiat_rate).not.toBe(first?.paid_fiat_rate);
    const again = await getInvoices(gateway.config, { invoice_ids: early });
    expect(again[0]).toMatchObject({
      paid_fiat_rate: first?.paid_fiat_rate,
      paid_amount: first?.paid_amount,
    });
  });

  it('CP-12: says whether the swap happened', async () => {
    const [swapped, kept] = [await newInvoice({ swap_to: 'TON' }), await newInvoice({ swap_to: 'TON' })];
    await gateway.shopper.pay(swapped);
    await gateway.shopper.pay(kept, { swap: false });
    const payloads = receiver.received.map(({ body }) => (JSON.parse(body) as { payload: object }).payload);
    expect(payloads[0]).toMatchObject({ amount: '9.99', is_swapped: true, swapped_to: 'TON' });
    expect(payloads[1]).toMatchObject({ amount: '9.99', is_swapped: false });
  });
});

describe('what a shopper cannot do', () => {
  it('refuses another amount, another asset, a second payment and a late one', async () => {
    const id = await newInvoice({ expires_in: 60 });
    const { shopper } = gateway;
    expect(await shopper.underpay(id)).toEqual({ ok: false, reason: 'not-supported' });
    expect(await shopper.overpay(id)).toEqual({ ok: false, reason: 'not-supported' });
    expect(await shopper.cancel(id)).toEqual({ ok: false, reason: 'not-supported' });
    expect(await shopper.pay(id, { amount: '9.98' })).toEqual({ ok: false, reason: 'not-supported' });
    expect(await shopper.pay(id, { amount: 'lots' })).toEqual({ ok: false, reason: 'amount-invalid' });
    expect(await shopper.pay(id, { asset: 'TON' })).toEqual({ ok: false, reason: 'asset-not-accepted' });
    expect(await shopper.pay('1')).toEqual({ ok: false, reason: 'unknown-payment' });
    expect(await shopper.pay(id, { late: true })).toEqual({ ok: false, reason: 'expired' });
    const other = await newInvoice();
    expect(await shopper.expire(other)).toEqual({ ok: false, reason: 'never-expires' });
    await shopper.pay(other);
    expect(await shopper.pay(other)).toEqual({ ok: false, reason: 'already-paid' });
    expect(receiver.received).toHaveLength(1);
  });

  it('sends nothing where webhooks are off, which is the default', async () => {
    gateway.setWebhookUrl(gateway.accountId, null);
    await gateway.shopper.pay(await newInvoice());
    expect(gateway.deliveries()).toEqual([]);
    const me = await call(gateway.config, 'getMe');
    expect(me.result).not.toHaveProperty('webhook_endpoint');
  });
});

describe('retries', () => {
  it('makes 17 attempts in three days with growing pauses, then switches the webhooks off (CP-2)', async () => {
    receiver.answers = [404];
    const startedAt = simulators.clock.now();
    await gateway.shopper.pay(await newInvoice());
    await simulators.clock.advance(72 * HOUR_MS - 1);
    expect(receiver.received).toHaveLength(16);
    expect((await call(gateway.config, 'getMe')).result).toMatchObject({ webhook_endpoint: receiver.url });
    await simulators.clock.advance(1);
    expect(receiver.received).toHaveLength(17);
    expect(receiver.received.every(isGenuine)).toBe(true);
    const times = gateway.deliveries().map(({ at }) => at - startedAt);
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect((await call(gateway.config, 'getMe')).result).not.toHaveProperty('webhook_endpoint');

    receiver.answers = [200];
    await gateway.shopper.pay(await newInvoice());
    expect(receiver.received).toHaveLength(17);
    gateway.setWebhookUrl(gateway.accountId, receiver.url);
    await gateway.shopper.pay(await newInvoice());
    expect(receiver.received).toHaveLength(18);
  });

  it('stops at the first 2xx, and dates every attempt itself', async () => {
    receiver.answers = [500, 302, 204];
    await gateway.shopper.pay(await newInvoice());
    await simulators.clock.advance(72 * HOUR_MS);
    expect(gateway.deliveries().map(({ status, attempt }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 302],
      [3, 204],
    ]);
    const dates = receiver.received.map(
      ({ body }) => (JSON.parse(body) as { request_date: string }).request_date,
    );
    expect(dates).toEqual([
      '2026-06-01T12:00:00.000Z',
      '2026-06-01T12:03:00.000Z',
      '2026-06-01T12:08:00.000Z',
    ]);
  });
});

describe('faults on the wire', () => {
  it('wrong-signature: well-formed, wrong', async () => {
    gateway.faults.add({ kind: 'wrong-signature' });
    await gateway.shopper.pay(await newInvoice());
    expect(only().headers['crypto-pay-api-signature']).toMatch(/^[0-9a-f]{64}$/);
    expect(isGenuine(only())).toBe(false);
  });

  it('forged-body: another amount under the old signature', async () => {
    gateway.faults.add({ kind: 'forged-body', fields: { amount: '0.01', payload: 'order-2' } });
    await gateway.shopper.pay(await newInvoice());
    expect(JSON.parse(only().body)).toMatchObject({ payload: { amount: '0.01', payload: 'order-2' } });
    expect(isGenuine(only())).toBe(false);
  });

  it('serialisation: the same content in other bytes, genuinely signed (CP-3)', async () => {
    gateway.faults.add({ kind: 'serialisation' });
    await gateway.shopper.pay(await newInvoice({ payload: 'a/é' }));
    const { body } = only();
    expect(isGenuine(only())).toBe(true);
    expect(body).toContain('"payload": "a\\/\\u00e9"');
    expect(body).not.toBe(JSON.stringify(JSON.parse(body)));
    expect(JSON.parse(body)).toMatchObject({ payload: { payload: 'a/é' } });
  });

  it('expiry-race: paid before the expiry, told a second after it', async () => {
    const id = await newInvoice({ expires_in: 60 });
    gateway.faults.add({ kind: 'expiry-race' });
    await gateway.shopper.pay(id);
    expect(receiver.received).toEqual([]);
    await simulators.clock.advance(61_000);
    expect(JSON.parse(only().body)).toMatchObject({
      request_date: '2026-06-01T12:01:01.000Z',
      payload: {
        paid_at: '2026-06-01T12:00:00.000Z',
        expiration_date: '2026-06-01T12:01:00.000Z',
        status: 'paid',
      },
    });
  });

  it('refuses a fault it cannot have', () => {
    expect(() => gateway.faults.add({ kind: 'forged-unsigned' })).toThrow(RangeError);
  });
});
