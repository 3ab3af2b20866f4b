import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { type Receiver, startReceiver } from './support/receiver.ts';
import { type Shop, startShop } from './support/shop.ts';

const WEBHOOKS = '/wp-json/wc/v3/webhooks';
const ORDERS = '/wp-json/wc/v3/orders';

interface Hooked extends Shop {
  readonly to: Receiver;
}

const hookedShop = async (topics: readonly string[], options = {}): Promise<Hooked> => {
  const shop = await startShop(options);
  const to = await startReceiver();
  onTestFinished(() => to.close());
  for (const topic of topics) {
    await shop.rest('POST', WEBHOOKS, { body: { topic, delivery_url: `${to.url}/woo`, secret: 's' } });
  }
  to.received.length = 0;
  return { ...shop, to };
};

const topicsAt = (to: Receiver): unknown[] => to.received.map(({ headers }) => headers['x-wc-webhook-topic']);
const hookStatus = async ({ rest }: Shop, id = 1): Promise<unknown> =>
  z.object({ status: z.string() }).parse((await rest('GET', `${WEBHOOKS}/${id}`)).body).status;

const bodyAt = (to: Receiver, index: number): unknown => JSON.parse(to.received[index]?.body ?? 'null');

describe('webhooks (woocommerce.md 4.2)', () => {
  it('delivers nothing before a cron run', async () => {
    const shop = await hookedShop(['order.created']);
    await shop.woo.shopper.placeOrder();
    expect(shop.to.received).toEqual([]);
    await shop.woo.runCron();
    expect(topicsAt(shop.to)).toEqual(['order.created']);
  });

  it('coalesces five updates into one delivery with the last state, built at delivery time', async () => {
    const shop = await hookedShop(['order.updated']);
    const { id } = await shop.woo.shopper.placeOrder();
    for (let update = 1; update <= 5; update += 1) {
      await shop.rest('PUT', `${ORDERS}/${id}`, { body: { customer_note: `note ${update}` } });
    }
    await shop.woo.runCron();
    expect(shop.to.received).toHaveLength(1);
    expect(bodyAt(shop.to, 0)).toMatchObject({ id, customer_note: 'note 5' });
    await shop.woo.runCron();
    expect(shop.to.received).toHaveLength(1);
  });

  it('an order.created that comes late tells of the order as it has become', async () => {
    const shop = await hookedShop(['order.created']);
    const { id } = await shop.woo.shopper.placeOrder({ method: 'bacs' });
    await shop.rest('PUT', `${ORDERS}/${id}`, { body: { set_paid: true, transaction_id: 'tx' } });
    shop.clock.advance(600_000);
    await shop.woo.merchant.refund(id, '19.99', { api: false });
    await shop.woo.runCron();
    expect(topicsAt(shop.to)).toEqual(['order.created']);
    expect(bodyAt(shop.to, 0)).toMatchObject({ id, status: 'refunded', transaction_id: 'tx' });
  });

  it('gives all deliveries of one hook in one second the same Delivery-ID', async () => {
    const shop = await hookedShop(['order.created']);
    await shop.woo.shopper.placeOrder();
    await shop.woo.shopper.placeOrder();
    await shop.woo.runCron();
    shop.clock.advance(1_000);
    await shop.woo.shopper.placeOrder();
    await shop.woo.runCron();
    const [first, second, third] = shop.to.received.map(({ headers }) => headers['x-wc-webhook-delivery-id']);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('stays active for six failures and is disabled by the seventh', async () => {
    const shop = await hookedShop(['order.created']);
    shop.to.answer = () => ({ status: 404 });
    for (let failure = 1; failure <= 7; failure += 1) {
      expect(await hookStatus(shop)).toBe('active');
      await shop.woo.shopper.placeOrder();
      await shop.woo.runCron();
    }
    expect(await hookStatus(shop)).toBe('disabled');
    shop.to.received.length = 0;
    await shop.woo.shopper.placeOrder();
    await shop.woo.runCron();
    expect(shop.to.received).toEqual([]);
  });

  it('is enabled again by PUT active, and counts from zero only after a success', async () => {
    const shop = await hookedShop(['order.created']);
    const deliver = async (status: number): Promise<unknown> => {
      shop.to.answer = () => ({ status });
      await shop.woo.shopper.placeOrder();
      await shop.woo.runCron();
      return hookStatus(shop);
    };
    for (let failure = 1; failure <= 7; failure += 1) await deliver(500);
    await shop.rest('PUT', `${WEBHOOKS}/1`, { body: { status: 'active' } });
    expect(await deliver(500)).toBe('disabled');
    await shop.rest('PUT', `${WEBHOOKS}/1`, { body: { status: 'active' } });
    expect(await deliver(200)).toBe('active');
    for (let failure = 1; failure <= 6; failure += 1) expect(await deliver(500)).toBe('active');
    expect(await deliver(500)).toBe('disabled');
  });

  it.each([
    [204, 'active'],
    [301, 'active'],
    [302, 'active'],
    [307, 'disabled'],
  ])('counts an answer of %i so that the hook is %s after seven', async (status, expected) => {
    const shop = await hookedShop(['order.created']);
    shop.to.answer = () => ({ status, headers: { Location: shop.to.url } });
    for (let delivery = 1; delivery <= 7; delivery += 1) {
      await shop.woo.shopper.placeOrder();
      await shop.woo.runCron();
    }
    expect(await hookStatus(shop)).toBe(expected);
    expect(shop.to.received).toHaveLength(7);
  });

  it('does not repeat a failed delivery', async () => {
    const shop = await hookedShop(['order.created']);
    shop.to.answer = () => ({ status: 500 });
    await shop.woo.shopper.placeOrder();
    await shop.woo.runCron();
    shop.to.answer = () => ({ status: 200 });
    await shop.woo.runCron();
    expect(shop.to.received).toHaveLength(1);
  });

  it('creates an active hook whatever status is asked for, and never returns the secret', async () => {
    const shop = await hookedShop([]);
    const body = { topic: 'order.created', delivery_url: shop.to.url, secret: 'hush', status: 'paused' };
    const created = await shop.rest('POST', WEBHOOKS, { body });
    expect(created.body).toMatchObject({ status: 'active' });
    expect(JSON.stringify([created.body, (await shop.rest('GET', WEBHOOKS)).body])).not.toContain('hush');
  });

  it('keeps a hook whose ping was not answered with exactly 200, and pings again when it is saved', async () => {
    const shop = await hookedShop([]);
    shop.to.answer = () => ({ status: 204 });
    const body = { topic: 'order.created', delivery_url: shop.to.url, secret: 's' };
    expect((await shop.rest('POST', WEBHOOKS, { body })).status).toBe(201);
    await shop.rest('PUT', `${WEBHOOKS}/1`, { body: { name: 'again' } });
    shop.to.answer = () => ({ status: 200 });
    await shop.rest('PUT', `${WEBHOOKS}/1`, { body: { name: 'once more' } });
    await shop.rest('PUT', `${WEBHOOKS}/1`, { body: { name: 'quiet' } });
    expect(shop.to.received.map((ping) => ping.body)).toEqual(Array(3).fill('webhook_id=1'));
  });

  it('order.deleted carries the id only, comes from the trash, and a direct force delete says nothing', async () => {
    const shop = await hookedShop(['order.deleted']);
    const first = await shop.woo.shopper.placeOrder();
    const second = await shop.woo.shopper.placeOrder();
    await shop.rest('DELETE', `${ORDERS}/${first.id}`);
    await shop.rest('DELETE', `${ORDERS}/${first.id}?force=true`);
    await shop.rest('DELETE', `${ORDERS}/${second.id}?force=true`);
    await shop.woo.runCron();
    expect(shop.to.received.map(({ body }) => body)).toEqual([`{"id":${first.id}}`]);
  });

  it('a refund gives order.updated with refunds[]', async () => {
    const shop = await hookedShop(['order.updated']);
    const { id } = await shop.woo.shopper.placeOrder({ method: 'bacs' });
    await shop.woo.runCron();
    shop.to.received.length = 0;
    await shop.woo.merchant.refund(id, '5.00', { api: false, reason: 'sorry' });
    await shop.woo.runCron();
    expect(bodyAt(shop.to, 0)).toMatchObject({ refunds: [{ reason: 'sorry', total: '-5.00' }] });
  });

  it('a Blocks checkout: order.updated with checkout-draft, then order.updated before order.created', async () => {
    const shop = await hookedShop(['order.created', 'order.updated']);
    await shop.woo.shopper.placeOrder({ via: 'store-api' });
    await shop.woo.runCron();
    expect(topicsAt(shop.to)).toEqual(['order.updated', 'order.created']);
    shop.to.received.length = 0;
    await shop.woo.shopper.placeOrder({ via: 'checkout' });
    await shop.woo.runCron();
    expect(topicsAt(shop.to)).toEqual(['order.created', 'order.updated']);
  });

  it('an order that is gone at delivery time becomes the error of the API', async () => {
    const shop = await hookedShop(['order.created']);
    const { id } = await shop.woo.shopper.placeOrder();
    await shop.rest('DELETE', `${ORDERS}/${id}?force=true`);
    await shop.woo.runCron();
    expect(bodyAt(shop.to, 0)).toMatchObject({ code: 'woocommerce_rest_shop_order_invalid_id' });
  });

  it('a real shop never delivers to loopback: the hook is created and disabled later', async () => {
    const shop = await hookedShop(['order.created'], { deliveryTargets: 'public-only' });
    for (let failure = 1; failure <= 7; failure += 1) {
      await shop.woo.shopper.placeOrder();
      await shop.woo.runCron();
    }
    expect(shop.to.received).toEqual([]);
    expect(await hookStatus(shop)).toBe('disabled');
    expect(shop.woo.log.map(({ reason }) => reason)).toContain('url-not-allowed');
  });
});
