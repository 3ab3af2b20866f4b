import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import {
  type Credentials,
  openSession,
  send,
  tokenOf,
  usualHeaders,
} from '../../test-support/gatenoc-client.ts';

const HOUR_MS = 3_600_000;
let simulators: GatewaySimulators<'gatenoc'>;
let gateway: GatewaySimulators<'gatenoc'>['gateways']['gatenoc'];
let account: Credentials;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['gatenoc'], seed: 7 });
  gateway = simulators.gateways.gatenoc;
  account = gateway.config;
});
afterEach(() => simulators.stop());

const pay = async (fields: object = {}): Promise<string> => {
  const token = tokenOf(await openSession(account, fields));
  await gateway.shopper.pay(token);
  return gateway.payments().find(({ id }) => id === token)?.records?.[0] ?? '';
};

describe('authentication', () => {
  it('takes both header styles, and the query for the merchant of a GET', async () => {
    const { merchantId, apiKey } = account;
    expect((await send(account, '/balance')).status).toBe(200);
    const other = { 'x-merchant-id': merchantId, 'x-merchant-key': apiKey };
    expect((await send(account, '/balance', { headers: other })).status).toBe(200);
    const bearer = { authorization: `Bearer ${apiKey}` };
    expect((await send(account, `/balance?merchant=${merchantId}`, { headers: bearer })).status).toBe(200);
  });

  it('refuses everything else with 401', async () => {
    const { merchantId, apiKey } = account;
    const foreign = gateway.createAccount().config;
    const bearer = { authorization: `Bearer ${apiKey}` };
    for (const headers of [
      {},
      bearer,
      { ...bearer, merchant: foreign.merchantId },
      { merchant: merchantId, authorization: `Bearer ${apiKey}x` },
      { merchant: merchantId, authorization: apiKey },
      { ...usualHeaders(account), 'x-merchant-key': foreign.apiKey },
      { ...usualHeaders(account), 'x-merchant-id': foreign.merchantId },
    ]) {
      expect((await send(account, '/balance', { headers })).status).toBe(401);
    }
    expect((await send(account, `/balance?merchant=${foreign.merchantId}`)).status).toBe(401);
    const post = { method: 'POST', headers: bearer, body: { amount: 5, merchant: Number(merchantId) } };
    expect((await send(account, `/checkout-session?merchant=${merchantId}`, post)).status).toBe(401);
  });

  it('compares a merchant id in the body, and knows no inactive merchant', async () => {
    const open = (body: object) =>
      send(account, '/checkout-session', { method: 'POST', body: { amount: 5, ...body } });
    expect((await open({ merchant: Number(account.merchantId) })).status).toBe(201);
    expect((await open({ merchant_id: 999 })).status).toBe(401);
    const inactive = gateway.createAccount({ active: false }).config;
    expect((await send(inactive, '/balance')).status).toBe(401);
  });
});

describe('POST /checkout-session', () => {
  it('answers a checkout URL twice, its end, and no payment id (GN-2)', async () => {
    const session = await openSession(account);
    expect(session.invoice_url).toBe(session.checkout_url);
    expect(session.checkout_url).toMatch(/\/checkout\?cs=cs_[A-Za-z0-9]{40}$/);
    expect(session.expires_at).toBe('2026-06-01T12:30:00+00:00');
    expect((await send(account, '/payments')).json).toMatchObject({ total: 0, data: [] });
  });

  it('escapes slashes like PHP', async () => {
    const { text } = await send(account, '/checkout-session', { method: 'POST', body: { amount: 5 } });
    expect(text).toContain('{"checkout_url":"http:\\/\\/127.0.0.1:');
  });

  it('takes username for note, and prefers note (GN-12)', async () => {
    await openSession(account, { note: undefined, username: 'u-1' });
    await openSession(account, { note: 'n-2', username: 'u-2' });
    expect(gateway.payments().map(({ reference }) => reference)).toEqual(['u-1', 'n-2']);
  });

  it.each([
    [{ amount: undefined }, 'amount'],
    [{ amount: 0.99 }, 'amount'],
    [{ amount: 'ten' }, 'amount'],
    [{ amount: 10.505 }, 'amount'],
    [{ note: 5 }, 'note'],
    [{ note: 'x'.repeat(256) }, 'note'],
    [{ notify_url: 'http://shop.example/hook' }, 'notify_url'],
    [{ notify_url: 'hook' }, 'notify_url'],
    [{ success_url: 'javascript:alert(1)' }, 'success_url'],
  ])('answers %j with 422', async (fields, name) => {
    const answer = await send(account, '/checkout-session', {
      method: 'POST',
      body: { amount: 10.5, ...fields },
    });
    expect(answer).toMatchObject({
      status: 422,
      json: { message: expect.any(String), errors: { [name]: [expect.any(String)] } },
    });
    expect(gateway.payments()).toEqual([]);
  });

  it('GN-11: gives the same answer to the same Idempotency-Key for 24 hours, even for another amount', async () => {
    const first = await openSession(account, { amount: 10 }, 'key-1');
    expect(await openSession(account, { amount: 20 }, 'key-1')).toEqual(first);
    expect(gateway.payments()).toHaveLength(1);
    expect(await openSession(account, { amount: 20 }, 'key-2')).not.toEqual(first);
    const other = gateway.createAccount().config;
    expect(await openSession(other, {}, 'key-1')).not.toEqual(first);
    await simulators.clock.advance(24 * HOUR_MS - 1);
    expect(await openSession(account, { amount: 20 }, 'key-1')).toEqual(first);
    await simulators.clock.advance(1);
    expect(await openSession(account, { amount: 20 }, 'key-1')).not.toEqual(first);
  });

  it('commits before a timeout, and the same key finds the session again', async () => {
    gateway.faults.add({ kind: 'timeout-after-commit', route: 'createCheckoutSession' });
    await expect(openSession(account, {}, 'key-1')).rejects.toThrow('fetch failed');
    const session = await openSession(account, {}, 'key-1');
    expect(gateway.payments().map(({ id }) => id)).toEqual([tokenOf(session)]);
  });
});

describe('limits', () => {
  it('answers the 121st request within a minute with 429 and how long to wait, per merchant', async () => {
    for (let n = 0; n < 120; n += 1) expect((await send(account, '/balance')).status).toBe(200);
    await simulators.clock.advance(20_500);
    const refused = await send(account, '/balance');
    expect(refused).toMatchObject({ status: 429, json: { retry_after_seconds: 40 } });
    expect(refused.headers.get('retry-after')).toBe('40');
    expect((await send(gateway.createAccount().config, '/balance')).status).toBe(200);
    await simulators.clock.advance(39_500);
    expect((await send(account, '/balance')).status).toBe(200);
  });

  it('can be switched off', async () => {
    await simulators.stop();
    simulators = await startGatewaySimulators({ gateways: ['gatenoc'], knobs: { rateLimits: false } });
    account = simulators.gateways.gatenoc.config;
    for (let n = 0; n < 121; n += 1) expect((await send(account, '/balance')).status).toBe(200);
  });
});

describe('payments', () => {
  it('are found by id and in the list once paid, by their own merchant only', async () => {
    const record = await pay({ note: 'order-9' });
    expect((await send(account, `/payments/${record}`)).json).toMatchObject({
      id: Number(record),
      status: 'completed',
      amount: '10.50',
      total_amount: '10.50',
      currency: 'USD',
      note: 'order-9',
    });
    const other = gateway.createAccount().config;
    expect((await send(other, `/payments/${record}`)).status).toBe(404);
    expect((await send(account, '/payments/none')).status).toBe(404);
    expect((await send(other, '/payments')).json).toMatchObject({ total: 0 });
  });

  it('are listed newest first, in pages, by status and day', async () => {
    for (let n = 1; n <= 3; n += 1) {
      await pay({ note: `order-${n}` });
      await simulators.clock.advance(24 * HOUR_MS);
    }
    const notes = async (query: string) =>
      ((await send(account, `/payments?${query}`)).json.data as { note: string }[]).map(({ note }) => note);
    expect(await notes('')).toEqual(['order-3', 'order-2', 'order-1']);
    expect(await notes('per_page=2&page=2')).toEqual(['order-1']);
    expect((await send(account, '/payments?per_page=2')).json).toMatchObject({
      current_page: 1,
      total: 3,
      last_page: 2,
    });
    expect(await notes('from=2026-06-02')).toEqual(['order-3', 'order-2']);
    expect(await notes('from=2026-06-02&to=2026-06-02')).toEqual(['order-2']);
    expect(await notes('to=2026-06-01T12:00:00Z')).toEqual(['order-1']);
    expect(await notes('status=refunded')).toEqual([]);
    expect(await notes('status=completed&merchant=1')).toHaveLength(3);
    for (const query of ['from=yesterday', 'to=5', 'per_page=0', 'per_page=101']) {
      expect((await send(account, `/payments?${query}`)).status).toBe(422);
    }
  });
});

describe('refunds', () => {
  const refund = (record: string, body: unknown, headers?: Record<string, string>) =>
    send(account, `/payments/${record}/refund`, {
      method: 'POST',
      body,
      headers: { ...usualHeaders(account), ...headers },
    });

  it('are partial, and stay within what was received (GN-5)', async () => {
    const record = await pay();
    const first = await refund(record, { amount: 4, reason: 'one item' });
    expect(first).toMatchObject({
      status: 201,
      json: { refund_id: expect.stringMatching(/^rf_/), status: 'completed' },
    });
    expect((await send(account, '/balance')).json).toEqual({
      received_total: '10.50',
      refunded_total: '4.00',
      available_ledger: '6.50',
    });
    expect((await refund(record, { amount: 6.51 })).status).toBe(422);
    expect((await send(account, `/payments/${record}`)).json).toMatchObject({
      status: 'completed',
      refunded_amount: '4.00',
    });
    expect(gateway.payments().map(({ refunded }) => refunded)).toEqual(['4.00']);
    expect((await refund(record, { amount: 6.5 })).status).toBe(201);
    expect((await send(account, `/payments/${record}`)).json).toMatchObject({ status: 'refunded' });
    expect((await refund(record, { amount: 0.01 })).status).toBe(422);
  });

  it('are made twice when sent twice, key or not (GN-5)', async () => {
    const record = await pay();
    const ids = [
      (await refund(record, { amount: 1 }, { 'idempotency-key': 'k' })).json.refund_id,
      (await refund(record, { amount: 1 }, { 'idempotency-key': 'k' })).json.refund_id,
    ];
    expect(ids[0]).not.toBe(ids[1]);
    expect((await send(account, '/balance')).json).toMatchObject({ refunded_total: '2.00' });
  });

  it('refuse an unknown payment with 404 and a bad amount with 422', async () => {
    const record = await pay();
    expect((await refund('4711', { amount: 1 })).status).toBe(404);
    for (const amount of [undefined, 0, -1, 'all', 0.001])
      expect((await refund(record, { amount })).status).toBe(422);
  });
});
