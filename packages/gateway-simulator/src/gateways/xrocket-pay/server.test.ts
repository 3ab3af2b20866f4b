import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { openReceiver, type Receiver } from '../../test-support/receiver.ts';

let simulators: GatewaySimulators<'xrocket-pay'>;
let gateway: GatewaySimulators<'xrocket-pay'>['gateways']['xrocket-pay'];
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['xrocket-pay'], seed: 7 });
  gateway = simulators.gateways['xrocket-pay'];
  receiver = await openReceiver(200);
  gateway.setWebhookUrl(gateway.accountId, receiver.url);
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

const answerSchema = z.object({
  success: z.boolean(),
  data: z.looseObject({ id: z.number().optional() }).optional(),
  errors: z.array(z.object({ property: z.string() })).optional(),
});

const call = async (method: string, path: string, body?: string, key = gateway.config.apiKey) => {
  const response = await fetch(`${gateway.baseUrl}${path}`, {
    method,
    headers: { 'Rocket-Pay-Key': key, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body } : {}),
  });
  const text = await response.text();
  return { status: response.status, text, ...answerSchema.parse(JSON.parse(text)) };
};
const post = (fields: object) =>
  call(
    'POST',
    '/tg-invoices',
    JSON.stringify({ amount: 1.5, numPayments: 1, currency: 'TONCOIN', ...fields }),
  );
const make = async (fields: object = {}): Promise<string> => String((await post(fields)).data?.id);

describe('the API', () => {
  it('answers 401 without a key of an app, and the version to everybody', async () => {
    expect(await call('GET', '/tg-invoices', undefined, 'other')).toMatchObject({
      status: 401,
      success: false,
    });
    expect((await fetch(`${gateway.baseUrl}/version`)).status).toBe(200);
  });

  it('XR-1: cuts what is finer than nine decimals, and answers numbers', async () => {
    const { status, text } = await call(
      'POST',
      '/tg-invoices',
      '{"amount":1.5000000019,"numPayments":1,"currency":"TONCOIN"}',
    );
    expect(status).toBe(201);
    expect(text).toContain('"amount":1.500000001,');
    expect((await post({ currency: 'BTC', amount: 0.00000123 })).text).toContain('"amount":0.00000123,');
  });

  it.each([
    [{ amount: '1.5' }, 'amount'],
    [{ amount: -1 }, 'amount'],
    [{ amount: 1_000_001 }, 'amount'],
    [{ amount: 0.0001 }, 'amount'],
    [{ currency: 'TON' }, 'currency'],
    [{ numPayments: undefined }, 'numPayments'],
    [{ expiredIn: 86_401 }, 'expiredIn'],
    [{ payload: 'x'.repeat(4_001) }, 'payload'],
    [{ description: 'x'.repeat(1_001) }, 'description'],
    [{ callbackUrl: 'thanks' }, 'callbackUrl'],
  ])('refuses %j by its property', async (fields, property) => {
    expect(await post(fields)).toMatchObject({ status: 400, success: false, errors: [{ property }] });
    expect(gateway.payments()).toEqual([]);
  });

  it('lists by limit and offset, newest first, without payments (XR-4)', async () => {
    const [first, second] = [await make(), await make()];
    await gateway.shopper.pay(first);
    const { text } = await call('GET', '/tg-invoices?limit=1&offset=1');
    expect(JSON.parse(text)).toMatchObject({
      data: { total: 2, results: [{ id: Number(first), status: 'paid' }] },
    });
    expect(text).not.toContain('paymentAmount');
    expect((await call('GET', '/tg-invoices?limit=1001')).status).toBe(400);
    expect((await call('GET', `/tg-invoices/${first}`)).data).toMatchObject({
      payments: [{ paymentNum: 1, paymentAmount: 1.5, paymentAmountReceived: 1.4775 }],
    });
    expect((await call('GET', `/tg-invoices/${second}`)).data).toMatchObject({ payments: [] });
  });

  it('deletes what nobody paid', async () => {
    const [open, paid] = [await make(), await make()];
    await gateway.shopper.pay(paid);
    expect(await call('DELETE', `/tg-invoices/${open}`)).toMatchObject({ status: 200, success: true });
    expect((await call('GET', `/tg-invoices/${open}`)).status).toBe(404);
    expect((await call('DELETE', `/tg-invoices/${paid}`)).status).toBe(400);
  });
});

describe('a payment', () => {
  it('is told with the one payment, signed with the raw digest of the key', async () => {
    await gateway.shopper.pay(await make({ payload: 'order/é' }));
    const [webhook] = receiver.received;
    const key = createHash('sha256').update(gateway.config.apiKey).digest();
    expect(webhook?.headers['rocket-pay-signature']).toBe(
      createHmac('sha256', key)
        .update(webhook?.body ?? '')
        .digest('hex'),
    );
    expect(JSON.parse(webhook?.body ?? '')).toMatchObject({
      type: 'invoicePay',
      data: { payload: 'order/é', status: 'paid', activationsLeft: 0, payment: { paymentAmount: 1.5 } },
    });
  });

  it('XR-3: leaves an invoice for several payments active until the last one', async () => {
    const id = await make({ numPayments: 2 });
    for (const left of [1, 0]) {
      expect(await gateway.shopper.pay(id)).toEqual({ ok: true });
      expect(JSON.parse(receiver.received.at(-1)?.body ?? '')).toMatchObject({
        data: { activationsLeft: left, status: left === 0 ? 'paid' : 'active' },
      });
    }
    expect(await gateway.shopper.pay(id)).toEqual({ ok: false, reason: 'already-paid' });
  });

  it('takes any amount where none is named, the exact one where one is, and none after the expiry', async () => {
    const any = await make({ amount: 0, minPayment: 1 });
    expect(await gateway.shopper.pay(any, { amount: '0.5' })).toEqual({
      ok: false,
      reason: 'amount-invalid',
    });
    expect(await gateway.shopper.pay(any, { amount: '2' })).toEqual({ ok: true });
    const fixed = await make({ expiredIn: 60 });
    expect(await gateway.shopper.pay(fixed, { amount: '1.4' })).toEqual({
      ok: false,
      reason: 'not-supported',
    });
    expect(await gateway.shopper.pay(fixed, { late: true })).toEqual({ ok: false, reason: 'expired' });
    expect(await gateway.shopper.expire(await make())).toEqual({ ok: false, reason: 'never-expires' });
  });

  it('is told again until it is acknowledged', async () => {
    receiver.answers = [500, 200];
    await gateway.shopper.pay(await make());
    await simulators.clock.advance(3 * 60_000);
    expect(gateway.deliveries().map(({ status }) => status)).toEqual([500, 200]);
  });

  it('can be made on the page that the link leads to', async () => {
    const id = await make();
    const link = gateway.payments()[0]?.payUrl ?? '';
    expect(await (await fetch(link)).text()).toContain('Pay 1.5 TONCOIN');
    const clicked = await fetch(link, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'action=pay',
    });
    expect(clicked.status).toBe(303);
    expect(gateway.payments().find((payment) => payment.id === id)?.status).toBe('paid');
    expect((await fetch(`${gateway.baseUrl}/xrocket?start=inv_none`)).status).toBe(404);
  });
});
