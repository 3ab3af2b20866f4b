import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { type Credentials, create, read, send } from '../../test-support/cpc-client.ts';

let simulators: GatewaySimulators<'cryptopayment-center'>;
let gateway: GatewaySimulators<'cryptopayment-center'>['gateways']['cryptopayment-center'];
let account: Credentials;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['cryptopayment-center'], seed: 7 });
  gateway = simulators.gateways['cryptopayment-center'];
  account = gateway.config;
});
afterEach(() => simulators.stop());

it('refuses every credential but key and secret together with 401', async () => {
  const other = gateway.createAccount().config;
  for (const wrong of [
    { apiKey: '' },
    { apiSecret: '' },
    { apiSecret: `${account.apiSecret}x` },
    { apiKey: other.apiKey },
    { apiKey: 'constructor', apiSecret: 'x' },
  ]) {
    const answer = await send({ ...account, ...wrong }, 'GET', '/invoices');
    expect(answer).toMatchObject({ status: 401, json: { message: 'Unauthenticated.' } });
  }
  expect((await fetch(`${account.baseUrl}/balances`)).status).toBe(401);
});

describe('POST /invoices', () => {
  it('writes like PHP: numbers with their digits, escaped slashes and non-ASCII letters', async () => {
    const answer = await send(
      account,
      'POST',
      '/invoices',
      '{"network":"trc20","amount_usd":50,"order_id":"é/1"}',
    );
    expect(answer.status).toBe(201);
    expect(answer.text).toContain('"amount_usd":50.00,"amount_crypto":50.00,');
    expect(answer.text).toContain('"paid_amount":0,"txid":null,"confirmations":{"received":0,"required":19}');
    expect(answer.text).toContain('"order_id":"\\u00e9\\/1"');
    expect(answer.text).toContain(
      '"expires_at":"2026-06-01T12:30:00+00:00","created_at":"2026-06-01T12:00:00+00:00"',
    );
    expect(answer.text).toContain(`"checkout_url":"http:\\/\\/127.0.0.1:`);
    expect(answer.json.invoice).not.toHaveProperty('checkout_url');
  });

  it.each([
    ['btc', /^bc1q[a-z0-9]{38}$/, 'BTC'],
    ['ltc', /^ltc1q[a-z0-9]{38}$/, 'LTC'],
    ['eth', /^0x[0-9a-f]{40}$/, 'ETH'],
    ['trc20', /^T[1-9A-HJ-NP-Za-km-z]{33}$/, 'USDT'],
    ['bep20', /^0x[0-9a-f]{40}$/, 'USDT'],
  ])('gives every %s invoice an address of its own', async (network, shape, coin) => {
    const [one, other] = [await create(account, { network }), await create(account, { network })];
    expect(one.invoice).toMatchObject({ network, coin, status: 'pending' });
    expect(one.invoice.address).toMatch(shape);
    expect(one.invoice.address).not.toBe(other.invoice.address);
    expect(one.invoice.id).not.toBe(other.invoice.id);
  });

  it('rounds the crypto amount up, with all the digits of the coin (CPC-6)', async () => {
    const { text } = await send(account, 'POST', '/invoices', '{"network":"eth","amount_usd":50}');
    expect(text).toContain('"amount_crypto":0.014970059880239521,');
  });

  it('writes small amounts with an exponent, as PHP does', async () => {
    const { text } = await send(account, 'POST', '/invoices', '{"network":"btc","amount_usd":1}');
    expect(text).toContain('"amount_crypto":1.039e-5,');
  });

  it.each([
    ['{}', 'network', 'The network field is required.'],
    ['{"network":"doge","amount_usd":5}', 'network', expect.stringContaining('is invalid')],
    ['{"network":"btc"}', 'amount_usd', 'The amount usd field is required.'],
    ['{"network":"btc","amount_usd":"much"}', 'amount_usd', 'The amount usd field must be a number.'],
    ['{"network":"btc","amount_usd":-5}', 'amount_usd', 'The amount usd field must be a number.'],
    ['{"network":"btc","amount_usd":0.99}', 'amount_usd', 'The amount usd field must be at least 1.00.'],
    [
      '{"network":"btc","amount_usd":5.001}',
      'amount_usd',
      'The amount usd field must have 0-2 decimal places.',
    ],
    ['{"network":"btc","amount_usd":5,"order_id":7}', 'order_id', 'The order id field must be a string.'],
    ['{"network":"btc","amount_usd":5,"metadata":[1]}', 'metadata', 'The metadata field must be an array.'],
    ['not json', 'network', 'The network field is required.'],
  ])('answers %s with 422', async (body, field, message) => {
    const answer = await send(account, 'POST', '/invoices', body);
    expect(answer).toMatchObject({ status: 422, json: { errors: { [field]: [message] } } });
    expect(gateway.payments()).toEqual([]);
  });

  it('counts the further errors in the message, as Laravel does', async () => {
    const { json } = await send(account, 'POST', '/invoices', '{}');
    expect(json.message).toBe('The network field is required. (and 1 more error)');
  });
});

describe('reading', () => {
  it("knows an account's own invoices only", async () => {
    const { invoice } = await create(account);
    const other = gateway.createAccount().config;
    expect((await send(other, 'GET', `/invoices/${invoice.id}`)).status).toBe(404);
    expect((await send(account, 'GET', '/invoices/nothing')).status).toBe(404);
    expect((await send(account, 'DELETE', `/invoices/${invoice.id}`)).status).toBe(405);
    expect((await send(other, 'GET', '/invoices')).json).toMatchObject({ invoices: { total: 0, data: [] } });
    expect((await send(account, 'GET', '/refunds')).status).toBe(404);
  });

  it('lists 20 per page, newest first', async () => {
    for (let n = 1; n <= 21; n += 1) await create(account, { order_id: `ORD-${n}` });
    const page = async (query: string) => (await send(account, 'GET', `/invoices${query}`)).json.invoices;
    expect(await page('')).toMatchObject({ current_page: 1, total: 21, per_page: 20, last_page: 2 });
    expect(((await page('')) as { data: object[] }).data).toHaveLength(20);
    expect(((await page('')) as { data: object[] }).data[0]).toMatchObject({ order_id: 'ORD-21' });
    expect(await page('?page=2')).toMatchObject({ current_page: 2, data: [{ order_id: 'ORD-1' }] });
    expect(await page('?page=3')).toMatchObject({ data: [] });
    expect(await page('?page=-1')).toMatchObject({ current_page: 1 });
  });

  it('expires an unpaid invoice after 30 minutes and says so to nobody (CPC-7)', async () => {
    const { invoice } = await create(account);
    await simulators.clock.advance(30 * 60_000 - 1);
    expect((await read(account, invoice.id)).status).toBe('pending');
    await simulators.clock.advance(1);
    expect((await read(account, invoice.id)).status).toBe('expired');
    expect(gateway.deliveries()).toEqual([]);
  });
});

describe('balances and withdrawals', () => {
  const earn = async (amount: number): Promise<void> => {
    const { invoice } = await create(account, { amount_usd: amount });
    await gateway.shopper.pay(invoice.id);
    await simulators.clock.advance(19 * 60_000);
  };
  const withdraw = (fields: object) =>
    send(
      account,
      'POST',
      '/withdrawals',
      JSON.stringify({ coin: 'USDT-TRC20', amount: 100, address: 'T1', ...fields }),
    );

  it('writes no balances as [], pending before the confirmation and available after it', async () => {
    expect((await send(account, 'GET', '/balances')).text).toBe('{"success":true,"balances":[]}');
    const { invoice } = await create(account);
    await gateway.shopper.pay(invoice.id);
    expect((await send(account, 'GET', '/balances')).text).toContain(
      '"USDT-TRC20":{"available":0,"pending":50}',
    );
    await simulators.clock.advance(19 * 60_000);
    expect((await send(account, 'GET', '/balances')).text).toContain(
      '"USDT-TRC20":{"available":50,"pending":0}',
    );
  });

  it('takes the amount and the fee, and has a person look above 500 USD', async () => {
    await earn(700);
    expect(await withdraw({ amount: 100 })).toMatchObject({
      status: 201,
      json: { withdrawal: { status: 'processing', fee: 1 } },
    });
    expect(await withdraw({ amount: 500.01 })).toMatchObject({
      status: 201,
      json: { withdrawal: { status: 'pending_review' } },
    });
    expect((await send(account, 'GET', '/balances')).text).toContain('"available":97.99,');
  });

  it.each([
    [{ coin: 'DOGE' }, 'coin'],
    [{ amount: 4.99 }, 'amount'],
    [{ amount: 'all' }, 'amount'],
    [{ amount: 199.01 }, 'amount'],
    [{ address: '' }, 'address'],
  ])('refuses %j with 422', async (fields, name) => {
    await earn(200);
    const answer = await withdraw(fields);
    expect(answer).toMatchObject({ status: 422, json: { errors: { [name]: [expect.any(String)] } } });
  });
});
