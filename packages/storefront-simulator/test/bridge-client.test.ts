import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BRIDGE_KEY, type FakeBridge, isSignedBy, refusal, startFakeBridge } from './support/fake-bridge.ts';
import { type Shop, startShop } from './support/shop.ts';

interface Connected extends Shop {
  readonly bridge: FakeBridge;
}

const TIMEOUTS = { offer: 100, mayCancel: 100, other: 500 };

const connectedShop = async (): Promise<Connected> => {
  const bridge = await startFakeBridge();
  const shop = await startShop({ bridge: { url: bridge.url, ...BRIDGE_KEY, timeouts: TIMEOUTS } });
  return { ...shop, bridge };
};

const ok = (body: unknown) => ({ status: 200, body });

const paidOrder = async ({ woo }: Shop, method = 'gatewright'): Promise<number> => {
  const { id } = await woo.shopper.placeOrder({ method });
  await woo.merchant.setStatus(id, 'processing');
  return id;
};

describe('the signed calls of the plugin (bridge-api.md)', () => {
  it('are all signed, each with a nonce of its own', async () => {
    const { woo, bridge } = await connectedShop();
    const client = woo.bridge();
    for (const [method, path] of [
      ['GET', '/v1/hello'],
      ['GET', '/v1/offer'],
      ['GET', '/v1/orders/14'],
      ['POST', '/v1/orders/14/recheck'],
      ['POST', '/v1/orders/14/cancel'],
      ['GET', '/v1/attention'],
    ] as const) {
      bridge.answers.set(`${method} ${path}`, ok({ path }));
    }
    bridge.answers.set('GET /v1/orders/14/may-cancel', ok({ may_cancel: 'yes' }));
    const replies = [
      await client?.hello(),
      await client?.offer('49.90', 'EUR', 'de_DE'),
      await client?.order(14),
      await client?.recheck(14),
      await client?.cancel(14),
      await client?.attention(),
      await client?.mayCancel(14),
    ];
    expect(replies.map((reply) => reply?.ok)).toEqual(Array(7).fill(true));
    expect(bridge.requests.every((request) => isSignedBy(BRIDGE_KEY, request))).toBe(true);
    expect(new Set(bridge.requests.map(({ headers }) => headers['gatewright-nonce'])).size).toBe(7);
    expect(bridge.requests[1]?.url).toBe('/v1/offer?amount=49.90&currency=EUR&locale=de_DE');
  });

  it('return what went wrong, and leave it in the log', async () => {
    const { woo, bridge } = await connectedShop();
    const client = woo.bridge();
    bridge.answers.set('GET /v1/hello', refusal(409, 'some_code'));
    expect(await client?.hello()).toMatchObject({
      ok: false,
      reason: 'problem',
      problem: { code: 'some_code' },
    });
    bridge.answers.set('GET /v1/hello', { status: 200, body: 'not an object' });
    expect(await client?.hello()).toEqual({ ok: false, reason: 'bad-answer' });
    bridge.answers.set('GET /v1/hello', { status: 302, body: {} });
    expect(await client?.hello()).toEqual({ ok: false, reason: 'bad-answer' });
    bridge.answers.set('GET /v1/hello', 'hang');
    expect(await client?.hello()).toEqual({ ok: false, reason: 'timeout' });
    woo.connectBridge({ url: 'http://127.0.0.1:9', ...BRIDGE_KEY });
    expect(await woo.bridge()?.hello()).toEqual({ ok: false, reason: 'unreachable' });
    expect(woo.log.map(({ reason }) => reason)).toEqual([
      'some_code',
      'bad-answer',
      'bad-answer',
      'timeout',
      'unreachable',
    ]);
  });

  it('the offer is asked for once in 30 s of the shop, and a silent bridge hides the method', async () => {
    const { woo, bridge, clock } = await connectedShop();
    bridge.answers.set('GET /v1/offer', ok({ accounts: [{ gateway: 'crypto-pay' }] }));
    expect(await woo.shopper.paymentMethods('19.99')).toContain('gatewright');
    clock.advance(29_000);
    await woo.shopper.paymentMethods('19.99');
    expect(bridge.requests).toHaveLength(1);
    clock.advance(1_000);
    bridge.answers.set('GET /v1/offer', 'hang');
    expect(await woo.shopper.paymentMethods('19.99')).toEqual(['bacs', 'trg']);
    bridge.answers.set('GET /v1/offer', ok({ accounts: [] }));
    expect(await woo.shopper.paymentMethods('19.99')).not.toContain('gatewright');
  });
});

describe('shopper.pay: process_payment', () => {
  it('posts the order, and hands on the redirect and the invoice', async () => {
    const { woo, bridge } = await connectedShop();
    const redirect_url = `${bridge.url}/pay/inv_1`;
    bridge.answers.set('POST /v1/checkouts', ok({ invoice: 'inv_1', redirect_url, expires_at: 'later' }));
    const order = await woo.shopper.placeOrder({ total: '49.90' });
    const paid = await woo.shopper.pay(order.id, { gateway: 'crypto-pay', network: 'ton' });
    expect(paid).toEqual({ redirectUrl: redirect_url, invoice: 'inv_1' });
    expect(JSON.parse(bridge.requests[0]?.body ?? '')).toEqual({
      order_id: order.id,
      order_key: order.orderKey,
      amount: '49.90',
      currency: 'USD',
      gateway: 'crypto-pay',
      network: 'ton',
      return_url: `${woo.url}/checkout/order-received/${order.id}/?key=${order.orderKey}`,
      cancel_url: expect.stringContaining(`${woo.url}/cart/?cancel_order=true&order=${order.orderKey}`),
      order_pay_url: `${woo.url}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.orderKey}`,
      locale: 'en_US',
      description: `Order ${order.id}`,
    });
    expect(woo.orders(order.id)).toMatchObject({ status: 'pending' });
    expect(woo.orders(order.id)?.metaData).toMatchObject([{ key: '_gatewright_invoice', value: 'inv_1' }]);
  });

  it("shows the bridge's text when it refuses, and its own when the bridge is silent", async () => {
    const { woo, bridge } = await connectedShop();
    const { id } = await woo.shopper.placeOrder();
    bridge.answers.set('POST /v1/checkouts', refusal(409, 'already_paid'));
    expect(await woo.shopper.tryPay(id)).toEqual({
      ok: false,
      code: 'already_paid',
      message: 'shopper: already_paid',
    });
    bridge.answers.set('POST /v1/checkouts', 'hang');
    await expect(woo.shopper.pay(id)).rejects.toThrow('timeout');
  });

  it('sends the shopper nowhere but to https or to the bridge', async () => {
    const { woo, bridge } = await connectedShop();
    const { id } = await woo.shopper.placeOrder();
    const redirect = (redirect_url: string) =>
      bridge.answers.set('POST /v1/checkouts', ok({ invoice: 'inv_1', redirect_url }));
    redirect('http://elsewhere.test/pay');
    expect(await woo.shopper.tryPay(id)).toMatchObject({ ok: false, code: 'redirect-not-allowed' });
    redirect(`https://pay.test/1\r\nSet-Cookie: a=b`);
    expect(await woo.shopper.tryPay(id)).toMatchObject({ ok: false });
    redirect('javascript:alert(1)');
    expect(await woo.shopper.tryPay(id)).toMatchObject({ ok: false });
    redirect('https://pay.test/1');
    expect(await woo.shopper.tryPay(id)).toMatchObject({ ok: true });
  });

  it('does not ask for an order that cannot be paid', async () => {
    const { woo, bridge } = await connectedShop();
    const { id } = await woo.shopper.placeOrder();
    await woo.merchant.setStatus(id, 'on-hold');
    expect(await woo.shopper.tryPay(id)).toMatchObject({ ok: false, code: 'not-payable' });
    expect(bridge.requests).toEqual([]);
  });
});

describe('refunds through the bridge', () => {
  const refundPath = (id: number) => `POST /v1/orders/${id}/refunds`;

  it.each(['done', 'accepted'])('%s keeps the refund row', async (outcome) => {
    const shop = await connectedShop();
    const id = await paidOrder(shop);
    shop.bridge.answers.set(refundPath(id), ok({ outcome }));
    const result = await shop.woo.merchant.refund(id, '5.00', { api: true, reason: 'broken' });
    expect(result).toMatchObject({ ok: true, refund: { amount: '5.00', refundedPayment: true } });
    const sent: unknown = JSON.parse(shop.bridge.requests[0]?.body ?? '');
    expect(sent).toEqual({ refund_id: result.ok ? result.refund.id : 0, amount: '5.00', reason: 'broken' });
  });

  it.each([
    ['manual', ok({ outcome: 'manual', instructions: 'Send 5.00 USDT to the customer.' }), 'Send 5.00 USDT'],
    ['refused', ok({ outcome: 'refused' }), 'refused'],
    ['checking', refusal(409, 'checking'), 'owner: checking'],
    ['silence', 'hang', 'timeout'],
  ] as const)('%s removes the row and answers 500 over REST', async (_name, answer, text) => {
    const shop = await connectedShop();
    const id = await paidOrder(shop);
    shop.bridge.answers.set(refundPath(id), answer);
    const refunds = `/wp-json/wc/v3/orders/${id}/refunds`;
    const reply = await shop.rest('POST', refunds, { body: { amount: '5.00' } });
    expect(reply).toMatchObject({
      status: 500,
      body: {
        code: 'woocommerce_rest_cannot_create_order_refund',
        message: expect.stringContaining(text),
        data: 500,
      },
    });
    expect((await shop.rest('GET', refunds)).body).toEqual([]);
    expect(shop.woo.orders(id)?.status).toBe('processing');
  });

  it('a full refund moves the order to refunded; one that is only recorded asks nobody', async () => {
    const shop = await connectedShop();
    const id = await paidOrder(shop);
    await shop.woo.merchant.refund(id, '9.99', { api: false });
    expect(shop.bridge.requests).toEqual([]);
    shop.bridge.answers.set(refundPath(id), ok({ outcome: 'done' }));
    await shop.woo.merchant.refund(id, '10.00', { api: true });
    expect(shop.woo.orders(id)?.status).toBe('refunded');
  });
});

const keyQuery = (orderKey = ''): string =>
  `?order_key_hash=${createHash('sha256').update(orderKey).digest('hex')}`;

describe('hold-stock and cancelling (woocommerce.md 5.8)', () => {
  const mayCancel = (id: number) => `GET /v1/orders/${id}/may-cancel`;

  it('cancels by the last update, after the bridge has said yes, and tells the bridge', async () => {
    const { woo, bridge, clock, rest } = await connectedShop();
    const { id } = await woo.shopper.placeOrder();
    bridge.answers.set(mayCancel(id), ok({ may_cancel: 'yes' }));
    bridge.answers.set(`POST /v1/orders/${id}/cancel`, ok({ cancelled: [] }));
    clock.advance(50 * 60_000);
    await rest('PUT', `/wp-json/wc/v3/orders/${id}`, { body: { customer_note: 'touch' } });
    clock.advance(50 * 60_000);
    expect(await woo.holdStock()).toEqual([]);
    clock.advance(11 * 60_000);
    expect(await woo.holdStock()).toEqual([id]);
    expect(woo.orders(id)?.status).toBe('cancelled');
    const query = keyQuery(woo.orders(id)?.orderKey);
    expect(bridge.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `${mayCancel(id)}${query}`,
      `POST /v1/orders/${id}/cancel${query}`,
    ]);
  });

  it.each([
    ['no', ok({ may_cancel: 'no' })],
    ['unknown', ok({ may_cancel: 'unknown' })],
    ['nothing', 'hang'],
    ['an error', refusal(500, 'broken')],
  ] as const)('keeps the order when the bridge answers %s', async (_name, answer) => {
    const { woo, bridge, clock } = await connectedShop();
    const { id } = await woo.shopper.placeOrder();
    bridge.answers.set(mayCancel(id), answer);
    clock.advance(61 * 60_000);
    expect(await woo.holdStock()).toEqual([]);
    expect(woo.orders(id)?.status).toBe('pending');
  });

  it('does not cancel an order that was paid while the bridge was asked', async () => {
    const { woo, bridge, clock } = await connectedShop();
    const { id } = await woo.shopper.placeOrder();
    const paid: Promise<unknown>[] = [];
    bridge.answers.set(mayCancel(id), () => {
      paid.push(woo.merchant.setStatus(id, 'processing'));
      return ok({ may_cancel: 'yes' });
    });
    clock.advance(61 * 60_000);
    expect(await woo.holdStock()).toEqual([]);
    await Promise.all(paid);
    expect(woo.orders(id)?.status).toBe('processing');
  });

  it('leaves on-hold orders and those of the REST API alone; other methods need no bridge', async () => {
    const { woo, clock, rest } = await connectedShop();
    const held = await woo.shopper.placeOrder();
    await woo.merchant.setStatus(held.id, 'on-hold');
    await rest('POST', '/wp-json/wc/v3/orders', { body: { line_items: [{ product_id: 10 }] } });
    const blocks = await woo.shopper.placeOrder({ via: 'store-api', method: 'bacs' });
    const classic = await woo.shopper.placeOrder({ method: 'bacs' });
    clock.advance(61 * 60_000);
    expect(await woo.holdStock()).toEqual([blocks.id, classic.id]);
  });

  it('0 minutes switch it off', async () => {
    const { woo, clock } = await startShop({ holdStockMinutes: 0 });
    await woo.shopper.placeOrder({ method: 'bacs' });
    clock.advance(10 ** 9);
    expect(await woo.holdStock()).toEqual([]);
  });

  it('a shopper cancels only when no money is under way', async () => {
    const { woo, bridge } = await connectedShop();
    const { id } = await woo.shopper.placeOrder();
    bridge.answers.set(mayCancel(id), ok({ may_cancel: 'no' }));
    expect(await woo.shopper.cancel(id)).toEqual({ ok: false, reason: 'payment-under-way' });
    bridge.answers.set(mayCancel(id), ok({ may_cancel: 'yes' }));
    expect(await woo.shopper.cancel(id)).toEqual({ ok: true });
    expect(await woo.shopper.cancel(id)).toEqual({ ok: false, reason: 'not-cancellable' });
  });

  it("tells the bridge of a merchant's cancel, and of none that is another method's", async () => {
    const { woo, bridge } = await connectedShop();
    const ours = await woo.shopper.placeOrder();
    const theirs = await woo.shopper.placeOrder({ method: 'bacs' });
    await woo.merchant.cancel(ours.id);
    await woo.merchant.cancel(theirs.id);
    expect(bridge.requests.map(({ url }) => url)).toEqual([
      `/v1/orders/${ours.id}/cancel${keyQuery(ours.orderKey)}`,
    ]);
  });
});

describe('pairing', () => {
  const CODE = 'AQIDBAUGBwgJCgsMDQ4PEA';

  it('posts the code unsigned, takes the key, and proves it with a signed hello', async () => {
    const bridge = await startFakeBridge({ keyId: 'gwk_new', secret: 'fresh' });
    bridge.answers.set('POST /v1/pairings', ok({ key_id: 'gwk_new', secret: 'fresh' }));
    bridge.answers.set('GET /v1/hello', ok({ mode: 'test' }));
    const { woo } = await startShop();
    expect(await woo.pairBridge(` ${bridge.url}#${CODE}\n`)).toEqual({ ok: true, keyId: 'gwk_new' });
    const [pairing, hello] = bridge.requests;
    expect(JSON.parse(pairing?.body ?? '')).toMatchObject({ code: CODE, store_url: woo.url });
    expect(pairing?.url).toBe('/v1/pairings');
    expect(pairing?.headers['gatewright-signature']).toBeUndefined();
    expect(hello?.headers['gatewright-key']).toBe('gwk_new');
  });

  it('says at which step it was refused', async () => {
    const bridge = await startFakeBridge({ keyId: 'gwk_new', secret: 'fresh' });
    const { woo } = await startShop();
    expect(await woo.pairBridge('nonsense')).toEqual({ ok: false, reason: 'not-a-pairing-code' });
    expect(await woo.pairBridge(`${bridge.url}#short`)).toMatchObject({ reason: 'not-a-pairing-code' });
    expect(await woo.pairBridge(`${bridge.url}#${CODE}`)).toMatchObject({
      reason: 'refused',
      step: 'pairing',
    });
    bridge.answers.set('POST /v1/pairings', ok({ key_id: 'gwk_new', secret: 'wrong' }));
    expect(await woo.pairBridge(`${bridge.url}#${CODE}`)).toMatchObject({ reason: 'refused', step: 'hello' });
  });
});
