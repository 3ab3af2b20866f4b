import { hours, minutes, orderKeySchema } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { browser } from './support/browser.ts';
import { cryptoPayOf, payNewest } from './support/crypto-pay.ts';
import { choose, deliver as deliverTo, linksIn, openHostedShop } from './support/hosted-shop.ts';
import { tokenOf } from './support/operator-call.ts';
import { startWorld } from './support/world.ts';

const hoodie = 10;

const opened = async (restOnly?: unknown) => {
  const world = await startWorld();
  const shop = await openHostedShop(world, restOnly);
  return { ...world, ...shop, stock: shop.woo.stock(hoodie) ?? Number.NaN };
};

type Scene = Awaited<ReturnType<typeof opened>>;

const deliver = (scene: Scene): Promise<void> => deliverTo(scene, scene);

/** A bank transfer puts its order on hold, as WooCommerce's own does. */
const placeOrder = async (scene: Scene, total = '49.90', held = true): Promise<number> => {
  const { id } = await scene.woo.shopper.placeOrder({ total, method: 'bacs' });
  if (held) await scene.woo.merchant.setStatus(id, 'on-hold');
  await deliver(scene);
  return id;
};

const reviewsOf = async ({ bridge, store }: Scene) => {
  const open = await bridge.ports.ledger.transact((tx) =>
    tx.reviews.page(store, { state: 'open', limit: 100 }),
  );
  return open.map(({ kind }) => kind);
};

const invoicesOf = ({ bridge, store }: Scene, orderId: number) =>
  bridge.ports.ledger.transact((tx) => tx.invoices.ofOrder(store, orderKeySchema.parse(String(orderId))));

const started = async (held = true) => {
  const scene = await opened();
  const orderId = await placeOrder(scene, '49.90', held);
  const [link = ''] = linksIn(scene, orderId);
  expect((await choose(scene, link)).status).toBe(303);
  return { scene, orderId, link };
};

describe('a shop without the plugin, in REST-only mode', () => {
  test.each([
    ['on hold', true],
    ['pending', false],
  ])('an order that is %s gets one link by e-mail and is paid once by it', async (_name, held) => {
    const { scene, orderId, link } = await started(held);
    expect(scene.woo.events.emails('Customer note', orderId)).toBe(1);
    expect(scene.woo.orders(orderId)?.metaData).toContainEqual(
      expect.objectContaining({ key: '_gatewright_pay_link', value: link }),
    );
    await payNewest(scene);
    await scene.bridge.work();
    const order = scene.woo.orders(orderId);
    expect(order?.status).toBe('processing');
    expect(order?.transactionId).not.toBe('');
    expect(scene.woo.stock(hoodie)).toBe(scene.stock - 1);
    expect(scene.woo.events.paymentComplete(orderId)).toBe(1);
    await deliver(scene);
    await scene.simulators.clock.advance(hours(2));
    await scene.bridge.work();
    expect(scene.woo.events.emails('Customer note', orderId)).toBe(1);
    expect(await reviewsOf(scene)).toEqual([]);
  });

  test('is off by default: nothing is written into a shop that did not ask for it', async () => {
    const scene = await opened(null);
    const orderId = await placeOrder(scene);
    expect(linksIn(scene, orderId)).toEqual([]);
    expect(scene.woo.orders(orderId)?.metaData).toEqual([]);
  });

  test('orders by other methods, free ones and drafts are left alone', async () => {
    const scene = await opened({ methods: ['cheque'] });
    const foreign = await placeOrder(scene);
    expect(linksIn(scene, foreign)).toEqual([]);
    const free = await opened();
    const orderId = await placeOrder(free, '0.00', false);
    expect(linksIn(free, orderId)).toEqual([]);
  });

  test('an order that no account can take gets no link and stands in front of a person once, until one can', async () => {
    const scene = await opened();
    const { vault, ports } = scene.bridge;
    await vault.setAccountEnabled(scene.account.id, false);
    const orderId = await placeOrder(scene);
    await scene.woo.merchant.editTotal(orderId, '49.00');
    await deliver(scene);
    expect(linksIn(scene, orderId)).toEqual([]);
    const [item] = await ports.ledger.transact((tx) =>
      tx.reviews.page(scene.store, { state: 'open', limit: 100 }),
    );
    expect(item?.detail).toContain('Crypto Pay: This account is switched off.');
    expect(item?.orderKey).toBe(String(orderId));
    const resolution = { by: 'ann', reason: 'seen', decision: 'ignore', at: scene.simulators.clock.now() };
    await ports.ledger.transact((tx) => tx.reviews.resolve(scene.store, item?.id ?? '', resolution));
    for (let i = 0; i < 110; i += 1) {
      await scene.simulators.clock.advance(minutes(16));
      await scene.bridge.work();
    }
    expect(await reviewsOf(scene)).toEqual([]);
    expect(linksIn(scene, orderId)).toEqual([]);
    await vault.setAccountEnabled(scene.account.id, true);
    await scene.simulators.clock.advance(minutes(16));
    await scene.bridge.work();
    expect(linksIn(scene, orderId)).toHaveLength(1);
  });

  test('the owner words the note, and what a note may not hold shows as text', async () => {
    const scene = await opened({ methods: ['bacs'], linkText: 'Zahlen <b>{amount}</b> für {order}: {link}' });
    const orderId = await placeOrder(scene);
    const [note] = scene.woo.notes(orderId).filter(({ customerNote }) => customerNote);
    expect(note?.text).toMatch(/^Zahlen &lt;b&gt;49\.90? USD&lt;\/b&gt; für \d+: http/);
  });

  test('a process that dies between the note and the mark sends no second e-mail', async () => {
    const scene = await opened();
    const { id } = await scene.woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
    scene.woo.disturb('lost-answer', { requests: 1, on: /^POST .*\/notes$/ });
    await deliver(scene);
    expect(linksIn(scene, id)).toHaveLength(1);
    await scene.simulators.clock.advance(minutes(1));
    await scene.bridge.work();
    expect(linksIn(scene, id)).toHaveLength(1);
    expect(scene.woo.events.emails('Customer note', id)).toBe(1);
    expect(scene.woo.orders(id)?.metaData.some(({ key }) => key === '_gatewright_pay_link')).toBe(true);
  });

  test.each(['html-with-200', 'maintenance', 'bad-gateway', 'redirect', 'no-answer'] as const)(
    'a shop that answers %s loses nothing: the link and the payment come when it is back',
    async (kind) => {
      const scene = await opened();
      const { id } = await scene.woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
      scene.woo.disturb(kind);
      await deliver(scene);
      expect(linksIn(scene, id)).toEqual([]);
      scene.woo.calm();
      await scene.simulators.clock.advance(minutes(1));
      await scene.bridge.work();
      const [link = ''] = linksIn(scene, id);
      await choose(scene, link);
      scene.woo.disturb(kind);
      await payNewest(scene);
      await scene.bridge.work();
      expect(scene.woo.orders(id)?.status).toBe('pending');
      scene.woo.calm();
      await scene.simulators.clock.advance(minutes(2));
      await scene.bridge.work();
      expect(scene.woo.orders(id)?.status).toBe('processing');
      expect(scene.woo.events.paymentComplete(id)).toBe(1);
    },
  );

  test('the answer to the payment is lost: read first, paid once', async () => {
    const { scene, orderId } = await started();
    scene.woo.disturb('lost-answer', { requests: 1, on: /^PUT .*\/orders\/\d+$/ });
    await payNewest(scene);
    await scene.bridge.work();
    await scene.simulators.clock.advance(minutes(1));
    await scene.bridge.work();
    expect(scene.woo.orders(orderId)?.status).toBe('processing');
    expect(scene.woo.events.paymentComplete(orderId)).toBe(1);
    expect(scene.woo.stock(hoodie)).toBe(scene.stock - 1);
  });
});

describe('deliveries that never come (woocommerce.md 4.2)', () => {
  test('an order whose webhook is not delivered is found by asking the shop, once', async () => {
    const scene = await opened();
    const { id } = await scene.woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
    await scene.simulators.clock.advance(minutes(6));
    await scene.bridge.watch();
    await scene.bridge.work();
    expect(linksIn(scene, id)).toHaveLength(1);
    await scene.simulators.clock.advance(minutes(6));
    await scene.bridge.watch();
    await deliver(scene);
    expect(scene.woo.events.emails('Customer note', id)).toBe(1);
  });

  test('a cancelled order is found too, and orders from before the mode was on are left alone', async () => {
    const scene = await opened(null);
    const { id: old } = await scene.woo.shopper.placeOrder({ total: '20.00', method: 'bacs' });
    await scene.woo.runCron();
    await scene.simulators.clock.advance(hours(1));
    await scene.bridge.vault.setSettings(scene.store, { restOnly: { methods: ['bacs'] } });
    const { id } = await scene.woo.shopper.placeOrder({ total: '49.90', method: 'bacs' });
    await scene.bridge.watch();
    await scene.bridge.work();
    expect(linksIn(scene, old)).toEqual([]);
    const [link = ''] = linksIn(scene, id);
    await choose(scene, link);
    await scene.woo.merchant.cancel(id);
    await scene.simulators.clock.advance(minutes(6));
    await scene.bridge.watch();
    await scene.bridge.work();
    expect((await invoicesOf(scene, id)).map(({ status }) => status)).toEqual(['canceled']);
  });
});

test('orders from a time in which the mode was off get no link when it is on again', async () => {
  const scene = await opened();
  await scene.bridge.vault.setSettings(scene.store, { restOnly: null });
  const { id } = await scene.woo.shopper.placeOrder({ total: '20.00', method: 'bacs' });
  await scene.woo.runCron();
  await scene.simulators.clock.advance(hours(1));
  const owner = browser(scene.bridge.publicUrl);
  const token = await tokenOf(scene, scene.store);
  await owner.post('/connect', { store: scene.woo.url, token });
  const on = await owner.submit('/connect', '/connect/rest-mode', { mode: 'on', methods: 'bacs' });
  expect(on.status).toBe(303);
  await scene.bridge.watch();
  await scene.simulators.clock.advance(minutes(6));
  await scene.bridge.watch();
  await scene.bridge.work();
  expect(linksIn(scene, id)).toEqual([]);
});

describe('a person decides in a shop without the plugin', () => {
  test('an order cancelled before anybody chose how to pay can no longer be paid', async () => {
    const scene = await opened();
    const orderId = await placeOrder(scene);
    const [link = ''] = linksIn(scene, orderId);
    await scene.woo.merchant.cancel(orderId);
    await deliver(scene);
    expect((await choose(scene, link)).status).not.toBe(303);
    expect(cryptoPayOf(scene).payments()).toEqual([]);
  });

  test('an order cancelled with a payment open is cancelled at the gateway', async () => {
    const { scene, orderId } = await started();
    await scene.woo.merchant.cancel(orderId);
    await deliver(scene);
    expect((await invoicesOf(scene, orderId)).map(({ status }) => status)).toEqual(['canceled']);
  });

  test('money for an order that was cancelled meanwhile revives nothing and waits for a person', async () => {
    const { scene, orderId } = await started();
    await scene.woo.merchant.cancel(orderId);
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.woo.orders(orderId)?.status).toBe('cancelled');
    expect(scene.woo.orders(orderId)?.transactionId).toBe('');
    expect(await reviewsOf(scene)).toContain('storefront_refused');
  });

  test('an order whose total was changed is asked for at its new total, on the same page', async () => {
    const scene = await opened();
    const orderId = await placeOrder(scene);
    await scene.woo.merchant.editTotal(orderId, '60.00');
    await deliver(scene);
    const links = linksIn(scene, orderId);
    expect(links).toHaveLength(1);
    await choose(scene, links[0] ?? '');
    const [invoice] = await invoicesOf(scene, orderId);
    expect(invoice?.order.amount).toBe('60.00');
  });

  test('a total changed after the payment began: held for a person, not booked', async () => {
    const { scene, orderId } = await started();
    await scene.woo.merchant.editTotal(orderId, '60.00');
    await payNewest(scene);
    await scene.bridge.work();
    expect(scene.woo.orders(orderId)?.status).toBe('on-hold');
    expect(await reviewsOf(scene)).toContain('storefront_refused');
  });

  test('a refund made in the shop stands in front of a person once: no gateway was asked', async () => {
    const { scene, orderId } = await started();
    await payNewest(scene);
    await scene.bridge.work();
    await scene.woo.merchant.refund(orderId, '10.00', { api: false });
    await deliver(scene);
    await scene.woo.merchant.setStatus(orderId, 'completed');
    await deliver(scene);
    const open = await scene.bridge.ports.ledger.transact((tx) =>
      tx.reviews.page(scene.store, { state: 'open', limit: 100 }),
    );
    expect(open.map(({ kind }) => kind)).toEqual(['refund_due']);
    expect(open[0]?.detail).toContain('10.00 USD');
    const resolution = { by: 'ann', reason: 'sent', decision: 'ignore', at: scene.simulators.clock.now() };
    await scene.bridge.ports.ledger.transact((tx) =>
      tx.reviews.resolve(scene.store, open[0]?.id ?? '', resolution),
    );
    await scene.woo.merchant.editTotal(orderId, '48.00');
    await deliver(scene);
    expect(await reviewsOf(scene)).toEqual([]);
  });

  test('an order that nobody paid in time is cancelled in the shop', async () => {
    const { scene, orderId } = await started();
    await scene.simulators.clock.advance(hours(73));
    await scene.bridge.reconcile();
    await scene.simulators.clock.advance(minutes(10));
    await scene.bridge.work();
    expect(scene.woo.orders(orderId)?.status).toBe('cancelled');
  });
});
