import { describe, expect, it } from 'vitest';
import { buy, followUpMutation, openStore, PENDING, pay, RESOLVE, soon } from '../support/shopify-store.ts';

const accepted = { status: 201, body: '' };
const REFUND_RESOLVE = followUpMutation('refund', 'Resolve');
const REFUND_REJECT = followUpMutation('refund', 'Reject');
const processingError = (merchantMessage: string) => ({ code: 'PROCESSING_ERROR', merchantMessage });

const refunded = async (store: Awaited<ReturnType<typeof openStore>>, orderId: number, amount?: string) => {
  const outcome = await store.shop.merchant.refund(orderId, amount);
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.gid;
};

describe('rule 4: refunds, captures and voids are accepted with 201 only', () => {
  it('rule 4: sends the documented body to each endpoint', async () => {
    const store = await openStore();
    const { orderId, sessionId } = await buy(store, { kind: 'authorization' });
    await store.shop.merchant.capture(orderId, '9.9');
    await store.shop.merchant.void(orderId);
    const [, capture, voided] = store.app.seen;
    const common = { gid: expect.any(String), payment_id: sessionId, test: false, merchant_locale: 'en' };
    const base = { id: expect.any(String), ...common, proposed_at: expect.any(String) };
    expect(JSON.parse(capture!.rawBody)).toEqual({ ...base, amount: '9.90', currency: 'USD' });
    expect(JSON.parse(voided!.rawBody)).toEqual(base);
    expect([capture!.path, voided!.path]).toEqual(['/capture', '/void']);
    expect(capture!.headers).toMatchObject({
      'shopify-shop-domain': 'demo.myshopify.com',
      'shopify-request-id': expect.any(String),
      'shopify-api-version': '2026-10',
    });
  });

  it.each([200, 202, 204, 302, 409, 500])(
    'rule 4: %d is a failure: repeated, then by hand, with the same id and body',
    async (status) => {
      const store = await openStore();
      const { orderId } = await buy(store);
      store.app.answerWith(() => ({ status, body: '' }));
      const failed = await store.shop.merchant.refund(orderId);
      expect(failed).toMatchObject({ ok: false, reason: 'gateway-error' });
      const sessionId = !failed.ok && failed.reason === 'gateway-error' ? failed.sessionId : '';
      expect(store.shop.followUps()).toMatchObject([{ delivery: 'failed', state: 'open' }]);
      store.app.answerWith(() => accepted);
      expect(await store.shop.merchant.retry(sessionId)).toMatchObject({ ok: true, sessionId });
      const refunds = store.app.seen.filter(({ path }) => path === '/refund');
      expect(refunds).toHaveLength(4);
      expect(new Set(refunds.map(({ rawBody }) => rawBody)).size).toBe(1);
      expect(new Set(refunds.map(({ headers }) => headers['shopify-request-id'])).size).toBe(4);
    },
  );

  it('rule 4: without a URL in the extension there is no capture', async () => {
    const store = await openStore();
    const { orderId } = await buy(store, { kind: 'authorization' });
    const { captureSessionUrl: _, ...extension } = store.app.registration.extension;
    store.shopify.deployApp({ ...store.app.registration, extension });
    expect(await store.shop.merchant.capture(orderId)).toEqual({ ok: false, reason: 'not-supported' });
  });
});

describe('rules 5 and 6 for refunds, captures and voids', () => {
  it('rule 5: a refund that was not accepted yet cannot be resolved', async () => {
    const store = await openStore();
    const { orderId } = await buy(store);
    let early: unknown;
    store.app.answerWith(async ({ rawBody }) => {
      early = await store.api.mutate(REFUND_RESOLVE, { id: (JSON.parse(rawBody) as { gid: string }).gid });
      return accepted;
    });
    await refunded(store, orderId);
    expect(early).toMatchObject({
      refundSession: null,
      userErrors: [{ code: 'REFUND_SESSION_INVALID_STATE' }],
    });
    expect(store.shop.order(orderId)?.refunded).toBe('0');
  });

  it.each(['refund', 'capture', 'void'] as const)(
    'rule 6: %s: first final state wins, repeats succeed',
    async (type) => {
      const store = await openStore();
      const { orderId } = await buy(store, { kind: type === 'refund' ? 'sale' : 'authorization' });
      const ask = async () => {
        const outcome = await store.shop.merchant[type](orderId);
        return outcome.ok ? outcome.gid : outcome.reason;
      };
      const rejected = await ask();
      const reject = (id: string, text: string) =>
        store.api.mutate(followUpMutation(type, 'Reject'), { id, reason: processingError(text) });
      const resolve = (id: string) => store.api.mutate(followUpMutation(type, 'Resolve'), { id });
      const first = await reject(rejected, 'one');
      expect(first).toMatchObject({
        userErrors: [],
        [`${type}Session`]: { id: rejected, state: { code: 'REJECTED', merchantMessage: 'one' } },
      });
      expect(await reject(rejected, 'two')).toEqual(first);
      const code = `${type.toUpperCase()}_SESSION_INVALID_STATE`;
      expect(await resolve(rejected)).toMatchObject({ [`${type}Session`]: null, userErrors: [{ code }] });
      const resolved = await ask();
      const done = await resolve(resolved);
      expect(done).toMatchObject({ [`${type}Session`]: { state: { code: 'RESOLVED' } }, userErrors: [] });
      expect(await resolve(resolved)).toEqual(done);
      expect(await reject(resolved, 'late')).toMatchObject({ userErrors: [{ code }] });
      expect(await resolve(`gid://shopify/${type}/1`)).toMatchObject({
        userErrors: [{ code: `${type.toUpperCase()}_SESSION_NOT_FOUND` }],
      });
      const status = { refund: 'refunded', capture: 'paid', void: 'voided' }[type];
      expect(store.shop.order(orderId)?.financialStatus).toBe(status);
    },
  );
});

describe('rule 19: sums', () => {
  it('rule 19: partial refunds add up to what was paid and no further', async () => {
    const store = await openStore();
    const { orderId } = await buy(store, { amount: '10' });
    const { merchant } = store.shop;
    const first = await refunded(store, orderId, '4');
    await store.api.mutate(REFUND_RESOLVE, { id: first });
    expect(store.shop.order(orderId)).toMatchObject({
      financialStatus: 'partially_refunded',
      refunded: '4.00',
    });
    expect(await merchant.refund(orderId, '6.01')).toEqual({ ok: false, reason: 'amount-too-large' });
    const second = await refunded(store, orderId);
    await store.api.mutate(REFUND_RESOLVE, { id: second });
    await store.api.mutate(REFUND_RESOLVE, { id: second });
    expect(store.shop.order(orderId)).toMatchObject({ financialStatus: 'refunded', refunded: '10.00' });
    expect(await merchant.refund(orderId)).toEqual({ ok: false, reason: 'amount-too-large' });
  });

  it('rule 19: two refunds at once share what is left; a rejected one gives it back', async () => {
    const store = await openStore();
    const { orderId } = await buy(store, { amount: '10' });
    const { merchant } = store.shop;
    const outcomes = await Promise.all([merchant.refund(orderId, '6'), merchant.refund(orderId, '6')]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'sent' : outcome.reason)).sort()).toEqual([
      'amount-too-large',
      'sent',
    ]);
    const { gid } = store.shop.followUps()[0]!;
    await store.api.mutate(REFUND_REJECT, { id: gid, reason: processingError('no') });
    expect(await merchant.refund(orderId, '10')).toMatchObject({ ok: true });
  });

  it('rule 19: a payment that is not resolved, or not there, has nothing to refund', async () => {
    const store = await openStore();
    const { gid } = await pay(store);
    const until = soon(store);
    await store.api.mutate(PENDING, { id: gid, until, reason: 'MERCHANT_ACTION_REQUIRED' });
    const [order] = store.shop.orders();
    expect(await store.shop.merchant.refund(order!.id)).toEqual({ ok: false, reason: 'not-paid' });
    expect(await store.shop.merchant.refund(1)).toEqual({ ok: false, reason: 'no-such-order' });
    await store.api.mutate(RESOLVE, { id: gid });
    expect(await store.shop.merchant.refund(order!.id, '0.001')).toEqual({ ok: false, reason: 'bad-amount' });
    expect(await store.shop.merchant.refund(order!.id, '0.01')).toMatchObject({ ok: true });
  });

  it('rule 19: an authorization pays by its captures', async () => {
    const store = await openStore();
    const { orderId } = await buy(store, { amount: '10', kind: 'authorization' });
    const { merchant } = store.shop;
    expect(store.shop.order(orderId)?.financialStatus).toBe('authorized');
    expect(await merchant.refund(orderId)).toEqual({ ok: false, reason: 'not-paid' });
    const capture = await merchant.capture(orderId, '6');
    await store.api.mutate(followUpMutation('capture', 'Resolve'), { id: capture.ok ? capture.gid : '' });
    expect(store.shop.order(orderId)).toMatchObject({ financialStatus: 'paid', captured: '6.00' });
    expect(await merchant.void(orderId)).toEqual({ ok: false, reason: 'not-authorized' });
    expect(await merchant.capture(orderId, '4.01')).toEqual({ ok: false, reason: 'amount-too-large' });
    expect(await merchant.refund(orderId, '6.01')).toEqual({ ok: false, reason: 'amount-too-large' });
    expect(await merchant.refund(orderId, '6')).toMatchObject({ ok: true });
  });

  it('rule 18: a refund of 999 was rejected before the app answers', async () => {
    const store = await openStore({ magicInputs: true });
    const { orderId } = await buy(store, { amount: '1000' });
    const gid = await refunded(store, orderId, '999');
    expect(await store.api.mutate(REFUND_RESOLVE, { id: gid })).toMatchObject({
      userErrors: [{ code: 'REFUND_SESSION_INVALID_STATE' }],
    });
    expect(store.shop.order(orderId)?.financialStatus).toBe('paid');
  });
});
