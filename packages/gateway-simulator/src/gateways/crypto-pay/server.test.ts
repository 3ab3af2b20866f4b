import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { type Account, call, createInvoice, getInvoices } from '../../test-support/crypto-pay-client.ts';

let simulators: GatewaySimulators<'crypto-pay'>;
let account: Account;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], seed: 7 });
  account = simulators.gateways['crypto-pay'].config;
});
afterEach(() => simulators.stop());

const refusal = async (method: string, parameters: object) => {
  const { status, error } = await call(account, method, parameters);
  return [status, error?.name];
};

describe('authentication and envelope', () => {
  it('refuses a missing, altered or foreign token with 401 UNAUTHORIZED', async () => {
    for (const token of ['', `${account.token}x`, account.token.toLowerCase()]) {
      const answer = await call({ ...account, token }, 'getMe');
      expect(answer).toMatchObject({ status: 401, ok: false, error: { code: 401, name: 'UNAUTHORIZED' } });
    }
  });

  it('CP-14: a testnet token works on the testnet host only, and JET there only', async () => {
    const { config: testnet } = simulators.gateways['crypto-pay'].createAccount({ testnet: true });
    expect(testnet.baseUrl).not.toBe(account.baseUrl);
    expect((await call({ ...testnet, baseUrl: account.baseUrl }, 'getMe')).status).toBe(401);
    expect((await call({ ...account, baseUrl: testnet.baseUrl }, 'getMe')).status).toBe(401);
    expect((await call(testnet, 'getMe')).result).toMatchObject({
      payment_processing_bot_username: 'CryptoTestnetBot',
    });
    expect((await call(testnet, 'createInvoice', { asset: 'JET', amount: '1' })).status).toBe(200);
    expect(await refusal('createInvoice', { asset: 'JET', amount: '1' })).toEqual([400, 'ASSET_INVALID']);
  });

  it('answers an unknown method with 405 METHOD_NOT_FOUND', async () => {
    expect(await refusal('getEverything', {})).toEqual([405, 'METHOD_NOT_FOUND']);
  });

  it('has the app id of the token in getMe', async () => {
    const me = await call(account, 'getMe');
    expect(me.result).toMatchObject({ app_id: Number(account.token.split(':')[0]) });
    expect(account.token).toMatch(/^\d+:[A-Za-z0-9]{35}$/);
  });
});

describe('parameters', () => {
  const wanted = { asset: 'TON', amount: '1.5', payload: 'a&b=c' };
  const send = (init: RequestInit, query = '') =>
    fetch(`${account.baseUrl}/createInvoice${query}`, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), 'Crypto-Pay-API-Token': account.token },
    });

  it.each([
    ['GET with a query', () => send({}, `?${new URLSearchParams(wanted)}`)],
    ['POST with a query', () => send({ method: 'POST' }, `?${new URLSearchParams(wanted)}`)],
    [
      'POST JSON',
      () =>
        send({
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(wanted),
        }),
    ],
    ['POST form', () => send({ method: 'POST', body: new URLSearchParams(wanted) })],
    [
      'POST multipart',
      () => {
        const form = new FormData();
        for (const [name, value] of Object.entries(wanted)) form.append(name, value);
        return send({ method: 'POST', body: form });
      },
    ],
  ])('takes %s', async (_form, request) => {
    const response = await request();
    expect(await response.json()).toMatchObject({ ok: true, result: wanted });
  });

  it('takes a number for the amount and keeps its digits', async () => {
    const body = '{"asset":"TON","amount":9.90}';
    const response = await send({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(await response.json()).toMatchObject({ result: { amount: '9.90' } });
  });

  it('answers a broken body with an error, not with a crash', async () => {
    for (const body of ['{', '[]', '"x"']) {
      const response = await send({ method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(response.status).toBe(400);
    }
    const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await send({ method: 'POST', headers: multipart, body: 'junk' })).status).toBe(400);
  });

  it('answers 500 APP_ERROR to an array for accepted_assets, as the real one does', async () => {
    const given = { currency_type: 'fiat', fiat: 'USD', amount: '5', accepted_assets: ['TON'] };
    expect(await refusal('createInvoice', given)).toEqual([500, 'APP_ERROR']);
  });
});

describe('createInvoice', () => {
  it.each([
    [{ asset: 'USDT-TRC20' }, 'ASSET_INVALID'],
    [{ asset: undefined }, 'ASSET_INVALID'],
    [{ amount: '0' }, 'AMOUNT_INVALID'],
    [{ amount: '-1' }, 'AMOUNT_INVALID'],
    [{ amount: '1e3' }, 'AMOUNT_INVALID'],
    [{ amount: '0.0000001' }, 'AMOUNT_INVALID'],
    [{ currency_type: 'cash' }, 'CURRENCY_TYPE_INVALID'],
    [{ currency_type: 'fiat' }, 'FIAT_INVALID'],
    [{ currency_type: 'fiat', fiat: 'JPY' }, 'FIAT_INVALID'],
    [{ currency_type: 'fiat', fiat: 'USD', accepted_assets: 'TON,NOPE' }, 'ACCEPTED_ASSETS_INVALID'],
    [{ accepted_assets: 'TON' }, 'ACCEPTED_ASSETS_INVALID'],
    [{ swap_to: 'GRAM' }, 'SWAP_TO_INVALID'],
    [{ description: 'x'.repeat(1025) }, 'DESCRIPTION_TOO_LONG'],
    [{ hidden_message: 'x'.repeat(2049) }, 'HIDDEN_MESSAGE_TOO_LONG'],
    [{ paid_btn_name: 'goHome', paid_btn_url: 'https://shop.example' }, 'PAID_BTN_NAME_INVALID'],
    [{ paid_btn_name: 'callback' }, 'PAID_BTN_URL_INVALID'],
    [{ paid_btn_name: 'callback', paid_btn_url: 'javascript:alert(1)' }, 'PAID_BTN_URL_INVALID'],
    [{ payload: 'é'.repeat(2049) }, 'PAYLOAD_TOO_LONG'],
    [{ allow_comments: 'maybe' }, 'ALLOW_COMMENTS_INVALID'],
    [{ expires_in: 0 }, 'EXPIRES_IN_INVALID'],
    [{ expires_in: -5 }, 'EXPIRES_IN_INVALID'],
    [{ expires_in: 1.5 }, 'EXPIRES_IN_INVALID'],
  ])('refuses %j and creates nothing', async (parameters, name) => {
    expect(await refusal('createInvoice', { asset: 'USDT', amount: '9.99', ...parameters })).toEqual([
      400,
      name,
    ]);
    expect(await getInvoices(account)).toEqual([]);
  });

  it('accepts a payload of exactly 4096 bytes and the longest expiry', async () => {
    const invoice = await createInvoice(account, { payload: 'é'.repeat(2048), expires_in: 2_678_400 });
    expect(invoice).toMatchObject({ status: 'active', expiration_date: '2026-07-02T12:00:00.000Z' });
  });

  it('CP-8: an expiry above 31 days is an error, and yet the invoice exists, without expiry', async () => {
    const answer = await refusal('createInvoice', {
      asset: 'USDT',
      amount: '1',
      expires_in: 2_678_401,
      payload: 'p',
    });
    expect(answer).toEqual([400, 'EXPIRES_IN_INVALID']);
    const [invoice] = await getInvoices(account);
    expect(invoice).toMatchObject({ status: 'active', payload: 'p' });
    expect(invoice).not.toHaveProperty('expiration_date');
  });

  it('keeps ids above 2^53 exactly (CP-3)', async () => {
    const { config } = simulators.gateways['crypto-pay'].createAccount({ nextInvoiceId: '9007199254740993' });
    const response = await fetch(`${config.baseUrl}/createInvoice?asset=TON&amount=1`, {
      headers: { 'Crypto-Pay-API-Token': config.token },
    });
    expect(await response.text()).toContain('"invoice_id":9007199254740993,');
  });
});

describe('getInvoices and deleteInvoice', () => {
  it('shows an app its own invoices only; other ids are absent', async () => {
    const other = simulators.gateways['crypto-pay'].createAccount().config;
    const own = await createInvoice(account);
    const foreign = await createInvoice(other);
    const ids = `${own.invoice_id},${foreign.invoice_id},1`;
    expect((await getInvoices(account, { invoice_ids: ids })).map((item) => item.invoice_id)).toEqual([
      own.invoice_id,
    ]);
    expect(await refusal('deleteInvoice', { invoice_id: foreign.invoice_id })).toEqual([
      400,
      'INVOICE_NOT_FOUND',
    ]);
    expect(await getInvoices(other)).toHaveLength(1);
  });

  it('CP-7: filters by active or paid only, and an expired invoice is found by its id', async () => {
    const invoice = await createInvoice(account, { expires_in: 60 });
    expect(await refusal('getInvoices', { status: 'expired' })).toEqual([400, 'STATUS_INVALID']);
    await simulators.clock.advance(59_999);
    expect(await getInvoices(account, { status: 'active' })).toHaveLength(1);
    await simulators.clock.advance(1);
    expect(await getInvoices(account, { status: 'active' })).toEqual([]);
    expect(await getInvoices(account, { invoice_ids: String(invoice.invoice_id) })).toMatchObject([
      { status: 'expired' },
    ]);
  });

  it('answers 100 unless asked for up to 1000, newest first', async () => {
    for (let n = 0; n < 101; n += 1) {
      await createInvoice(account, { payload: `p${n}` });
      await simulators.clock.advance(100);
    }
    const first = await getInvoices(account);
    expect(first).toHaveLength(100);
    expect(first[0]).toMatchObject({ payload: 'p100' });
    expect(await getInvoices(account, { count: 1000 })).toHaveLength(101);
    expect(await getInvoices(account, { offset: 100 })).toMatchObject([{ payload: 'p0' }]);
    expect(await refusal('getInvoices', { count: 1001 })).toEqual([400, 'COUNT_INVALID']);
    expect(await refusal('getInvoices', { offset: -1 })).toEqual([400, 'OFFSET_INVALID']);
    expect(await refusal('getInvoices', { invoice_ids: '1,two' })).toEqual([400, 'INVOICE_IDS_INVALID']);
  });

  it('deletes an active invoice for good and keeps a paid one', async () => {
    const [doomed, paid] = [await createInvoice(account), await createInvoice(account)];
    expect((await call(account, 'deleteInvoice', { invoice_id: doomed.invoice_id })).result).toBe(true);
    await simulators.gateways['crypto-pay'].shopper.pay(String(paid.invoice_id));
    expect(await refusal('deleteInvoice', { invoice_id: paid.invoice_id })).toEqual([
      400,
      'INVOICE_ALREADY_PAID',
    ]);
    expect((await getInvoices(account)).map((item) => item.invoice_id)).toEqual([paid.invoice_id]);
  });
});

describe('limits', () => {
  it('answers the 101st request within a second with 429 TOO_MANY_REQUESTS, per app', async () => {
    for (let n = 0; n < 100; n += 1) expect((await call(account, 'getMe')).status).toBe(200);
    expect(await refusal('getMe', {})).toEqual([429, 'TOO_MANY_REQUESTS']);
    const other = simulators.gateways['crypto-pay'].createAccount().config;
    expect((await call(other, 'getMe')).status).toBe(200);
    await simulators.clock.advance(1000);
    expect((await call(account, 'getMe')).status).toBe(200);
  });
});
