import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { openReceiver, type ReceivedWebhook, type Receiver } from '../../test-support/receiver.ts';
import { createBill } from '../../test-support/teleport-pay-client.ts';

const MINUTE_MS = 60_000;
let simulators: GatewaySimulators<'teleport-pay'>;
let gateway: GatewaySimulators<'teleport-pay'>['gateways']['teleport-pay'];
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['teleport-pay'], seed: 7 });
  gateway = simulators.gateways['teleport-pay'];
  receiver = await openReceiver(200);
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

const newBill = async (fields: object = {}): Promise<string> =>
  (await createBill(gateway.config, { webhook_url: receiver.url, ...fields })).payment_id;

/** Independent of the simulator: the published sample, in node:crypto. */
const isGenuine = ({ body, headers }: ReceivedWebhook): boolean => {
  const given = String(headers['x-webhook-signature']).replace(/^sha256=/, '');
  return given === createHmac('sha256', gateway.config.webhookSecret).update(body, 'utf8').digest('hex');
};

const statuses = (): readonly string[] =>
  receiver.received.map(({ body }) => (JSON.parse(body) as { status: string }).status);

it('is Python JSON: spaces after separators, escapes for non-ASCII, floats', async () => {
  const id = await newBill({ order_id: 'заказ-1' });
  await gateway.shopper.pay(id);
  const [webhook] = receiver.received;
  expect(isGenuine(webhook!)).toBe(true);
  const uid = /"bill_uid": "([^"]+)"/.exec(webhook!.body)?.[1];
  expect(webhook!.body).toBe(
    `{"event": "invoice.status_changed", "payment_id": "${id}", "bill_uid": "${uid}", ` +
      '"order_id": "\\u0437\\u0430\\u043a\\u0430\\u0437-1", "status": "paid", "amount": 49.99, ' +
      '"currency": "USD", "timestamp": 1780315200}',
  );
  expect(webhook!.headers['x-webhook-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
});

it.each([
  [50, 'USD', '50.0'],
  [49.9, 'USD', '49.9'],
  [1000, 'JPY', '1000.0'],
  [0.001, 'BTC', '0.001'],
  [0.00012, 'BTC', '0.00012'],
  [0.00001, 'BTC', '1e-05'],
  [0.0000125, 'BTC', '1.25e-05'],
])('writes %d %s as %s, as Python writes a float', async (amount, currency, lexeme) => {
  await gateway.shopper.pay(await newBill({ amount, currency }));
  expect(receiver.received[0]!.body).toContain(`"amount": ${lexeme},`);
});

it('TP-10: has null for an order id that was not given', async () => {
  await gateway.shopper.pay(await newBill({ order_id: undefined }));
  expect(receiver.received[0]!.body).toContain('"order_id": null');
});

it('can leave the prefix out', async () => {
  const { config } = gateway.createAccount({ signaturePrefix: false, webhookUrl: receiver.url });
  await gateway.shopper.pay((await createBill(config)).payment_id);
  expect(receiver.received[0]!.headers['x-webhook-signature']).toMatch(/^[0-9a-f]{64}$/);
});

it('goes to the URL of the invoice, else to the one of the key, else nowhere', async () => {
  await using keyReceiver = await openReceiver(200);
  await gateway.shopper.pay(await newBill({ webhook_url: undefined }));
  expect(gateway.deliveries()).toEqual([]);
  gateway.setWebhookUrl(gateway.accountId, keyReceiver.url);
  await gateway.shopper.pay(await newBill({ webhook_url: undefined }));
  await gateway.shopper.pay(await newBill());
  expect([keyReceiver.received.length, receiver.received.length]).toEqual([1, 1]);
});

describe('the schedule', () => {
  it('TP-1: tries again after 30 s, 5 min and 30 min, and then the event is lost', async () => {
    receiver.answers = [500];
    const start = simulators.clock.now();
    await gateway.shopper.pay(await newBill());
    await simulators.clock.advance(24 * 60 * MINUTE_MS);
    expect(gateway.deliveries().map(({ at }) => at - start)).toEqual([
      0,
      30_000,
      30_000 + 5 * MINUTE_MS,
      30_000 + 35 * MINUTE_MS,
    ]);
    expect(gateway.faults.pending()).toEqual([]);
  });

  it('takes exactly 200 for an acknowledgement', async () => {
    receiver.answers = [201, 204, 200];
    await gateway.shopper.pay(await newBill());
    await simulators.clock.advance(60 * MINUTE_MS);
    expect(gateway.deliveries().map(({ status }) => status)).toEqual([201, 204, 200]);
  });

  it.each(['event', 'attempt'] as const)('TP-4: signs the time of the %s', async (timestampPer) => {
    const { config } = gateway.createAccount({ timestampPer });
    receiver.answers = [500, 200];
    const bill = await createBill(config, { webhook_url: receiver.url });
    await gateway.shopper.pay(bill.payment_id);
    await simulators.clock.advance(MINUTE_MS);
    const [first, second] = receiver.received.map(
      ({ body }) => (JSON.parse(body) as { timestamp: number }).timestamp,
    );
    expect(second! - first!).toBe(timestampPer === 'event' ? 0 : 30);
  });

  it('an event keeps its own status while a later one overtakes it', async () => {
    gateway.faults.add({ kind: 'drop', event: 'manual_confirmation' });
    const id = await newBill();
    await gateway.shopper.underpay(id);
    await gateway.shopper.confirm(id);
    await simulators.clock.advance(MINUTE_MS);
    expect(statuses()).toEqual(['paid', 'manual_confirmation']);
  });
});

describe('faults', () => {
  it('sign wrongly, forge and write anew', async () => {
    for (const kind of ['wrong-signature', 'forged-body', 'serialisation'] as const) {
      gateway.faults.add({ kind });
      await gateway.shopper.cancel(await newBill());
    }
    expect(receiver.received.map(isGenuine)).toEqual([false, false, true]);
    expect(statuses()).toEqual(['cancelled', 'paid', 'cancelled']);
    expect(receiver.received[2]!.body).not.toContain(', ');
  });

  it('has nothing unsigned to forge', () => {
    expect(() => gateway.faults.add({ kind: 'forged-unsigned' })).toThrow(RangeError);
  });
});
