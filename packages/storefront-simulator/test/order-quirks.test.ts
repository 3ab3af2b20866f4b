import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Shop, startShop } from './support/shop.ts';
import type { RestReply } from './support/signed-request.ts';

const ORDERS = '/wp-json/wc/v3/orders';

const orderBody = z.looseObject({
  id: z.int(),
  status: z.string(),
  transaction_id: z.string(),
  date_paid: z.string().nullable(),
  total: z.string(),
});

const read = (reply: RestReply): z.output<typeof orderBody> => orderBody.parse(reply.body);

const hoodie = { payment_method: 'trg', line_items: [{ product_id: 10, quantity: 1 }] };

const orderIn = async ({ rest }: Shop, status: string): Promise<number> => {
  const { id } = read(await rest('POST', ORDERS, { body: hoodie }));
  await rest('PUT', `${ORDERS}/${id}`, { body: { status } });
  return id;
};

describe('money transitions over REST (woocommerce.md 2.1)', () => {
  it.each([
    ['pending', 'processing', -1],
    ['failed', 'processing', -1],
    ['on-hold', 'on-hold', -1],
    ['cancelled', 'cancelled', 0],
    ['processing', 'processing', -1],
    ['completed', 'completed', -1],
    ['refunded', 'refunded', 0],
  ])('set_paid from %s answers 200 and leaves %s', async (from, to, stock) => {
    const shop = await startShop();
    const id = await orderIn(shop, from);
    const paidBefore = read(await shop.rest('GET', `${ORDERS}/${id}`)).date_paid;
    const reply = await shop.rest('PUT', `${ORDERS}/${id}`, {
      body: { set_paid: true, transaction_id: 'tx' },
    });
    expect(reply.status).toBe(200);
    expect(read(reply)).toMatchObject({ status: to, transaction_id: 'tx' });
    const paysNow = from === 'pending' || from === 'failed';
    if (!paysNow) expect(read(reply).date_paid).toBe(paidBefore);
    expect(shop.woo.events.paymentComplete(id)).toBe(paysNow ? 1 : 0);
    expect(shop.woo.stock(10)).toBe(100 + stock);
  });

  it.each(['on-hold', 'cancelled'])('{status: pending, set_paid} pays from %s', async (from) => {
    const shop = await startShop();
    const id = await orderIn(shop, from);
    const body = { status: 'pending', set_paid: true, transaction_id: 'late' };
    expect(read(await shop.rest('PUT', `${ORDERS}/${id}`, { body }))).toMatchObject({ status: 'processing' });
    expect(shop.woo.stock(10)).toBe(99);
  });

  it('overwrites the transaction id of a paid order and keeps date_paid', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'pending');
    await shop.rest('PUT', `${ORDERS}/${id}`, { body: { set_paid: true, transaction_id: 'tx_abc' } });
    const { date_paid } = read(await shop.rest('GET', `${ORDERS}/${id}`));
    shop.clock.advance(60_000);
    const again = await shop.rest('PUT', `${ORDERS}/${id}`, {
      body: { set_paid: true, transaction_id: 'tx_second' },
    });
    expect(read(again)).toMatchObject({ transaction_id: 'tx_second', date_paid });
  });

  it('cuts the transaction id at 100 characters', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'pending');
    const body = { transaction_id: 'x'.repeat(101) };
    expect(read(await shop.rest('PUT', `${ORDERS}/${id}`, { body })).transaction_id).toBe('x'.repeat(100));
  });

  it.each([
    ['refunded', 'processing', 99],
    ['completed', 'pending', 100],
    ['cancelled', 'processing', 99],
  ])('accepts the jump from %s to %s and moves the stock', async (from, to, stock) => {
    const shop = await startShop();
    const id = await orderIn(shop, from);
    const reply = await shop.rest('PUT', `${ORDERS}/${id}`, { body: { status: to } });
    expect(reply.status).toBe(200);
    expect(read(reply).status).toBe(to);
    expect(shop.woo.stock(10)).toBe(stock);
  });

  it('takes the stock on on-hold and gives it back on cancelled', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'on-hold');
    expect(shop.woo.stock(10)).toBe(99);
    await shop.rest('PUT', `${ORDERS}/${id}`, { body: { status: 'cancelled' } });
    expect(shop.woo.stock(10)).toBe(100);
    await shop.rest('PUT', `${ORDERS}/${id}`, { body: { status: 'on-hold' } });
    expect(shop.woo.events.stockMovements(id).map(({ to }) => to)).toEqual([99, 100, 99]);
  });

  it('completes an order of virtual and downloadable items only', async () => {
    const { rest } = await startShop();
    const body = { line_items: [{ product_id: 11 }], set_paid: true };
    expect(read(await rest('POST', ORDERS, { body })).status).toBe('completed');
  });

  it('never pays an order of zero', async () => {
    const shop = await startShop();
    const { id } = read(await shop.rest('POST', ORDERS, { body: {} }));
    expect(read(await shop.rest('PUT', `${ORDERS}/${id}`, { body: { set_paid: true } })).status).toBe(
      'pending',
    );
  });

  it('sends "New order" once, however often the order is paid and reopened', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'processing');
    await shop.rest('PUT', `${ORDERS}/${id}`, { body: { status: 'pending' } });
    await shop.rest('PUT', `${ORDERS}/${id}`, { body: { set_paid: true } });
    expect(shop.woo.events.emails('New order', id)).toBe(1);
  });
});

describe('no locking (woocommerce.md 3.1)', () => {
  it('four parallel set_paid that read before any writes pay more than once', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'pending');
    shop.woo.gatherWriters(id, 4);
    const replies = await Promise.all(
      ['a', 'b', 'c', 'd'].map((transaction_id) =>
        shop.rest('PUT', `${ORDERS}/${id}`, { body: { set_paid: true, transaction_id } }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(shop.woo.events.paymentComplete(id)).toBeGreaterThan(1);
    expect(shop.woo.stock(10)).toBeLessThan(99);
    expect(shop.woo.events.emails('New order', id)).toBeGreaterThan(1);
  });

  it('the last of four parallel meta writes wins without an error', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'pending');
    const write = (value: string) =>
      shop.rest('PUT', `${ORDERS}/${id}`, { body: { meta_data: [{ key: '_k', value }] } });
    await write('first');
    shop.woo.gatherWriters(id, 4);
    const replies = await Promise.all(['a', 'b', 'c', 'd'].map(write));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    const metaData = shop.woo.orders(id)?.metaData.filter(({ key }) => key === '_k');
    expect(metaData).toHaveLength(1);
    expect(['a', 'b', 'c', 'd']).toContain(metaData?.[0]?.value);
  });

  it('a write keeps what another one changed in other fields meanwhile', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'pending');
    shop.woo.gatherWriters(id, 2);
    await Promise.all([
      shop.rest('PUT', `${ORDERS}/${id}`, { body: { set_paid: true } }),
      shop.rest('PUT', `${ORDERS}/${id}`, { body: { customer_note: 'hello' } }),
    ]);
    expect(shop.woo.orders(id)).toMatchObject({ status: 'processing', customerNote: 'hello' });
    expect(shop.woo.events.paymentComplete(id)).toBe(1);
  });

  it('three parallel refunds of 15.00 on 19.99: one 201, two 500', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'processing');
    const refund = () => shop.rest('POST', `${ORDERS}/${id}/refunds`, { body: { amount: '15.00' } });
    const replies = await Promise.all([refund(), refund(), refund()]);
    expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 500, 500]);
  });
});

describe('refunds (woocommerce.md 5.2, 5.7)', () => {
  it('api_refund defaults to true: the gateway is asked', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'processing');
    const reply = await shop.rest('POST', `${ORDERS}/${id}/refunds`, { body: { amount: '5.00' } });
    expect(reply).toMatchObject({ status: 201, body: { refunded_payment: true } });
    const manual = await shop.rest('POST', `${ORDERS}/${id}/refunds`, {
      body: { amount: '1.00', api_refund: false },
    });
    expect(manual).toMatchObject({ status: 201, body: { refunded_payment: false } });
  });

  it.each(['6.66', '7.77', '8.88', '999.00', 'lots'])(
    'a refused refund of %s is a 500 whose data is a number',
    async (amount) => {
      const shop = await startShop();
      const id = await orderIn(shop, 'processing');
      const reply = await shop.rest('POST', `${ORDERS}/${id}/refunds`, { body: { amount } });
      expect(reply.status).toBe(500);
      expect(reply.body).toMatchObject({ code: 'woocommerce_rest_cannot_create_order_refund', data: 500 });
      expect((await shop.rest('GET', `${ORDERS}/${id}/refunds`)).body).toEqual([]);
    },
  );

  it('of a missing order: a 500 that says 404', async () => {
    const { rest } = await startShop();
    const reply = await rest('POST', `${ORDERS}/999/refunds`, { body: { amount: '1.00' } });
    expect(reply).toMatchObject({ status: 500, body: { data: 404 } });
  });

  it('restocks only with line items, and then by default', async () => {
    const shop = await startShop();
    const { id } = read(
      await shop.rest('POST', ORDERS, {
        body: { line_items: [{ product_id: 10, quantity: 2 }], set_paid: true },
      }),
    );
    const line = shop.woo.orders(id)?.lineItems[0]?.id;
    await shop.rest('POST', `${ORDERS}/${id}/refunds`, { body: { amount: '1.00', api_refund: false } });
    expect(shop.woo.stock(10)).toBe(98);
    const line_items = [{ id: line, quantity: 1, refund_total: '19.99' }];
    await shop.rest('POST', `${ORDERS}/${id}/refunds`, { body: { line_items, api_refund: false } });
    expect(shop.woo.stock(10)).toBe(99);
    const kept = { line_items, api_refund: false, api_restock: false, amount: '1.00' };
    await shop.rest('POST', `${ORDERS}/${id}/refunds`, { body: kept });
    expect(shop.woo.stock(10)).toBe(99);
  });

  it('a status of refunded set by hand makes a refund row over the rest', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'processing');
    await shop.rest('POST', `${ORDERS}/${id}/refunds`, { body: { amount: '5.00', api_refund: false } });
    const reply = await shop.rest('PUT', `${ORDERS}/${id}`, { body: { status: 'refunded' } });
    const { refunds } = z
      .looseObject({ refunds: z.array(z.looseObject({ total: z.string() })) })
      .parse(reply.body);
    expect(refunds.map(({ total }) => total).sort()).toEqual(['-14.99', '-5.00']);
  });
});

describe('batch and create (woocommerce.md 5.3)', () => {
  it('leaves an invalid status out in silence, and reports other faults per item', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'processing');
    const update = [
      { id, status: 'nope' },
      { id, currency: 'USDT' },
      { id: 999_999, status: 'on-hold' },
    ];
    const { status, body } = await shop.rest('POST', `${ORDERS}/batch`, { body: { update } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      update: [
        { id, status: 'processing' },
        { id, error: { code: 'order_invalid_currency' } },
        { id: 999_999, error: { code: 'woocommerce_rest_shop_order_invalid_id' } },
      ],
    });
  });

  it('takes 100 items and refuses 101 with 413', async () => {
    const { rest } = await startShop();
    const items = (count: number) => ({
      body: { delete: Array.from({ length: count }, (_, index) => 900 + index) },
    });
    expect((await rest('POST', `${ORDERS}/batch`, items(100))).status).toBe(200);
    const refused = await rest('POST', `${ORDERS}/batch`, items(101));
    expect(refused).toMatchObject({
      status: 413,
      body: { code: 'woocommerce_rest_request_entity_too_large' },
    });
  });

  it('creates and deletes in a batch', async () => {
    const { rest } = await startShop();
    const made = await rest('POST', `${ORDERS}/batch`, { body: { create: [hoodie] } });
    const [created] = z.looseObject({ create: z.array(orderBody) }).parse(made.body).create;
    const gone = await rest('POST', `${ORDERS}/batch`, { body: { delete: [created?.id, 0] } });
    expect(gone.body).toMatchObject({ delete: [{ id: created?.id }] });
  });

  it('refuses a line without a product, a trashed order twice, and what the double does not know', async () => {
    const { rest } = await startShop();
    expect((await rest('POST', ORDERS, { body: { line_items: [{ quantity: 1 }] } })).body).toMatchObject({
      code: 'woocommerce_rest_required_product_reference',
    });
    const { id } = read(await rest('POST', ORDERS, { body: hoodie }));
    await rest('DELETE', `${ORDERS}/${id}`);
    expect((await rest('DELETE', `${ORDERS}/${id}`)).status).toBe(410);
    expect(
      (await rest('POST', ORDERS, { body: { fee_lines: [{ name: 'fee', total: '1.00' }] } })).status,
    ).toBe(501);
  });

  it('a wrong type is named with its path', async () => {
    const { rest } = await startShop();
    const body = {
      line_items: [{ product_id: 10, quantity: 'two' }],
      billing: { city: 5 },
      set_paid: 'maybe',
    };
    const reply = await rest('POST', ORDERS, { body });
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      code: 'rest_invalid_param',
      message: 'Invalid parameter(s): billing, set_paid, line_items',
      data: {
        params: {
          billing: 'billing[city] is not of type string.',
          set_paid: 'set_paid is not of type boolean.',
          line_items: 'line_items[0][quantity] is not of type integer.',
        },
      },
    });
  });
});

describe('a 200 that changed nothing (woocommerce.md 2.1, 5.3)', () => {
  it.each([
    ['total', '1.00'],
    ['date_paid', '2026-01-01T00:00:00'],
    ['date_paid_gmt', '2026-01-01T00:00:00'],
    ['order_key', 'wc_order_mine'],
    ['number', '7'],
    ['version', '1.0.0'],
    ['needs_payment', false],
    ['refunds', [{ id: 1, total: '-19.99' }]],
    ['gatewright', 'unknown'],
  ])('%s is read-only or unknown: the write is answered with 200 and the old order', async (field, value) => {
    const { rest } = await startShop();
    const { id } = read(await rest('POST', ORDERS, { body: hoodie }));
    const before = await rest('GET', `${ORDERS}/${id}`);
    const reply = await rest('PUT', `${ORDERS}/${id}`, { body: { [field]: value } });
    expect(reply).toMatchObject({ status: 200, body: before.body });
    expect((await rest('GET', `${ORDERS}/${id}`)).body).toEqual(before.body);
  });
});

describe('amounts (woocommerce.md 5.4)', () => {
  it('keeps two decimals for every currency; dp shows the precision of the items', async () => {
    const { rest } = await startShop();
    const line_items = [{ product_id: 10, quantity: 1, total: '0.00012345' }];
    const { id } = read(await rest('POST', ORDERS, { body: { currency: 'BTC', line_items } }));
    expect(read(await rest('GET', `${ORDERS}/${id}`)).total).toBe('0.00');
    const fine = await rest('GET', `${ORDERS}/${id}?dp=8`);
    expect(fine.body).toMatchObject({ total: '0.00000000', line_items: [{ total: '0.00012345' }] });
    const yen = await rest('POST', ORDERS, { body: { ...hoodie, currency: 'JPY' } });
    expect(read(yen).total).toBe('19.99');
  });

  it('a shop in yen has two decimals too', async () => {
    const { rest } = await startShop({ currency: 'JPY' });
    const order = await rest('POST', ORDERS, { body: hoodie });
    expect(order.body).toMatchObject({ currency: 'JPY', total: '19.99' });
  });

  it('sums and rounds half up', async () => {
    const { rest } = await startShop();
    const line = { product_id: 10, quantity: 3, total: '0.1' };
    const reply = await rest('POST', ORDERS, { body: { line_items: [line, { ...line, total: '0.105' }] } });
    expect(read(reply).total).toBe('0.21');
  });
});

describe('meta data and notes (woocommerce.md 5.6)', () => {
  it('upserts by key, deletes by null, shows keys that begin with _', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'pending');
    const put = async (meta_data: unknown): Promise<unknown> =>
      z
        .looseObject({ meta_data: z.array(z.looseObject({ key: z.string(), value: z.unknown() })) })
        .parse((await shop.rest('PUT', `${ORDERS}/${id}`, { body: { meta_data } })).body)
        .meta_data.map(({ key, value }) => [key, value]);
    expect(
      await put([
        { key: '_b', value: '1' },
        { key: 'a', value: [1, { x: null }] },
      ]),
    ).toEqual([
      ['_b', '1'],
      ['a', [1, { x: null }]],
    ]);
    expect(await put([{ key: '_b', value: '2' }])).toEqual([
      ['_b', '2'],
      ['a', [1, { x: null }]],
    ]);
    expect(await put([{ key: 'a', value: null }])).toEqual([['_b', '2']]);
  });

  it('strips scripts from a note and keeps links and bold text', async () => {
    const shop = await startShop();
    const id = await orderIn(shop, 'pending');
    const note = '<script>alert(1)</script><b>paid</b> <a href="https://x.test">tx</a><img src=x onerror=y>';
    const reply = await shop.rest('POST', `${ORDERS}/${id}/notes`, { body: { note } });
    expect(reply.body).toMatchObject({ note: '<b>paid</b> <a href="https://x.test">tx</a>' });
  });
});

describe('lists (woocommerce.md 5.5)', () => {
  const idsOf = (reply: RestReply): number[] =>
    z
      .array(orderBody)
      .parse(reply.body)
      .map(({ id }) => id);

  it('reconciles by modified_after, oldest first, in whole seconds', async () => {
    const shop = await startShop();
    const first = await orderIn(shop, 'pending');
    shop.clock.advance(2_000);
    const second = await orderIn(shop, 'pending');
    shop.clock.advance(2_000);
    await shop.rest('PUT', `${ORDERS}/${first}`, { body: { customer_note: 'x' } });
    const list = (query: string) =>
      shop.rest('GET', `${ORDERS}?${query}&dates_are_gmt=true&orderby=modified&order=asc`);
    expect(idsOf(await list('modified_after=2026-11-21T08:13:45'))).toEqual([second, first]);
    expect(idsOf(await list('modified_after=2026-11-21T08:13:48Z'))).toEqual([first]);
    expect(idsOf(await list('modified_after=2026-11-21T08:13:50'))).toEqual([]);
    expect((await list('modified_after=yesterday')).status).toBe(400);
  });

  it('search finds an e-mail address and no meta value', async () => {
    const shop = await startShop();
    const { id } = await shop.woo.shopper.placeOrder();
    await shop.rest('PUT', `${ORDERS}/${id}`, {
      body: { meta_data: [{ key: '_invoice', value: 'inv_77' }] },
    });
    expect(idsOf(await shop.rest('GET', `${ORDERS}?search=ann@example.test`))).toEqual([id]);
    expect(idsOf(await shop.rest('GET', `${ORDERS}?search=inv_77`))).toEqual([]);
  });

  it('filters by status, include and exclude', async () => {
    const shop = await startShop();
    const held = await orderIn(shop, 'on-hold');
    const paid = await orderIn(shop, 'processing');
    const open = await orderIn(shop, 'pending');
    await shop.rest('DELETE', `${ORDERS}/${open}`);
    expect(idsOf(await shop.rest('GET', `${ORDERS}?status[0]=on-hold&status[1]=processing`))).toEqual([
      paid,
      held,
    ]);
    expect(idsOf(await shop.rest('GET', `${ORDERS}?status=on-hold,processing&exclude=${paid}`))).toEqual([
      held,
    ]);
    expect(idsOf(await shop.rest('GET', `${ORDERS}?include=${paid}`))).toEqual([paid]);
    expect(idsOf(await shop.rest('GET', `${ORDERS}?status=trash`))).toEqual([open]);
    expect((await shop.rest('GET', `${ORDERS}?status=paid`)).status).toBe(400);
  });
});
