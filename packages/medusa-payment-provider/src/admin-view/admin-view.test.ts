import { orderKeySchema, seconds } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import {
  orderAnswer,
  recordRefundAnswer,
  resolveBody,
  reviewAnswer,
  reviewsAnswer,
  reviewsQuery,
  settingsAnswer,
} from '../api/admin/gatewright/shapes.ts';
import { mustStart, startWorld } from '../engine/world.fixture.ts';
import { alone, fakePayment, fakeShop } from '../fulfilment/fake-shop.fixture.ts';
import { medusaStorefront } from '../fulfilment/tell-shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { decide } from './decide.ts';
import { explainReview } from './explain-review.ts';
import { listReviews } from './list-reviews.ts';
import { orderView } from './order-view.ts';
import { bodyHint, read } from './problem.ts';
import { recheck } from './recheck.ts';
import { recordRefund } from './record-refund.ts';
import { settingsView } from './settings-view.ts';

const scene = async () => {
  const world = await startWorld();
  const { shop, state } = fakeShop();
  const { row } = await mustStart(world.start());
  const cryptoPay = world.simulators.gateways['crypto-pay'];
  const pay = async () => {
    await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '');
    await world.engine.work();
  };
  /** Medusa has made the order and booked the payment. */
  const book = () => {
    state.order = { status: 'pending', total: '24.99' };
    state.payments = [fakePayment('24.99', { provider_id: row.account })];
  };
  const view = () => orderView(world.engine, shop.query, 'order_1');
  return { ...world, shop, state, row, pay, book, view, cryptoPay };
};

/** A paid order, and the invoice that paid it. */
const paidScene = async () => {
  const held = await scene();
  await held.pay();
  held.book();
  const invoice = (await held.view()).payments[0]?.invoices[0];
  const never = async () => Promise.reject(new Error('nothing is reported here'));
  const storefront = medusaStorefront({
    shop: () => held.shop,
    turns: alone,
    reports: { declined: never, odd: never },
    claimOf: async () => undefined,
    isOurs: (provider) => provider === held.row.account,
  });
  const engine = { ...held.engine, ports: { ...held.engine.ports, storefront } };
  const record = (amount: string) =>
    recordRefund(engine, held.shop, invoice?.id ?? '', 'ann', { amount, reason: 'sent by hand' });
  return { ...held, invoice, record };
};

describe('an order', () => {
  it('shows its attempts, what Medusa was told, and that it is booked', async () => {
    const { view } = await paidScene();
    const shown = await view();
    expect(orderAnswer.safeParse(shown).success).toBe(true);
    expect(shown.payments).toMatchObject([
      {
        order_key: 'cart_01ABCDEFGH',
        paid: true,
        booked: true,
        invoices: [{ status: 'settled', paid_the_order: true, refunds_by: 'hand' }],
        instructions: [{ kind: 'settle', state: 'done', answer: 'done' }],
        reviews: [],
      },
    ]);
  });

  it('is empty where no payment went through us', async () => {
    const { engine } = await startWorld();
    const { shop } = fakeShop({ order: { status: 'pending', total: '1' } });
    expect(await orderView(engine, shop.query, 'order_1')).toEqual({ order_id: 'order_1', payments: [] });
  });

  it('is looked up at the gateway when asked, and money that no webhook told of is found', async () => {
    const { engine, shop, state, cryptoPay } = await scene();
    state.order = { status: 'pending', total: '24.99' };
    cryptoPay.faults.add({ kind: 'drop', lost: true });
    await cryptoPay.shopper.pay(cryptoPay.payments()[0]?.id ?? '');
    expect(await recheck(engine, shop.query, 'order_1')).toMatchObject({
      ok: true,
      value: { payments: [{ paid: true }] },
    });
  });

  it('is not looked up twice in ten seconds', async () => {
    const { engine, shop, state, simulators } = await scene();
    state.order = { status: 'pending', total: '24.99' };
    const ask = () => recheck(engine, shop.query, 'order_1');
    expect(await ask()).toMatchObject({ ok: true });
    expect(await ask()).toMatchObject({ ok: false, problem: { status: 429, code: 'recheck-too-soon' } });
    await simulators.clock.advance(seconds(10));
    expect(await ask()).toMatchObject({ ok: true });
  });
});

describe('a refund made by hand', () => {
  it('is booked in Medusa and counted, and the rest can follow', async () => {
    const { record, state } = await paidScene();
    const recorded = await record('4.99');
    expect(recorded).toMatchObject({
      ok: true,
      value: { invoice: { refunds: [{ state: 'manual', order_amount: { amount: '4.99' } }] } },
    });
    expect(recordRefundAnswer.safeParse(recorded.ok ? recorded.value : null).success).toBe(true);
    expect(await record('20')).toMatchObject({ ok: true });
    expect(state.payments[0]?.refunds.map(({ note }) => note)).toEqual(['sent by hand', 'sent by hand']);
  });

  it('is refused for a cent more than was paid, which Medusa itself would book', async () => {
    const { record, state } = await paidScene();
    await record('20');
    expect(await record('5')).toMatchObject({ ok: false, problem: { status: 422, code: 'more-than-paid' } });
    expect(await record('4.99')).toMatchObject({ ok: true });
    expect(state.payments[0]?.refunds).toHaveLength(2);
  });

  it.each([
    ['0', 'amount-zero'],
    ['-1', 'amount-malformed'],
    ['1.999', 'amount-scale'],
  ])('is refused for %s', async (amount, code) => {
    const { record, state } = await paidScene();
    expect(await record(amount)).toMatchObject({ ok: false, problem: { status: 422, code } });
    expect(state.payments[0]?.refunds).toEqual([]);
  });

  it('is refused while nobody knows whether an earlier one was made', async () => {
    const { record, engine, invoice } = await paidScene();
    await engine.ledger.transact(async (tx) => {
      const [row] = await tx.invoices.ofOrder(medusaStoreId, orderKeySchema.parse('cart_01ABCDEFGH'));
      if (row === undefined || invoice === undefined) throw new Error('no invoice');
      await tx.refunds.insert({
        store: medusaStoreId,
        invoice: row.id,
        refundId: 'lost',
        orderAmount: row.order,
        gatewayAmount: row.order,
        reason: '',
        state: 'unknown',
        gatewayRefundId: null,
        answer: null,
        createdAt: 0,
      });
    });
    expect(await record('1')).toMatchObject({
      ok: false,
      problem: { status: 409, code: 'refund-unresolved' },
    });
  });

  it('is refused for an invoice that paid no order, and for none', async () => {
    const { engine, shop, view, state } = await scene();
    state.order = { status: 'pending', total: '24.99' };
    const asked = { amount: '1', reason: 'x' };
    const open = (await view()).payments[0]?.invoices[0]?.id ?? '';
    expect(await recordRefund(engine, shop, open, 'ann', asked)).toMatchObject({
      problem: { status: 409, code: 'not-the-order-payment' },
    });
    expect(await recordRefund(engine, shop, 'nope', 'ann', asked)).toMatchObject({
      problem: { status: 404, code: 'invoice-unknown' },
    });
  });
});

describe('the review queue', () => {
  const reviewed = async () => {
    const held = await scene();
    held.answers.push({ outcome: 'refused', reason: 'total_changed' });
    await held.pay();
    const list = (query: object = {}) => listReviews(held.engine, held.shop.query, reviewsQuery.parse(query));
    return { ...held, list };
  };

  it('is shown in pages, with everything that led to an item', async () => {
    const { list, engine, shop } = await reviewed();
    const shown = await list();
    expect(reviewsAnswer.safeParse(shown).success).toBe(true);
    expect(shown).toMatchObject({
      count: 1,
      limit: 20,
      offset: 0,
      reviews: [{ kind: 'storefront_refused' }],
    });
    expect(await list({ state: 'resolved' })).toMatchObject({ count: 0, reviews: [] });
    expect(await list({ offset: '1' })).toMatchObject({ count: 1, reviews: [] });
    const explained = await explainReview(engine, shop.query, shown.reviews[0]?.id ?? '');
    expect(reviewAnswer.safeParse(explained.ok ? explained.value : null).success).toBe(true);
    expect(explained).toMatchObject({
      value: { payment: { paid: false, invoices: [{ status: 'settled' }] } },
    });
    expect(await explainReview(engine, shop.query, 'nope')).toMatchObject({ problem: { status: 404 } });
  });

  it('ends an item in the name of who is signed in, and tells the shop again', async () => {
    const { list, engine, shop, told } = await reviewed();
    const [item] = (await list()).reviews;
    const words = resolveBody.parse({ decision: 'accept', amount: '24.99', reason: 'agreed by mail' });
    expect(await decide(engine, shop.query, item?.id ?? '', 'ann@shop.example', words)).toMatchObject({
      ok: true,
      value: { review: { resolution: { by: 'ann@shop.example', decision: 'accept 24.99 EUR' } } },
    });
    await engine.work();
    expect(told.filter(({ kind }) => kind === 'settle')).toHaveLength(2);
    expect(await decide(engine, shop.query, item?.id ?? '', 'ann', words)).toMatchObject({
      problem: { status: 409, code: 'already-resolved' },
    });
  });

  it('refuses what cannot be read, and names the fields', () => {
    expect(read(resolveBody, { decision: 'accept', amount: 24.99 }, bodyHint)).toMatchObject({
      ok: false,
      problem: {
        status: 400,
        code: 'malformed',
        message: `These cannot be read: amount, reason. ${bodyHint}`,
      },
    });
    expect(read(resolveBody, undefined, bodyHint)).toMatchObject({ problem: { code: 'malformed' } });
    expect(read(resolveBody, { decision: 'ignore', reason: '  ' }, bodyHint)).toMatchObject({ ok: false });
  });
});

it('shows the set-up without a credential', async () => {
  const { engine, simulators } = await startWorld();
  const [account] = engine.settings.accounts;
  if (account === undefined) throw new Error('no account');
  await engine.arrivals.note({
    account: account.id,
    at: simulators.clock.now(),
    status: 401,
    reason: 'signature-missing',
  });
  const shown = await settingsView(engine, true);
  expect(settingsAnswer.safeParse(shown).success).toBe(true);
  expect(shown.settings.accounts[0]).toMatchObject({
    id: 'pp_gatewright_crypto-pay',
    last_webhook: { taken_at: null, refusal: 'signature-missing' },
  });
  const text = JSON.stringify(shown);
  const { token } = simulators.gateways['crypto-pay'].config;
  expect(token.length).toBeGreaterThan(10);
  expect(text).not.toContain(token);
  expect(text).not.toContain('postgres://unused');
});
