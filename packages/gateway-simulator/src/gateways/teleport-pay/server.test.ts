import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { call, createBill } from '../../test-support/teleport-pay-client.ts';

let simulators: GatewaySimulators<'teleport-pay'>;
let gateway: GatewaySimulators<'teleport-pay'>['gateways']['teleport-pay'];

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['teleport-pay'], seed: 7 });
  gateway = simulators.gateways['teleport-pay'];
});
afterEach(() => simulators.stop());

const create = (body: object | string, headers: Readonly<Record<string, string>> = {}) =>
  call(gateway.config, 'POST', '/invoice/create/', body, headers);

it('makes an invoice in the shape of the document', async () => {
  const bill = await createBill(gateway.config, { payment_methods: ['crypto', 'cards'] });
  expect(bill.payment_id).toMatch(/^pay_[0-9a-f]{16}$/);
  expect(bill.bill_uid.replaceAll('-', '').startsWith(bill.payment_id.slice(4))).toBe(true);
  expect(bill.expires_at).toBe('2026-06-01T12:30:00.000000');
  expect(bill.payment_methods).toEqual(['crypto', 'cards']);
  expect(gateway.payments()).toMatchObject([
    { id: bill.payment_id, reference: '1234-1', status: 'pending', amount: '49.99', currency: 'USD' },
  ]);
});

it('offers every method of the key when none is asked for', async () => {
  const { config } = gateway.createAccount({ methods: ['crypto', 'sbp'] });
  expect((await createBill(config)).payment_methods).toEqual(['crypto', 'sbp']);
  const { body } = await call(config, 'GET', '/payment-methods/');
  expect(body).toMatchObject({
    success: true,
    groups: [
      { id: 'crypto', name: 'Crypto', allowed: true },
      { id: 'cards', allowed: false },
      { id: 'sepa', allowed: false },
      { id: 'swift' },
      { id: 'sbp', allowed: true },
      { id: 'p2p' },
      { id: 'bank_transfer' },
    ],
  });
});

it('makes a second payable invoice of the same order (TP-6)', async () => {
  const [first, second] = [await createBill(gateway.config), await createBill(gateway.config)];
  expect(first.payment_id).not.toBe(second.payment_id);
  expect(gateway.payments().map(({ reference }) => reference)).toEqual(['1234-1', '1234-1']);
});

it.each(['GET', 'POST', 'PATCH'])(
  'redirects a %s without the last slash, and does nothing',
  async (method) => {
    const path = method === 'GET' ? '/key/info' : method === 'POST' ? '/invoice/create' : '/key/update';
    const answer = await call(
      gateway.config,
      method,
      path,
      method === 'GET' ? undefined : { amount: 1, currency: 'USD', name: 'changed' },
    );
    expect([answer.status, answer.location]).toEqual([301, `/api/crypto-acquiring/v1${path}/`]);
    expect(gateway.payments()).toEqual([]);
    expect((await call(gateway.config, 'GET', '/key/info/')).body).toMatchObject({ name: 'Simulated shop' });
  },
);

it('knows no other path and no other method', async () => {
  expect(await call(gateway.config, 'GET', '/invoice/list/')).toMatchObject({ status: 404 });
  expect(await call(gateway.config, 'GET', '/invoice/create/')).toMatchObject({
    status: 405,
    body: { detail: 'Method "GET" not allowed.' },
  });
});

it('refuses a missing, a wrong and an inactive key', async () => {
  const wrong = { ...gateway.config, apiKey: gateway.config.webhookSecret };
  expect(await call(wrong, 'GET', '/key/info/')).toMatchObject({
    status: 401,
    body: { detail: 'Invalid API key.' },
  });
  const missing = await fetch(`${gateway.config.baseUrl}/key/info/`);
  expect(missing.status).toBe(401);
  const { config } = gateway.createAccount({ active: false });
  expect((await call(config, 'GET', '/key/info/')).status).toBe(403);
});

describe('what it refuses in an invoice', () => {
  it.each<[object, object]>([
    [{}, { amount: ['This field is required.'], currency: ['This field is required.'] }],
    [{ amount: '49.99', currency: 'USD' }, { amount: ['A valid number is required.'] }],
    [{ amount: null, currency: 'USD' }, { amount: ['A valid number is required.'] }],
    [{ amount: -1, currency: 'USD' }, { amount: ['A valid number is required.'] }],
    [{ amount: 0, currency: 'USD' }, { amount: ['Ensure this value is greater than 0.'] }],
    [
      { amount: 1.001, currency: 'USD' },
      { amount: ['Ensure that there are no more than 2 decimal places.'] },
    ],
    [{ amount: 1.5, currency: 'JPY' }, { amount: ['Ensure that there are no more than 0 decimal places.'] }],
    [{ amount: 1, currency: 'usd' }, { currency: ['"usd" is not a valid choice.'] }],
    [{ amount: 1, currency: 'USD', order_id: 1234 }, { order_id: ['Not a valid string.'] }],
    [{ amount: 1, currency: 'USD', order_id: '' }, { order_id: ['This field may not be blank.'] }],
    [
      { amount: 1, currency: 'USD', customer_email: 'nobody' },
      { customer_email: ['Enter a valid email address.'] },
    ],
    [
      { amount: 1, currency: 'USD', return_url: 'javascript:alert(1)' },
      { return_url: ['Enter a valid URL.'] },
    ],
    [{ amount: 1, currency: 'USD', webhook_url: '/hook' }, { webhook_url: ['Enter a valid URL.'] }],
    [
      { amount: 1, currency: 'USD', payment_methods: [] },
      { payment_methods: ['This list may not be empty.'] },
    ],
    [
      { amount: 1, currency: 'USD', payment_methods: 'crypto' },
      { payment_methods: ['Expected a list of items.'] },
    ],
    [
      { amount: 1, currency: 'USD', payment_methods: ['gold'] },
      { payment_methods: ['"gold" is not a valid choice.'] },
    ],
  ])('%j', async (body, errors) => {
    expect(await create(body)).toMatchObject({ status: 400, body: errors });
    expect(gateway.payments()).toEqual([]);
  });

  it('more digits than a float holds', async () => {
    expect(await create('{"amount": 12345678901234.56, "currency": "USD"}')).toMatchObject({
      status: 400,
      body: { amount: ['Ensure that there are no more than 15 digits in total.'] },
    });
  });

  it('a body that is no JSON object, or says it is something else', async () => {
    expect(await create('{"amount": ')).toMatchObject({ status: 400, body: { detail: 'JSON parse error' } });
    expect((await create('[1]')).status).toBe(400);
    const form = await create('amount=1&currency=USD', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(form.status).toBe(415);
  });
});

it('changes the key for every shop that uses it (TP-9)', async () => {
  const url = 'https://other.example/webhook/';
  const changed = await call(gateway.config, 'PATCH', '/key/update/', { webhook_url: url, name: 'Other' });
  expect(changed.body).toEqual({ success: true, webhook_url: url, name: 'Other', status: 'active' });
  expect((await call(gateway.config, 'GET', '/key/info/')).body).toEqual(changed.body);
  expect(await call(gateway.config, 'PATCH', '/key/update/', { webhook_url: 'no' })).toMatchObject({
    status: 400,
    body: { webhook_url: ['Enter a valid URL.'] },
  });
});

it('lists currencies', async () => {
  expect((await call(gateway.config, 'GET', '/currencies/')).body).toMatchObject({
    crypto: ['BTC', 'ETH', 'USDT'],
  });
});

it('fails natively under faults', async () => {
  gateway.faults.add({ kind: 'rate-limit', route: 'create-invoice' });
  expect((await create({ amount: 1, currency: 'USD' })).status).toBe(429);
  gateway.faults.add({ kind: 'status', status: 502 });
  expect(await create({ amount: 1, currency: 'USD' })).toMatchObject({
    status: 502,
    body: { detail: /error/ },
  });
  gateway.faults.add({ kind: 'timeout-after-commit', route: 'create-invoice' });
  await expect(create({ amount: 1, currency: 'USD' })).rejects.toThrow();
  expect(gateway.payments()).toHaveLength(1);
});
