import { describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import type { Purchase } from '../../src/medusa/scene.ts';
import { AnswerError } from '../../src/medusa/server/json-client.ts';
import { addProduct } from '../../src/medusa/shop/seed.ts';
import { sceneIn, usePlace, useShop } from './open-shops.ts';

const place = usePlace();
const shop = useShop(place, { name: 'admin_api', orderTiming: 'after_payment' });
const scene = () => sceneIn(place(), shop(), 'crypto-pay');

const anything = z.record(z.string(), z.any());
const get = (path: string) => shop().merchant.get(`/admin/gatewright${path}`, anything);
const post = (path: string, body: unknown) =>
  shop().merchant.post(`/admin/gatewright${path}`, body, anything);

/** Status and code of a refusal. */
const refusal = async (asking: Promise<unknown>): Promise<string> => {
  try {
    await asking;
    return 'taken';
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    return `${error.status} ${/"code":"([a-z-]+)"/.exec(error.message)?.[1]}`;
  }
};

const paidOrder = async () => {
  const playing = scene();
  const purchase = await playing.checkout();
  expect(await playing.act('pay', purchase)).toEqual({ ok: true });
  await playing.live(5);
  const order = await playing.order(purchase);
  if (!order) throw new Error('no order');
  return { playing, purchase, order };
};

const openReviewOf = async ({ cart }: Purchase) => {
  const { reviews } = await get('/reviews?limit=100');
  return z
    .array(anything)
    .parse(reviews)
    .find((item) => item.order_key === cart);
};

it('lets nobody in who is not signed in', async () => {
  for (const path of ['settings', 'reviews', 'orders/order_1'])
    expect((await fetch(`${shop().publicUrl}/admin/gatewright/${path}`)).status).toBe(401);
});

it('shows the set-up without a credential', async () => {
  const answer = await get('/settings?check=true');
  const text = JSON.stringify(answer);
  for (const { options } of shop().entries)
    for (const [name, value] of Object.entries(options))
      if (typeof value === 'string' && name !== 'gateway' && value.length > 12 && !value.startsWith('http'))
        expect(text).not.toContain(value);
  expect(answer.settings).toMatchObject({ order_timing: 'after_payment', sandbox: true, checked: true });
  const accounts = z.array(anything).parse(answer.settings.accounts);
  expect(accounts.map(({ entry }) => entry)).toEqual(shop().entries.map(({ id }) => id));
  expect(accounts[0]?.webhook_url).toBe(`${shop().publicUrl}/gatewright/webhooks/${accounts[0]?.id}`);
});

it('shows an order with its payment, and looks at the gateway when asked', async () => {
  const { order, purchase } = await paidOrder();
  const shown = await get(`/orders/${order.id}`);
  expect(shown.payments).toMatchObject([
    {
      order_key: purchase.cart,
      paid: true,
      booked: true,
      invoices: [{ status: 'settled', paid_the_order: true, title: 'Crypto Pay' }],
      instructions: [{ kind: 'settle', state: 'done' }],
    },
  ]);
  expect(await post(`/orders/${order.id}/recheck`, {})).toEqual(shown);
  expect(await get('/orders/order_nobody')).toEqual({ order_id: 'order_nobody', payments: [] });
});

describe('a refund made by hand', () => {
  it('is booked in Medusa, and the shopper sees it', async () => {
    const { playing, order, purchase } = await paidOrder();
    const invoice = (await get(`/orders/${order.id}`)).payments[0].invoices[0].id;
    const record = (amount: unknown, reason = 'sent by hand') =>
      post(`/invoices/${invoice}/record-refund`, { amount, reason });
    expect(await playing.refund(purchase, 20.5)).toMatchObject({ ok: false });
    expect((await record('20.50')).invoice.refunds).toMatchObject([
      { state: 'manual', order_amount: { amount: '20.5', currency: 'USD' } },
    ]);
    expect(await playing.outcome(purchase)).toBe('partially_refunded, refunded 20.50; page: paid');
    expect(await refusal(record('29.51'))).toBe('422 more-than-paid');
    expect(await refusal(record('0'))).toBe('422 amount-zero');
    expect(await refusal(record('1.999'))).toBe('422 amount-scale');
    expect(await refusal(record(5))).toBe('400 malformed');
    expect(await refusal(record('5', ' '))).toBe('400 malformed');
    await record('29.50');
    expect(await playing.outcome(purchase)).toBe('refunded; page: refunded');
  });
});

describe('the review queue', () => {
  it('makes the order of a payment that was accepted after restocking, in the name of who was signed in', async () => {
    const { merchant, seeded } = shop();
    const variant = await addProduct(merchant, seeded, { title: 'Last one', price: 50, stock: 1 });
    const { variants } = await merchant.get(
      `/admin/product-variants?id=${variant}&fields=*inventory_items`,
      z.object({
        variants: z.array(
          z.object({ inventory_items: z.array(z.object({ inventory_item_id: z.string() })).min(1) }),
        ),
      }),
    );
    const item = variants[0]?.inventory_items[0]?.inventory_item_id;
    const stock = (count: number) =>
      merchant.post(
        `/admin/inventory-items/${item}/location-levels/${seeded.location}`,
        { stocked_quantity: count },
        z.unknown(),
      );
    const playing = scene();
    const purchase = await playing.checkout([variant]);
    await stock(0);
    expect(await playing.act('pay', purchase)).toEqual({ ok: true });
    await playing.live(5);
    expect(await playing.outcome(purchase)).toBe('no order, in review; page: held');
    const review = await openReviewOf(purchase);
    expect(review?.detail).toContain('Not enough stock available');
    expect((await get(`/reviews/${review?.id}`)).payment).toMatchObject({
      paid: false,
      invoices: [{ status: 'settled' }],
      instructions: [{ kind: 'settle', state: 'refused' }],
    });
    const resolve = (body: object) => post(`/reviews/${review?.id}/resolve`, body);
    expect(await refusal(resolve({ decision: 'accept', amount: '50.00' }))).toBe('400 malformed');
    expect(await refusal(resolve({ decision: 'accept', reason: 'restocked' }))).toBe('422 amount-missing');
    await stock(1);
    const { review: resolved } = await resolve({ decision: 'accept', amount: '50.00', reason: 'restocked' });
    expect(resolved.resolution).toMatchObject({
      by: inject('medusaBase').login.email,
      decision: 'accept 50.00 USD',
    });
    await playing.live(5);
    expect(await playing.outcome(purchase)).toBe('captured; page: paid');
    expect(await refusal(resolve({ decision: 'ignore', reason: 'again' }))).toBe('409 already-resolved');
  });

  it('makes the order of a cart that grew, where the owner accepts the smaller payment for it', async () => {
    const playing = sceneIn(place(), shop(), 'teleport-pay');
    const purchase = await playing.checkout();
    await shop().shopper.addToCart(purchase.cart, shop().seeded.bulb);
    expect(await playing.act('pay', purchase)).toEqual({ ok: true });
    await playing.live(10);
    expect(await playing.outcome(purchase)).toBe('no order, in review; page: held');
    const review = await openReviewOf(purchase);
    await post(`/reviews/${review?.id}/resolve`, { decision: 'accept', amount: '60.00', reason: 'goodwill' });
    await playing.live(5);
    expect(await playing.outcome(purchase)).toBe('captured, captured 60.00; page: paid');
  });

  it('is shown in pages', async () => {
    const all = await get('/reviews?state=all&limit=1&offset=1');
    expect(all).toMatchObject({ limit: 1, offset: 1 });
    expect(all.reviews.length).toBe(Math.min(1, Math.max(0, all.count - 1)));
    expect(await refusal(get('/reviews?limit=1000'))).toBe('400 malformed');
    expect(await refusal(get('/reviews/nope'))).toBe('404 review-unknown');
  });
});

/** The owner adds something to a paid order; Medusa asks for the rest in a collection that has no cart. */
const addBulb = async (order: string): Promise<string> => {
  const { merchant, seeded } = shop();
  const edit = (path: string, body: object) => merchant.post(`/admin/order-edits${path}`, body, anything);
  await edit('', { order_id: order });
  await edit(`/${order}/items`, { items: [{ variant_id: seeded.bulb, quantity: 1 }] });
  await edit(`/${order}/request`, {});
  await edit(`/${order}/confirm`, {});
  const { order: changed } = await merchant.get(
    `/admin/orders/${order}?fields=*payment_collections`,
    anything,
  );
  const collections = z
    .array(z.object({ id: z.string(), status: z.string() }))
    .parse(changed.payment_collections);
  const open = collections.find(({ status }) => status === 'not_paid');
  if (open) return open.id;
  const made = await merchant.post('/admin/payment-collections', { order_id: order, amount: 10 }, anything);
  return made.payment_collection.id;
};

it('books what is paid for an order edit, which has no cart', async () => {
  const { playing, order } = await paidOrder();
  const collection = await addBulb(order.id);
  const session = await shop().shopper.startPayment(collection, 'pp_gatewright_crypto-pay');
  const [payment] = place()
    .simulators.gateways['crypto-pay'].payments()
    .filter(({ amount, status }) => amount === '10' && status === 'active');
  expect(session.data.checkout_url).toContain('/gatewright/pay/');
  expect(await playing.simulator.shopper.pay(payment?.id ?? '')).toEqual({ ok: true });
  await playing.live(5);
  const { payments } = await get(`/orders/${order.id}`);
  expect(payments).toMatchObject([
    { paid: true, booked: true },
    { order_key: collection, paid: true, booked: true, amount: { amount: '10' } },
  ]);
  const { order: paid } = await shop().merchant.get(
    `/admin/orders/${order.id}?fields=summary,payment_status`,
    anything,
  );
  expect(paid.payment_status).toBe('captured');
});
