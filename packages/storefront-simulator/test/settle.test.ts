import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BRIDGE_KEY } from './support/fake-bridge.ts';
import { bridgeHand } from './support/plugin-request.ts';
import { type Shop, startShop } from './support/shop.ts';

const outcome = z.looseObject({ outcome: z.string() });

// Port 9 refuses connections.
const SILENT = 'http://127.0.0.1:9';

interface PluginShop extends Shop {
  readonly bridge: ReturnType<typeof bridgeHand>;
}

const pluginShop = async (): Promise<PluginShop> => {
  const shop = await startShop({ bridge: { url: SILENT, ...BRIDGE_KEY } });
  return { ...shop, bridge: bridgeHand(shop.woo.url, shop.woo.restKeys, BRIDGE_KEY, shop.clock) };
};

const orderIn = async (
  { woo }: Shop,
  status: Parameters<typeof woo.merchant.setStatus>[1],
): Promise<number> => {
  const { id } = await woo.shopper.placeOrder();
  if (status !== 'pending') await woo.merchant.setStatus(id, status);
  return id;
};

const settleBody = {
  claim: 'clm_1',
  invoice: 'inv_1',
  transaction_id: 'tx_1',
  expected_total: '19.99',
  expected_currency: 'USD',
  note: 'Paid with 19.99 USDT.',
};

const settle = ({ bridge }: PluginShop, id: number, change: object = {}) =>
  bridge('POST', `/wc-gatewright/v1/orders/${id}/settle`, { ...settleBody, ...change });

describe('settle (bridge-api.md; woocommerce.md 3.2)', () => {
  it.each(['pending', 'failed', 'on-hold'] as const)('settles an order from %s', async (status) => {
    const shop = await pluginShop();
    const id = await orderIn(shop, status);
    const reply = await settle(shop, id);
    expect(reply).toMatchObject({ status: 200, body: { outcome: 'settled', order_status: 'processing' } });
    expect(shop.woo.orders(id)).toMatchObject({ status: 'processing', transactionId: 'tx_1' });
    expect(shop.woo.claim(id)).toMatchObject({ claim: 'clm_1', invoice: 'inv_1', transactionId: 'tx_1' });
    expect(shop.woo.notes(id).map(({ text }) => text)).toContain('Paid with 19.99 USDT.');
    expect(shop.woo.stock(10)).toBe(99);
  });

  it.each(['settle', 'hold', 'cancel', 'fail', 'note'])(
    'another order has the number now: %s finds none',
    async (call) => {
      const shop = await pluginShop();
      const { id, orderKey } = await shop.woo.shopper.placeOrder();
      const path = `/wc-gatewright/v1/orders/${id}/${call}`;
      const meant = (key: string) => createHash('sha256').update(key).digest('hex');
      const body = { ...settleBody, order_key_hash: meant('wc_order_of_before') };
      expect(await shop.bridge('POST', path, body)).toMatchObject({
        status: 404,
        body: { code: 'order_missing' },
      });
      expect(shop.woo.orders(id)?.status).toBe('pending');
      expect(await shop.bridge('POST', path, { ...body, order_key_hash: 'ABC' })).toMatchObject({
        status: 400,
      });
      expect(await shop.bridge('POST', path, { ...body, order_key_hash: meant(orderKey) })).toMatchObject({
        status: 200,
      });
    },
  );

  it('five parallel calls: one settled, four already, stock -1', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    const replies = await Promise.all(Array.from({ length: 5 }, () => settle(shop, id)));
    const outcomes = replies.map(({ body }) => outcome.parse(body).outcome).sort();
    expect(outcomes).toEqual(['already', 'already', 'already', 'already', 'settled']);
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    expect(shop.woo.events.paymentComplete(id)).toBe(1);
    expect(shop.woo.events.emails('New order', id)).toBe(1);
    expect(shop.woo.stock(10)).toBe(99);
  });

  it('five parallel claims: one settled, four paid_otherwise', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    const replies = await Promise.all([1, 2, 3, 4, 5].map((n) => settle(shop, id, { claim: `clm_${n}` })));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(shop.woo.events.paymentComplete(id)).toBe(1);
  });

  it('an order of downloads is completed', async () => {
    const shop = await pluginShop();
    const { id } = await shop.woo.shopper.placeOrder({ lines: [{ productId: 11 }] });
    expect((await settle(shop, id, { expected_total: '5.00' })).body).toMatchObject({
      order_status: 'completed',
    });
  });

  it('answers already, and changes nothing, after a person has moved the settled order', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    await settle(shop, id);
    await shop.woo.merchant.setStatus(id, 'on-hold');
    expect((await settle(shop, id)).body).toMatchObject({ outcome: 'already', order_status: 'on-hold' });
    expect(shop.woo.orders(id)?.status).toBe('on-hold');
  });

  it('keeps a long transaction id in the claim; the order has 100 characters of it', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    const transaction_id = '0x'.padEnd(130, 'f');
    await settle(shop, id, { transaction_id });
    expect(shop.woo.orders(id)?.transactionId).toBe(transaction_id.slice(0, 100));
    expect(shop.woo.claim(id)?.transactionId).toBe(transaction_id);
    const metaData = shop.woo.orders(id)?.metaData ?? [];
    expect(metaData.find(({ key }) => key === '_gatewright_transaction')?.value).toBe(transaction_id);
  });

  const refusals: [string, string, (shop: PluginShop, id: number) => Promise<unknown>][] = [
    ['total_changed', 'the total was edited', ({ woo }, id) => woo.merchant.editTotal(id, '25.00')],
    ['total_changed', 'the total was edited by a cent', ({ woo }, id) => woo.merchant.editTotal(id, '20.00')],
    ['currency_changed', 'the currency was edited', ({ woo }, id) => woo.merchant.editCurrency(id, 'EUR')],
    [
      'not_ours',
      'another payment method was chosen',
      ({ woo }, id) => woo.merchant.editPaymentMethod(id, 'bacs'),
    ],
    ['moved', 'the order was cancelled: it is not revived', ({ woo }, id) => woo.merchant.cancel(id)],
    ['moved', 'the order is in the trash', ({ rest }, id) => rest('DELETE', `/wp-json/wc/v3/orders/${id}`)],
    ['paid_otherwise', 'a person marked it paid', ({ woo }, id) => woo.merchant.setStatus(id, 'completed')],
    [
      'paid_otherwise',
      'wc/v3 paid it',
      ({ rest }, id) => rest('PUT', `/wp-json/wc/v3/orders/${id}`, { body: { set_paid: true } }),
    ],
    ['paid_otherwise', 'another claim settled it', (shop, id) => settle(shop, id, { claim: 'clm_other' })],
    ['refunded', 'the order was refunded', ({ woo }, id) => woo.merchant.setStatus(id, 'refunded')],
    ['refunded', 'a part was refunded', ({ woo }, id) => woo.merchant.refund(id, '1.00', { api: false })],
  ];

  it.each(refusals)('409 %s when %s', async (code, _when, before) => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    await before(shop, id);
    const was = shop.woo.orders(id);
    const paid = shop.woo.events.paymentComplete(id);
    const reply = await settle(shop, id);
    expect(reply).toMatchObject({ status: 409, body: { code, order_status: was?.status } });
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
    expect(shop.woo.orders(id)).toEqual(was);
    expect(shop.woo.events.paymentComplete(id)).toBe(paid);
  });

  it('compares the total by value: 19.990 is 19.99', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    expect((await settle(shop, id, { expected_total: '19.990' })).status).toBe(200);
  });

  it('404 for an order that is not there, 400 for a body that does not fit', async () => {
    const shop = await pluginShop();
    expect(await settle(shop, 999)).toMatchObject({ status: 404, body: { code: 'order_missing' } });
    const id = await orderIn(shop, 'pending');
    expect(await settle(shop, id, { expected_total: '-1', claim: '' })).toMatchObject({
      status: 400,
      body: { code: 'malformed', fields: ['claim', 'expected_total'] },
    });
  });
});

describe('hold, cancel, fail, note', () => {
  const call = ({ bridge }: PluginShop, id: number, command: string, body: object = {}) =>
    bridge('POST', `/wc-gatewright/v1/orders/${id}/${command}`, {
      invoice: 'inv_1',
      note: 'because',
      ...body,
    });

  it.each([
    ['hold', 'held', 'on-hold'],
    ['cancel', 'cancelled', 'cancelled'],
    ['fail', 'failed', 'failed'],
  ])('%s answers %s, and already the second time', async (command, outcome, status) => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    expect(await call(shop, id, command)).toMatchObject({
      status: 200,
      body: { outcome, order_status: status },
    });
    expect(shop.woo.orders(id)?.status).toBe(status);
    expect(shop.woo.notes(id).at(-1)?.text ?? '').not.toBe('');
    expect(shop.woo.notes(id).some(({ text }) => text.startsWith('because Order status changed'))).toBe(true);
    expect((await call(shop, id, command)).body).toMatchObject({ outcome: 'already' });
  });

  it('a held order can be settled, cancelled or failed by the bridge', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    await call(shop, id, 'hold');
    expect(shop.woo.stock(10)).toBe(99);
    expect((await settle(shop, id)).body).toMatchObject({ outcome: 'settled' });
    expect(shop.woo.stock(10)).toBe(99);
  });

  it.each(['hold', 'cancel', 'fail', 'note'])(
    '%s is refused after a person has moved the order',
    async (command) => {
      const shop = await pluginShop();
      const id = await orderIn(shop, 'pending');
      await shop.woo.merchant.setStatus(id, 'processing');
      expect(await call(shop, id, command)).toMatchObject({ status: 409, body: { code: 'moved' } });
      expect(shop.woo.orders(id)?.status).toBe('processing');
    },
  );

  it.each(['hold', 'cancel', 'fail', 'note'])(
    '%s is refused when another method has the order',
    async (command) => {
      const shop = await pluginShop();
      const id = await orderIn(shop, 'pending');
      await shop.woo.merchant.editPaymentMethod(id, 'bacs');
      expect(await call(shop, id, command)).toMatchObject({ status: 409, body: { code: 'not_ours' } });
    },
  );

  it.each(['hold', 'cancel', 'fail'])('%s never undoes a settlement', async (command) => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    await settle(shop, id);
    expect(await call(shop, id, command)).toMatchObject({ status: 409, body: { code: 'settled' } });
    expect(shop.woo.orders(id)?.status).toBe('processing');
  });

  it('nothing revives an order that the bridge itself has cancelled', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    await call(shop, id, 'cancel');
    expect((await call(shop, id, 'hold')).body).toMatchObject({ code: 'moved' });
    expect((await settle(shop, id)).body).toMatchObject({ code: 'moved' });
  });

  it('a note for the customer is also an e-mail', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    await call(shop, id, 'note', { note: 'inside' });
    await call(shop, id, 'note', { note: 'for you', customer_note: true });
    expect(shop.woo.events.emails('Customer note', id)).toBe(1);
    expect(shop.woo.notes(id).find(({ text }) => text === 'for you')?.customerNote).toBe(true);
  });
});

describe('both keys must hold', () => {
  const NOTE = { note: 'hello' };

  it.each([
    ['bad-signature', { signature: `v1=${'0'.repeat(64)}` }],
    ['unknown-key', { keyId: 'gwk_other' }],
    ['timestamp-out-of-window', { timestamp: 1_795_248_826 - 301 }],
    ['header-malformed', { nonce: 'short' }],
    ['no-rest-key', { keys: null }],
  ])('401 with one body, and %s in the log', async (reason, overrides) => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    const path = `/wc-gatewright/v1/orders/${id}/note`;
    const wrong = await shop.bridge('POST', path, NOTE, overrides);
    const reference = await shop.bridge('POST', path, NOTE, { signature: `v1=${'1'.repeat(64)}` });
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(reference.body);
    expect(wrong.body).toMatchObject({ code: 'unauthorized' });
    expect(shop.woo.log.map((entry) => entry.reason)).toContain(reason);
    expect(shop.woo.notes(id).some(({ text }) => text === 'hello')).toBe(false);
  });

  it('401 with the same body for a nonce that was used', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    const path = `/wc-gatewright/v1/orders/${id}/note`;
    const nonce = 'AQIDBAUGBwgJCgsMDQ4PEA';
    expect((await shop.bridge('POST', path, NOTE, { nonce })).status).toBe(200);
    expect(await shop.bridge('POST', path, NOTE, { nonce })).toMatchObject({
      status: 401,
      body: { code: 'unauthorized' },
    });
    expect(shop.woo.notes(id).filter(({ text }) => text === 'hello')).toHaveLength(1);
  });

  it('a valid signature does not help a key that may only read', async () => {
    const shop = await pluginShop();
    const id = await orderIn(shop, 'pending');
    const keys = shop.woo.createKey('read');
    expect((await shop.bridge('POST', `/wc-gatewright/v1/orders/${id}/note`, NOTE, { keys })).status).toBe(
      401,
    );
    expect((await shop.bridge('GET', '/wc-gatewright/v1/status', undefined, { keys })).status).toBe(200);
  });

  it('both keys are good while one is being rotated, one afterwards', async () => {
    const shop = await pluginShop();
    const next = { keyId: 'gwk_2', secret: 'another-secret' };
    const previous = { id: BRIDGE_KEY.keyId, secret: BRIDGE_KEY.secret };
    const other = bridgeHand(shop.woo.url, shop.woo.restKeys, next, shop.clock);
    const status = '/wc-gatewright/v1/status';
    shop.woo.connectBridge({ url: SILENT, ...next, previous });
    expect([(await shop.bridge('GET', status)).status, (await other('GET', status)).status]).toEqual([
      200, 200,
    ]);
    shop.woo.connectBridge({ url: SILENT, ...next });
    expect([(await shop.bridge('GET', status)).status, (await other('GET', status)).status]).toEqual([
      401, 200,
    ]);
  });

  it('400 with the versions that are understood for another version', async () => {
    const shop = await pluginShop();
    const answer = { status: 400, body: { code: 'unknown_version', understood: ['v1'] } };
    expect(await shop.bridge('GET', '/wc-gatewright/v2/status')).toMatchObject(answer);
    const signature = `v2=${'0'.repeat(64)}`;
    expect(await shop.bridge('GET', '/wc-gatewright/v1/status', undefined, { signature })).toMatchObject(
      answer,
    );
  });

  it('shows versions, settings, webhooks and last errors, and no secret', async () => {
    const shop = await pluginShop();
    await shop.bridge('GET', '/wc-gatewright/v1/status', undefined, { keyId: 'gwk_other' });
    const { status, body } = await shop.bridge('GET', '/wc-gatewright/v1/status');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      versions: { woocommerce: '11.0.1', wordpress: '7.1' },
      hpos: true,
      blocks: true,
      permalinks: 'pretty',
      currency: 'USD',
      hold_stock_minutes: 60,
      clock: 1_795_248_826,
      webhooks: [],
      last_errors: [{ source: 'bridge-auth', reason: 'unknown-key' }],
    });
    expect(JSON.stringify(body)).not.toContain(BRIDGE_KEY.secret);
  });
});
