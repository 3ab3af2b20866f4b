import { hours } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { goodAnswer } from '../support/shopify-app.ts';
import {
  apiOf,
  buy,
  openStore,
  PENDING,
  pay,
  REJECT,
  RESOLVE,
  returnUrlOf,
  soon,
} from '../support/shopify-store.ts';

const NOT_RECEIVED =
  'Payment session has already been resolved with a different authentication, has already been rejected, or the response to start_payment_session request has not been received.';

const reason = (code: string, merchantMessage = 'why') => ({ code, merchantMessage });

describe('rule 5: a mutation before the answer to session-start', () => {
  it.each([
    ['resolve', RESOLVE, {}],
    ['reject', REJECT, { reason: reason('PROCESSING_ERROR') }],
    ['pending', PENDING, { until: '2026-11-21T10:00:00Z', reason: 'NETWORK_ACTION_REQUIRED' }],
  ])(
    'rule 5: %s is refused while the request is still open, and passes after it',
    async (_, document, more) => {
      const store = await openStore();
      let early: unknown;
      store.app.answerWith(async (request) => {
        const { gid: id } = JSON.parse(request.rawBody) as { gid: string };
        early = await store.api.mutate(document, { id, ...more });
        return goodAnswer(request);
      });
      const { gid } = await pay(store);
      expect(early).toMatchObject({
        paymentSession: null,
        userErrors: [{ field: ['id'], message: expect.stringContaining('has not been received') }],
      });
      expect(await store.api.mutate(document, { id: gid, ...more })).toMatchObject({ userErrors: [] });
    },
  );

  it('rule 5: a session whose request failed cannot be resolved: the text of template-node#1346, without a code', async () => {
    const store = await openStore();
    store.app.answerWith(() => ({ status: 500, body: '' }));
    const outcome = await store.shop.checkout({ amount: '1' }).pay();
    const { gid } = store.shop.payments()[0]!;
    expect(outcome.ok).toBe(false);
    expect(await store.api.mutate(RESOLVE, { id: gid })).toEqual({
      paymentSession: null,
      userErrors: [{ field: ['id'], message: NOT_RECEIVED }],
    });
    expect(store.shop.orders()).toEqual([]);
  });
});

describe('rule 6: once for each operation, and the first final state wins', () => {
  it('rule 6: a repeated resolve gives the same payload and pays once', async () => {
    const store = await openStore();
    const { gid } = await pay(store);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => store.api.mutate(RESOLVE, { id: gid })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({
      userErrors: [],
      paymentSession: { id: gid, state: { code: 'RESOLVED' }, nextAction: { action: 'REDIRECT' } },
    });
    expect(store.shop.orders()).toMatchObject([{ financialStatus: 'paid', payments: [expect.any(String)] }]);
  });

  it('rule 6: resolve after reject and reject after resolve fail', async () => {
    const store = await openStore({ retryAfterReject: 'allowed' });
    const first = await pay(store);
    await store.api.mutate(REJECT, { id: first.gid, reason: reason('PROCESSING_ERROR') });
    expect(await store.api.mutate(RESOLVE, { id: first.gid })).toMatchObject({
      paymentSession: null,
      userErrors: [{ message: NOT_RECEIVED }],
    });
    const second = await pay(store);
    await store.api.mutate(RESOLVE, { id: second.gid });
    expect(
      await store.api.mutate(REJECT, { id: second.gid, reason: reason('PROCESSING_ERROR') }),
    ).toMatchObject({ paymentSession: null, userErrors: [{ field: ['id'] }] });
    expect(store.shop.payments().map(({ state }) => state.code)).toEqual(['rejected', 'resolved']);
  });

  it('rule 6: a repeated reject succeeds and keeps the first reason', async () => {
    const store = await openStore();
    const { gid } = await pay(store);
    const first = await store.api.mutate(REJECT, { id: gid, reason: reason('CANCELLED_PAYMENT', 'one') });
    const second = await store.api.mutate(REJECT, { id: gid, reason: reason('FRAUD_SUSPECTED', 'two') });
    expect(second).toEqual(first);
    expect(second).toMatchObject({
      paymentSession: { state: { reason: 'CANCELLED_PAYMENT', merchantMessage: 'one' } },
    });
  });

  it('rule 6: a resolve with other 3DS data is not a repeat', async () => {
    const store = await openStore();
    const { gid } = await buy(store);
    const document = `mutation ($id: ID!, $a: PaymentSessionThreeDSecureAuthentication) {
      paymentSessionResolve(id: $id, authentication: $a) { paymentSession { id } userErrors { field message } } }`;
    const answer = await store.api.mutate(document, { id: gid, a: { partnerError: 'PROCESSING_ERROR' } });
    expect(answer.userErrors).toEqual([{ field: ['id'], message: NOT_RECEIVED }]);
  });

  it('rule 6: a session is only for the shop whose token it is', async () => {
    const store = await openStore();
    const { gid } = await pay(store);
    const other = store.shopify.openShop({ domain: 'other.myshopify.com' });
    const api = apiOf(store.shopify, other, other.grantToken().access_token);
    expect(await api.mutate(RESOLVE, { id: gid })).toMatchObject({
      paymentSession: null,
      userErrors: [{ field: ['id'], message: 'Payment session not found.' }],
    });
    expect((await store.api.raw(RESOLVE, { id: gid })).status).toBe(200);
  });
});

describe('rule 7: limits of pending', () => {
  it.each([
    ['the past', -1, 'EXPIRED_PENDING_EXPIRES_AT'],
    ['now', 0, 'EXPIRED_PENDING_EXPIRES_AT'],
    ['a millisecond more than 72 h', hours(72) + 1, 'OUT_OF_RANGE_PENDING_EXPIRES_AT'],
  ])('rule 7: refuses %s', async (_, ahead, code) => {
    const store = await openStore();
    const { gid, sessionId } = await pay(store);
    const until = soon(store, ahead);
    expect(
      await store.api.mutate(PENDING, { id: gid, until, reason: 'NETWORK_ACTION_REQUIRED' }),
    ).toMatchObject({
      paymentSession: null,
      userErrors: [{ code }],
    });
    expect(store.shop.payment(sessionId)?.state.code).toBe('open');
  });

  it('rule 7: refuses a final session and an unknown one', async () => {
    const store = await openStore();
    const until = soon(store);
    const { gid } = await buy(store);
    const pend = (id: string) => store.api.mutate(PENDING, { id, until, reason: 'NETWORK_ACTION_REQUIRED' });
    expect(await pend(gid)).toMatchObject({ userErrors: [{ code: 'PENDING_INVALID_STATE' }] });
    expect(await pend('gid://shopify/PaymentSession/unknown')).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND' }],
    });
  });

  it('rule 7: the limit can be set, and a date must be one', async () => {
    const store = await openStore({ pendingLimitMs: hours(1) });
    const { gid: id } = await pay(store);
    const answer = await store.api.call(PENDING, {
      id,
      until: 'tomorrow',
      reason: 'NETWORK_ACTION_REQUIRED',
    });
    expect(answer.errors?.[0]?.message).toContain('"tomorrow" is not a valid DateTime');
    const pend = (ahead: number) =>
      store.api.mutate(PENDING, { id, until: soon(store, ahead), reason: 'NETWORK_ACTION_REQUIRED' });
    expect(await pend(hours(2))).toMatchObject({ userErrors: [{ code: 'OUT_OF_RANGE_PENDING_EXPIRES_AT' }] });
    expect(await pend(hours(1))).toMatchObject({
      userErrors: [],
      paymentSession: { pendingExpiresAt: soon(store, hours(1)).replace('.000', '') },
    });
  });
});

describe('rule 8: pending makes the order', () => {
  const pendingStore = async () => {
    const store = await openStore();
    const { gid, sessionId } = await pay(store);
    const until = soon(store, hours(1));
    await store.api.mutate(PENDING, { id: gid, until, reason: 'NETWORK_ACTION_REQUIRED' });
    return { store, gid, sessionId };
  };

  it('rule 8: the order is there, payment pending, though the buyer did not come back', async () => {
    const { store } = await pendingStore();
    expect(store.shop.orders()).toMatchObject([
      { name: '#1001', financialStatus: 'pending', amount: '49.90', payments: [], cancelledAt: undefined },
    ]);
  });

  it('rule 8: a pending payment can be resolved, for good', async () => {
    const { store, gid } = await pendingStore();
    expect(await store.api.mutate(RESOLVE, { id: gid })).toMatchObject({ userErrors: [] });
    store.clock.advance(hours(2));
    await store.shopify.runDue();
    expect(store.shop.orders()).toMatchObject([{ financialStatus: 'paid', cancelledAt: undefined }]);
  });

  it('rule 8: when its time is over Shopify cancels it, and a resolve comes too late', async () => {
    const { store, gid, sessionId } = await pendingStore();
    store.clock.advance(hours(1) - 1);
    await store.shopify.runDue();
    expect(store.shop.payment(sessionId)?.state.code).toBe('pending');
    store.clock.advance(1);
    await store.shopify.runDue();
    expect(store.shop.payment(sessionId)?.state.code).toBe('expired');
    expect(store.shop.orders()).toMatchObject([
      { financialStatus: 'voided', cancelledAt: store.clock.now() },
    ]);
    const api = apiOf(store.shopify, store.shop, store.shop.grantToken().access_token);
    expect(await api.mutate(RESOLVE, { id: gid })).toMatchObject({ userErrors: [{ message: NOT_RECEIVED }] });
  });

  it('rule 8: a reject of a pending payment cancels the order', async () => {
    const { store, gid } = await pendingStore();
    await store.api.mutate(REJECT, { id: gid, reason: reason('CANCELLED_PAYMENT') });
    expect(store.shop.orders()).toMatchObject([{ financialStatus: 'voided' }]);
  });
});

describe('rule 16: the way back', () => {
  it('rule 16: the thank-you page is there from the mutation on, as often as the buyer likes', async () => {
    const store = await openStore();
    const { gid } = await pay(store);
    expect(store.shop.payments()[0]?.returnUrl).toBeUndefined();
    const url = returnUrlOf(await store.api.mutate(RESOLVE, { id: gid }));
    const guessed = url.replace(/[^/]+$/, 'x'.repeat(32));
    expect((await store.shopify.fetch(guessed)).status).toBe(404);
    for (const _ of [1, 2, 3]) {
      const page = await store.shopify.fetch(url);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('Your order is confirmed.');
    }
    expect(returnUrlOf(await store.api.mutate(RESOLVE, { id: gid }))).toBe(url);
  });

  it('rule 16: after a reject it leads to the checkout with an error', async () => {
    const store = await openStore();
    const { gid } = await pay(store);
    const url = returnUrlOf(await store.api.mutate(REJECT, { id: gid, reason: reason('PROCESSING_ERROR') }));
    const page = await store.shopify.fetch(url);
    expect(await page.text()).toContain('Please try a different payment method.');
    expect(store.shop.orders()).toEqual([]);
  });
});
