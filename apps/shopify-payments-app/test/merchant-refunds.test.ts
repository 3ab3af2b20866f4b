import { days, hours } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { type AtThePages, pathOf, signIn } from './support/merchant-pages.ts';
import { choose, openAccount, startSession, startWorld, type World } from './support/world.ts';

/** A shop with one paid order of 49.90; Crypto Pay pays nothing back by itself, Gatenoc does. */
const paidOrder = async (gateway: 'crypto-pay' | 'gatenoc' = 'crypto-pay') => {
  const world = await startWorld({ merchantPages: true });
  const merchant = await signIn(world);
  const account = await openAccount(world, merchant.installed, gateway);
  await merchant.post('/app/activation', { intent: 'activate', handle: 'Anna' });
  merchant.shop.merchant.activate({ testMode: true });
  const started = await startSession(merchant.installed);
  await choose(started.redirectUrl, account);
  const { shopper, payments } = world.simulators.gateways[gateway];
  await shopper.pay(payments().at(-1)?.id ?? '');
  await world.app().work();
  const [order] = merchant.shop.orders();
  if (order?.financialStatus !== 'paid') throw new Error('not paid');
  return { world, merchant, order, payment: started.sessionId };
};

const ask = async ({ world, merchant, order }: Awaited<ReturnType<typeof paidOrder>>, amount?: string) => {
  const asked = await merchant.shop.merchant.refund(order.id, amount);
  if (!asked.ok) throw new Error(asked.reason);
  await world.app().work();
  return `/app/refunds/${asked.sessionId}`;
};

const coreRefunds = async (world: World, { installed }: AtThePages, payment: string) => {
  const { sessions, ports } = world.app();
  const session = await sessions.byId(installed.row.domain, payment);
  if (!session) throw new Error('no session');
  const { store, group } = session;
  return ports.ledger.transact(async (tx) => {
    const claim = await tx.claims.byOrder(store, group);
    return claim ? tx.refunds.ofInvoice(claim.invoice) : [];
  });
};

/** The sign-in ends after a working day. */
const comeBack = async ({ world, merchant }: Awaited<ReturnType<typeof paidOrder>>) => {
  const { browser } = await merchant.shop.merchant.install();
  return { get: (path: string) => browser.open(`${world.app().publicUrl}${path}`) };
};

test('approving resolves it at Shopify, and is counted once, however often it is clicked (invariant 17)', async () => {
  const scene = await paidOrder();
  const { world, merchant, payment } = scene;
  const path = await ask(scene, '9.90');
  expect((await merchant.get('/app/refunds')).body).toContain('9.90 USD');
  expect(merchant.shop.followUps()).toMatchObject([{ state: 'open' }]);
  const pages = await Promise.all([1, 2, 3].map(() => merchant.post(path, { intent: 'paid-back' })));
  expect(pages.map(pathOf)).toEqual(Array(3).fill('/app/refunds?did=paid-back'));
  await world.app().work();
  expect(merchant.shop.followUps()).toMatchObject([{ state: 'resolved' }]);
  expect(merchant.shop.order(scene.order.id)).toMatchObject({ refunded: '9.90' });
  const rows = await coreRefunds(world, merchant, payment);
  expect(rows).toMatchObject([{ state: 'manual', orderAmount: { amount: '9.90', currency: 'USD' } }]);
  const timeline = (await merchant.get(`/app/payments/${payment}`)).body;
  expect(timeline).toContain('refund recorded by hand');
  expect(timeline).toContain('9.90 USD by merchant annas');
});

test('declining rejects it with the text; without a text nothing happens, and what stands is not changed', async () => {
  const scene = await paidOrder();
  const { world, merchant, payment } = scene;
  const path = await ask(scene);
  expect((await merchant.post(path, { intent: 'decline', text: '  ' })).status).toBe(422);
  expect(
    pathOf(await merchant.post(path, { intent: 'decline', text: 'Goods were not sent back.' })),
  ).toContain('did=declined');
  await world.app().work();
  expect(merchant.shop.followUps()).toMatchObject([{ state: 'rejected' }]);
  const changed = await merchant.post(path, { intent: 'paid-back' });
  expect([changed.status, changed.body.includes('decided before')]).toEqual([422, true]);
  expect(await coreRefunds(world, merchant, payment)).toEqual([]);
});

describe('a refund that the gateway was asked for and whose answer was lost (GN-5)', () => {
  const lost = async (kind: 'timeout-after-commit' | 'timeout-before-commit') => {
    const scene = await paidOrder('gatenoc');
    scene.world.simulators.gateways.gatenoc.faults.add({ kind, route: 'refundPayment' });
    const path = await ask(scene);
    const { ledger } = scene.world.app().ports;
    const open = () =>
      ledger.transact((tx) =>
        tx.reviews.page(scene.merchant.installed.row.test, { state: 'open', limit: 100 }),
      );
    expect((await scene.merchant.get('/app/refunds')).body).toContain('To be looked up');
    expect(await open()).toMatchObject([{ kind: 'refund_unknown' }]);
    return { ...scene, path, open };
  };

  test('is resolved when the merchant has found it made, and its review item ends with it', async () => {
    const { world, merchant, payment, path, open } = await lost('timeout-after-commit');
    await merchant.post(path, { intent: 'paid-back' });
    await world.app().work();
    expect(merchant.shop.followUps()).toMatchObject([{ state: 'resolved' }]);
    expect(await coreRefunds(world, merchant, payment)).toMatchObject([{ state: 'done' }]);
    expect(await open()).toEqual([]);
  });

  test('is rejected when it was not made, and no longer stands in the way of another one', async () => {
    const { world, merchant, payment, path, open } = await lost('timeout-before-commit');
    await merchant.post(path, { intent: 'decline', text: 'It was not made.' });
    await world.app().work();
    expect(merchant.shop.followUps()).toMatchObject([{ state: 'rejected' }]);
    expect(await coreRefunds(world, merchant, payment)).toMatchObject([{ state: 'refused' }]);
    expect(await open()).toEqual([]);
  });
});

test('refunds by hand stay within what was paid', async () => {
  const scene = await paidOrder();
  const { world, merchant, payment } = scene;
  const { sessions, followUps } = world.app();
  const session = await sessions.byId(merchant.installed.row.domain, payment);
  if (!session) throw new Error('no session');
  const { shop, amount } = session;
  // Shopify would not ask for more than was paid; here it has.
  for (const id of ['first', 'second']) {
    const row = { shop, id, kind: 'refund', gid: `gid://shopify/RefundSession/${id}`, payment } as const;
    const open = {
      state: 'by-hand',
      note: null,
      told: null,
      createdAt: 1,
      decidedAt: null,
      trouble: null,
      merchantLocale: null,
    } as const;
    await followUps.begin({ ...row, ...open, amount });
  }
  expect(pathOf(await merchant.post('/app/refunds/first', { intent: 'paid-back' }))).toContain(
    'did=paid-back',
  );
  const second = await merchant.post('/app/refunds/second', { intent: 'paid-back' });
  expect([second.status, second.body.includes('more than was paid')]).toEqual([422, true]);
});

test('an old one is shown as such, here and on the health page', async () => {
  const scene = await paidOrder();
  await ask(scene);
  expect((await scene.merchant.get('/app/health')).body).not.toContain(
    'wait for you for more than three days',
  );
  await scene.world.simulators.clock.advance(days(3));
  const again = await comeBack(scene);
  expect((await again.get('/app/refunds')).body).toContain('Waits for more than three days');
  expect((await again.get('/app/health')).body).toContain('wait for you for more than three days');
});

test('a merchant sees and decides no refund and no payment of another shop (invariant 6)', async () => {
  const scene = await paidOrder();
  const path = await ask(scene);
  const other = await signIn(scene.world, 'bens');
  expect((await other.get(path)).status).toBe(404);
  expect((await other.post(path, { intent: 'paid-back' })).status).toBe(404);
  expect((await other.post(path, { intent: 'decline', text: 'No.' })).status).toBe(404);
  expect((await other.get(`/app/payments/${scene.payment}`)).status).toBe(404);
  expect((await other.get('/app/payments')).body).not.toContain(scene.payment);
  await scene.world.app().work();
  expect(scene.merchant.shop.followUps()).toMatchObject([{ state: 'open' }]);
});

test('what Shopify could not be told for a day stands on a page, and is told when it is tried again', async () => {
  const scene = await paidOrder();
  const { world, merchant } = scene;
  const path = await ask(scene);
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 1_000 });
  await merchant.post(path, { intent: 'decline', text: 'No.' });
  for (let passed = 0; passed < 26; passed += 1) {
    await world.simulators.clock.advance(hours(1));
    await world.app().work();
  }
  const { browser } = await merchant.shop.merchant.install();
  const at = (page: string) => `${world.app().publicUrl}${page}`;
  const shown = (await browser.open(at('/app/untold'))).body;
  expect(shown).toContain('The refund was declined.');
  expect(shown).toContain('For about a day');
  expect((await browser.open(at('/app/health'))).body).toContain('Shopify could not be told');
  world.shopify.faults.clear();
  const id = path.split('/').at(-1) ?? '';
  const again = await browser.open(at('/app/untold'), { method: 'POST', form: { kind: 'refund', id } });
  expect(pathOf(again)).toBe('/app/untold?did=trying-again');
  await world.app().work();
  expect(merchant.shop.followUps()).toMatchObject([{ state: 'rejected' }]);
  const known = await browser.open(at('/app/untold'), { method: 'POST', form: { kind: 'refund', id } });
  expect([known.status, known.body.includes('Shopify knows it by now')]).toEqual([409, true]);
});
