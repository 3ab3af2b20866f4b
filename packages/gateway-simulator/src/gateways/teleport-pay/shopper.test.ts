import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { openReceiver, type Receiver } from '../../test-support/receiver.ts';
import { createBill } from '../../test-support/teleport-pay-client.ts';

const HALF_HOUR_MS = 1_800_000;
let simulators: GatewaySimulators<'teleport-pay'>;
let gateway: GatewaySimulators<'teleport-pay'>['gateways']['teleport-pay'];
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['teleport-pay'], seed: 7 });
  gateway = simulators.gateways['teleport-pay'];
  receiver = await openReceiver(200);
  gateway.setWebhookUrl(gateway.accountId, receiver.url);
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

const newBill = async (fields: object = {}): Promise<string> =>
  (await createBill(gateway.config, fields)).payment_id;
const told = (): readonly string[] =>
  receiver.received.map(({ body }) => (JSON.parse(body) as { status: string }).status);
const refusal = (reason: string) => ({ ok: false, reason });

it('pays, cancels, fails and expires', async () => {
  await gateway.shopper.pay(await newBill());
  await gateway.shopper.cancel(await newBill());
  await gateway.shopper.fail(await newBill());
  await gateway.shopper.expire(await newBill());
  expect(told()).toEqual(['paid', 'cancelled', 'failed', 'expired']);
  expect(gateway.payments().map(({ status }) => status)).toEqual(told());
});

it('an underpayment waits for a person at Teleport, who confirms or rejects it', async () => {
  const [confirmed, rejected] = [await newBill(), await newBill()];
  await gateway.shopper.underpay(confirmed);
  await gateway.shopper.pay(rejected, { amount: '49.98' });
  expect(await gateway.shopper.pay(confirmed)).toEqual(refusal('already-paid'));
  await gateway.shopper.confirm(confirmed);
  await gateway.shopper.reject(rejected);
  expect(told()).toEqual(['manual_confirmation', 'manual_confirmation', 'paid', 'failed']);
  expect(await gateway.shopper.confirm(confirmed)).toEqual(refusal('not-paid'));
});

it('an underpayment does not expire', async () => {
  await gateway.shopper.underpay(await newBill());
  await simulators.clock.advance(2 * HALF_HOUR_MS);
  expect(told()).toEqual(['manual_confirmation']);
});

it('tells nothing of an overpayment but "paid"', async () => {
  await gateway.shopper.overpay(await newBill());
  expect(receiver.received[0]!.body).toContain('"status": "paid", "amount": 49.99,');
});

it('money may come after the expiry', async () => {
  const waiting = await newBill();
  await gateway.shopper.pay(waiting, { late: true });
  const expired = await newBill();
  await gateway.shopper.expire(expired);
  expect(await gateway.shopper.pay(expired)).toEqual(refusal('expired'));
  await gateway.shopper.pay(expired, { late: true });
  expect(told()).toEqual(['expired', 'paid', 'expired', 'paid']);
});

it('what has ended stays ended', async () => {
  const [paid, cancelled] = [await newBill(), await newBill()];
  await gateway.shopper.pay(paid);
  await gateway.shopper.cancel(cancelled);
  expect(await gateway.shopper.pay(paid)).toEqual(refusal('already-paid'));
  expect(await gateway.shopper.cancel(paid)).toEqual(refusal('already-paid'));
  expect(await gateway.shopper.pay(cancelled, { late: true })).toEqual(refusal('closed'));
  await simulators.clock.advance(HALF_HOUR_MS);
  expect(told()).toEqual(['paid', 'cancelled']);
});

it('refuses what it does not know', async () => {
  const id = await newBill({ payment_methods: ['crypto'] });
  expect(await gateway.shopper.pay('pay_0')).toEqual(refusal('unknown-payment'));
  expect(await gateway.shopper.pay(id, { amount: '-1' })).toEqual(refusal('amount-invalid'));
  expect(await gateway.shopper.pay(id, { method: 'cards' })).toEqual(refusal('asset-not-accepted'));
  expect(await gateway.shopper.pay(id, { method: 'crypto' })).toEqual({ ok: true });
});
