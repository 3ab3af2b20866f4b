import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../index.ts';
import { createInvoice } from '../test-support/crypto-pay-client.ts';
import { openReceiver, type Receiver } from '../test-support/receiver.ts';

let simulators: GatewaySimulators<'crypto-pay'>;
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], seed: 7 });
  receiver = await openReceiver(200);
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

const send = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${simulators.control.url}${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

it('leads a payment from account to webhook over HTTP alone', async () => {
  const made = await send('POST', '/gateways/crypto-pay/accounts', { name: 'Shop B', testnet: true });
  expect(made).toMatchObject({
    status: 201,
    body: { accountId: expect.any(String), config: { token: expect.any(String) } },
  });
  const { accountId, config } = made.body as {
    accountId: string;
    config: { token: string; baseUrl: string };
  };
  const path = `/gateways/crypto-pay/accounts/${accountId}/webhook-url`;
  expect(await send('PUT', path, { url: receiver.url })).toEqual({ status: 200, body: { ok: true } });
  await createInvoice(config, { payload: 'order-1', expires_in: 600 });
  await createInvoice(simulators.gateways['crypto-pay'].config);
  const listed = await send('GET', `/gateways/crypto-pay/payments?account=${accountId}`);
  expect(listed.body).toMatchObject([
    { reference: 'order-1', status: 'active', amount: '9.99', currency: 'USDT' },
  ]);
  const [payment] = listed.body as unknown as { id: string; payUrl: string }[];
  expect((await fetch(payment?.payUrl ?? '')).status).toBe(200);
  expect((await send('POST', '/gateways/crypto-pay/faults', { kind: 'delay', ms: 1000 })).status).toBe(201);
  expect(await send('POST', `/gateways/crypto-pay/payments/${payment?.id}/pay`)).toEqual({
    status: 200,
    body: { ok: true },
  });
  expect(receiver.received).toHaveLength(0);
  const { body: before } = await send('GET', '/clock');
  const { body: after } = await send('POST', '/clock/advance', { ms: 1000 });
  expect(Number(after.now) - Number(before.now)).toBe(1000);
  expect(receiver.received).toHaveLength(1);
  const deliveries = await send('GET', '/gateways/crypto-pay/deliveries');
  expect(deliveries.body).toMatchObject([
    {
      event: 'invoice_paid',
      attempt: 1,
      status: 200,
      url: receiver.url,
      request: { body: receiver.received[0]?.body },
    },
  ]);
});

it('lists gateways with the configuration of the default account', async () => {
  const { baseUrl, config } = simulators.gateways['crypto-pay'];
  expect(await send('GET', '/gateways')).toEqual({
    status: 200,
    body: { 'crypto-pay': { baseUrl, config } },
  });
});

describe('refusals', () => {
  it.each([
    ['https://shop.example/hook', 'not-loopback'],
    ['http://192.168.0.7/hook', 'not-loopback'],
    ['hook', 'not-a-url'],
    ['file:///etc/passwd', 'not-http'],
  ])('answers 400 to the webhook URL %s', async (url, code) => {
    const { accountId } = simulators.gateways['crypto-pay'];
    const answer = await send('PUT', `/gateways/crypto-pay/accounts/${accountId}/webhook-url`, { url });
    expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
    const created = await send('POST', '/gateways/crypto-pay/accounts', { webhookUrl: url });
    expect(created).toMatchObject({ status: 400, body: { error: { code: 'invalid' } } });
  });

  it.each([
    ['GET', '/nothing', undefined, 404, 'not-found'],
    ['DELETE', '/clock', undefined, 405, 'method-not-allowed'],
    ['GET', '/gateways/paypal/payments', undefined, 404, 'unknown-gateway'],
    ['GET', '/gateways/constructor/payments', undefined, 404, 'unknown-gateway'],
    ['POST', '/clock/advance', { ms: -1 }, 400, 'invalid'],
    ['POST', '/clock/advance', { ms: 1.5 }, 400, 'invalid'],
    ['POST', '/clock/advance', { minutes: 5 }, 400, 'invalid'],
    ['POST', '/gateways/crypto-pay/accounts', { colour: 'red' }, 400, 'invalid'],
    ['PUT', '/gateways/crypto-pay/accounts/nobody/webhook-url', { url: null }, 404, 'unknown-account'],
    ['POST', '/gateways/crypto-pay/payments/1/steal', {}, 404, 'unknown-action'],
    ['POST', '/gateways/crypto-pay/payments/1/toString', {}, 404, 'unknown-action'],
    ['POST', '/gateways/crypto-pay/faults', { kind: 'gremlins' }, 400, 'invalid'],
    ['POST', '/gateways/crypto-pay/faults', { kind: 'forged-unsigned' }, 400, 'impossible-fault'],
  ])('%s %s %j: %d %s', async (method, path, body, status, code) => {
    expect(await send(method, path, body)).toMatchObject({ status, body: { error: { code } } });
  });

  it('answers 404 for an unknown payment and 409 for what it does not allow', async () => {
    expect(await send('POST', '/gateways/crypto-pay/payments/1/pay', {})).toEqual({
      status: 404,
      body: { ok: false, reason: 'unknown-payment' },
    });
    const { invoice_id } = await createInvoice(simulators.gateways['crypto-pay'].config);
    expect(await send('POST', `/gateways/crypto-pay/payments/${invoice_id}/underpay`, {})).toEqual({
      status: 409,
      body: { ok: false, reason: 'not-supported' },
    });
  });

  it('takes JSON only, so that a web page cannot post here without asking', async () => {
    const url = `${simulators.control.url}/clock/advance`;
    const form = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"ms":1}',
    });
    expect(form.status).toBe(415);
    const broken = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(broken.status).toBe(400);
  });
});

it('adds, shows and clears faults', async () => {
  await send('POST', '/gateways/crypto-pay/faults', {
    kind: 'status',
    status: 503,
    route: 'getMe',
    count: 'always',
  });
  expect((await send('GET', '/gateways/crypto-pay/faults')).body).toMatchObject([
    { kind: 'status', status: 503 },
  ]);
  const { baseUrl, token } = simulators.gateways['crypto-pay'].config;
  const getMe = () => fetch(`${baseUrl}/getMe`, { headers: { 'Crypto-Pay-API-Token': token } });
  expect((await getMe()).status).toBe(503);
  expect((await send('DELETE', '/gateways/crypto-pay/faults')).body).toEqual([]);
  expect((await getMe()).status).toBe(200);
});
