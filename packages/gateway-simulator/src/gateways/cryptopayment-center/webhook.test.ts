import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { create, read } from '../../test-support/cpc-client.ts';
import { openReceiver, type Receiver } from '../../test-support/receiver.ts';

const MINUTE_MS = 60_000;
let simulators: GatewaySimulators<'cryptopayment-center'>;
let gateway: GatewaySimulators<'cryptopayment-center'>['gateways']['cryptopayment-center'];
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['cryptopayment-center'], seed: 7 });
  gateway = simulators.gateways['cryptopayment-center'];
  receiver = await openReceiver(200);
  gateway.setWebhookUrl(gateway.accountId, receiver.url);
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

interface Event {
  readonly event: string;
  readonly invoice_id: string;
  readonly status: string;
  readonly paid_amount: number;
  readonly confirmations: number;
  readonly signature: string;
}

const events = (): Event[] => receiver.received.map(({ body }) => JSON.parse(body) as Event);
const story = () => events().map(({ event, status, paid_amount }) => [event, status, paid_amount]);

/** Independent of the simulator: the published recipe. */
const isGenuine = ({ invoice_id, event, signature }: Event, appKey = gateway.config.appKey): boolean => {
  const key = Buffer.from(appKey.replace('base64:', ''), 'base64');
  return signature === createHmac('sha256', key).update(`${invoice_id}.${event}`).digest('hex');
};

const newInvoice = async (fields: object = {}): Promise<string> =>
  (await create(gateway.config, fields)).invoice.id;

describe('a payment', () => {
  it('is detected at once, confirmed after 19 confirmations, one a minute', async () => {
    const id = await newInvoice();
    await gateway.shopper.pay(id);
    expect(story()).toEqual([['payment.detected', 'confirming', 50]]);
    await simulators.clock.advance(18 * MINUTE_MS);
    expect(await read(gateway.config, id)).toMatchObject({
      status: 'confirming',
      confirmations: { received: 18, required: 19 },
    });
    await simulators.clock.advance(MINUTE_MS);
    expect(story()).toEqual([
      ['payment.detected', 'confirming', 50],
      ['payment.confirmed', 'confirmed', 50],
    ]);
    expect(events().map(({ confirmations }) => confirmations)).toEqual([0, 19]);
    expect(events().every((event) => isGenuine(event))).toBe(true);
    expect(receiver.received[1]?.body).toContain(
      '"amount_usd":50.00,"amount_crypto":50.00,"paid_amount":50.00,',
    );
    expect(receiver.received[1]?.body).toContain('"timestamp":"2026-06-01T12:19:00+00:00","signature":"');
    expect(receiver.received[1]?.headers).not.toHaveProperty('signature');
    await simulators.clock.advance(60 * MINUTE_MS);
    expect(receiver.received).toHaveLength(2);
  });

  it('CPC-6: has no status for too little or too much; a top-up confirms again', async () => {
    const [less, more] = [await newInvoice(), await newInvoice()];
    await gateway.shopper.underpay(less);
    await gateway.shopper.overpay(more, { amount: '50.01' });
    await simulators.clock.advance(20 * MINUTE_MS);
    expect(await read(gateway.config, less)).toMatchObject({ status: 'confirmed', paid_amount: 45 });
    expect(await read(gateway.config, more)).toMatchObject({ status: 'confirmed', paid_amount: 50.01 });
    receiver.received.length = 0;
    expect(await gateway.shopper.topUp(less)).toEqual({ ok: true });
    expect(await read(gateway.config, less)).toMatchObject({
      status: 'confirming',
      confirmations: { received: 0 },
    });
    await simulators.clock.advance(19 * MINUTE_MS);
    expect(story()).toEqual([
      ['payment.detected', 'confirming', 50],
      ['payment.confirmed', 'confirmed', 50],
    ]);
    expect(await gateway.shopper.topUp(less)).toEqual({ ok: false, reason: 'amount-invalid' });
  });

  it('may come late: the address still takes it (CPC-7)', async () => {
    const id = await newInvoice();
    await gateway.shopper.pay(id, { late: true });
    expect(simulators.clock.now()).toBe(Date.UTC(2026, 5, 1, 12, 30));
    expect(await read(gateway.config, id)).toMatchObject({ status: 'confirming' });
    await simulators.clock.advance(19 * MINUTE_MS);
    expect(story().at(-1)).toEqual(['payment.confirmed', 'confirmed', 50]);
  });

  it('may leave the chain before it is final, and come again; nobody is told', async () => {
    const id = await newInvoice();
    await gateway.shopper.pay(id);
    await simulators.clock.advance(18 * MINUTE_MS);
    expect(await gateway.shopper.reorg(id)).toEqual({ ok: true });
    expect(await read(gateway.config, id)).toMatchObject({ status: 'pending', paid_amount: 0, txid: null });
    await simulators.clock.advance(5 * MINUTE_MS);
    expect(story()).toEqual([['payment.detected', 'confirming', 50]]);
    await gateway.shopper.pay(id);
    await simulators.clock.advance(19 * MINUTE_MS);
    expect(story().map(([event]) => event)).toEqual([
      'payment.detected',
      'payment.detected',
      'payment.confirmed',
    ]);
    expect(await gateway.shopper.reorg(id)).toEqual({ ok: false, reason: 'closed' });
    expect(await gateway.shopper.reorg(id, { deep: true })).toEqual({ ok: true });
    expect(await read(gateway.config, id)).toMatchObject({ paid_amount: 0, txid: null });
  });

  it('refuses what makes no sense', async () => {
    const { shopper } = gateway;
    const id = await newInvoice();
    expect(await shopper.pay('nothing')).toEqual({ ok: false, reason: 'unknown-payment' });
    expect(await shopper.topUp(id)).toEqual({ ok: false, reason: 'not-paid' });
    expect(await shopper.reorg(id)).toEqual({ ok: false, reason: 'not-paid' });
    expect(await shopper.cancel(id)).toEqual({ ok: false, reason: 'not-supported' });
    expect(await shopper.pay(id, { amount: '0' })).toEqual({ ok: false, reason: 'amount-invalid' });
    await shopper.pay(id);
    expect(await shopper.pay(id)).toEqual({ ok: false, reason: 'already-paid' });
    expect(await shopper.expire(id)).toEqual({ ok: false, reason: 'already-paid' });
  });
});

describe('retries', () => {
  it('repeats the same bytes after 1 min, 5 min, 15 min, 1 h and 6 h, then gives up', async () => {
    receiver.answers = [500];
    await gateway.shopper.pay(await newInvoice());
    await simulators.clock.advance(24 * 60 * MINUTE_MS);
    const detected = gateway.deliveries().filter(({ event }) => event === 'payment.detected');
    const started = detected[0]?.at ?? 0;
    expect(detected.map(({ at }) => (at - started) / MINUTE_MS)).toEqual([0, 1, 6, 21, 81, 441]);
    expect(new Set(detected.map(({ request }) => request?.body)).size).toBe(1);
  });

  it('takes only 200 for an acknowledgement', async () => {
    receiver.answers = [204, 200];
    await gateway.shopper.pay(await newInvoice());
    await simulators.clock.advance(MINUTE_MS);
    expect(gateway.deliveries().map(({ status }) => status)).toEqual([204, 200]);
  });
});

describe('forgeries', () => {
  it('CPC-1, CPC-4: forged-unsigned changes everything but keeps a valid signature', async () => {
    gateway.faults.add({ kind: 'forged-unsigned', event: 'payment.detected' });
    await gateway.shopper.pay(await newInvoice());
    expect(events()[0]).toMatchObject({
      event: 'payment.detected',
      status: 'confirmed',
      paid_amount: 1_000_000,
    });
    expect(isGenuine(events()[0]!)).toBe(true);
    expect(receiver.received[0]?.body).toContain('"paid_amount":1000000.00');
  });

  it('forged-body changes the signed part, wrong-signature the signature', async () => {
    gateway.faults.add({ kind: 'forged-body', fields: { event: 'payment.confirmed' } });
    await gateway.shopper.pay(await newInvoice());
    expect(events()[0]).toMatchObject({ event: 'payment.confirmed' });
    gateway.faults.add({ kind: 'wrong-signature' });
    await gateway.shopper.pay(await newInvoice());
    expect(events()[1]?.signature).toMatch(/^[0-9a-f]{64}$/);
    expect(events().map((event) => isGenuine(event))).toEqual([false, false]);
  });

  it('CPC-5: two accounts may share the application key', async () => {
    const { appKey } = gateway.config;
    const other = gateway.createAccount({ appKey, webhookUrl: receiver.url });
    await gateway.shopper.pay((await create(other.config)).invoice.id);
    expect(isGenuine(events()[0]!, appKey)).toBe(true);
  });
});

it('has a checkout page to pay, pay less, top up and drop the transaction', async () => {
  const { invoice, checkout_url: url } = await create(gateway.config);
  const click = (fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'follow' });
  expect(await (await fetch(url)).text()).toContain(invoice.address);
  const paid = await (await click({ action: 'underpay', amount: '20' })).text();
  expect(paid).toContain('data-status="confirming"');
  expect(paid).toContain('<dt>Missing</dt><dd>30</dd>');
  expect(await (await click({ action: 'topUp' })).text()).toContain('<dt>Missing</dt><dd>0</dd>');
  expect(await (await click({ action: 'reorg' })).text()).toContain('<dt>Missing</dt><dd>30</dd>');
  expect((await click({ action: 'pay' })).status).toBe(400);
});
