import { describe, expect, it, vi } from 'vitest';
import { shopifyFetch } from '../../src/index.ts';
import { buy, openStore, pay, RESOLVE } from '../support/shopify-store.ts';

const resolveOnce = { on: 'graphql', operation: 'paymentSessionResolve' } as const;

describe('rule 13: cost and throttling', () => {
  it('rule 13: every answer says what it cost', async () => {
    const store = await openStore();
    const { gid: id } = await pay(store);
    const { extensions } = await store.api.call(RESOLVE, { id });
    expect(extensions).toEqual({
      cost: {
        requestedQueryCost: 14,
        actualQueryCost: 14,
        throttleStatus: {
          maximumAvailable: 1_092_000,
          currentlyAvailable: expect.any(Number),
          restoreRate: 54_600,
        },
      },
    });
    const refused = await store.api.call(RESOLVE, { id: 'gid://shopify/PaymentSession/unknown' });
    expect(refused.extensions).toMatchObject({ cost: { actualQueryCost: 10 } });
  });

  it('rule 13: an empty bucket is 200 with THROTTLED, does nothing, and fills with time', async () => {
    const store = await openStore({ requestBudget: { maximumAvailable: 40, restoreRate: 10 } });
    const { gid: id } = await pay(store);
    const call = () => store.api.call(RESOLVE, { id });
    await store.api.call('{ publicApiVersions { handle } }');
    await store.api.call('{ publicApiVersions { handle } }');
    const throttled = await call();
    expect(throttled).toMatchObject({
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: { cost: { actualQueryCost: null } },
    });
    expect(throttled.data).toBeUndefined();
    expect(store.shop.payments()[0]?.state.code).toBe('open');
    store.clock.advance(2_000);
    expect((await call()).errors).toBeUndefined();
    expect(store.shop.payments()[0]?.state.code).toBe('resolved');
  });

  it('rule 13: THROTTLED can be had at will', async () => {
    const store = await openStore();
    const { gid: id } = await pay(store);
    store.shopify.faults.add({ kind: 'throttled', count: 2, operation: 'paymentSessionResolve' });
    for (const _ of [1, 2])
      expect((await store.api.call(RESOLVE, { id })).errors?.[0]?.extensions?.code).toBe('THROTTLED');
    expect((await store.api.call(RESOLVE, { id })).errors).toBeUndefined();
  });
});

describe('rule 13: faults before and after the commit', () => {
  it.each([
    ['before-commit', 'open', false],
    ['after-commit', 'resolved', true],
  ] as const)('rule 13: a 502 %s leaves the payment %s', async (when, state, executed) => {
    const store = await openStore();
    const { gid: id } = await pay(store);
    store.shopify.faults.add({ kind: 'status', status: 502, when, ...resolveOnce });
    expect((await store.api.raw(RESOLVE, { id })).status).toBe(502);
    expect(store.shop.payments()[0]?.state.code).toBe(state);
    expect(store.shopify.journal.at(-1)).toMatchObject({ kind: 'graphql', status: 502, executed });
    expect(await store.api.mutate(RESOLVE, { id })).toMatchObject({ userErrors: [] });
    expect(store.shop.orders()).toMatchObject([{ payments: [expect.any(String)] }]);
  });

  it('rule 13: a 429 says when to come back', async () => {
    const store = await openStore();
    const { gid: id } = await pay(store);
    store.shopify.faults.add({ kind: 'status', status: 429, ...resolveOnce });
    const response = await store.api.raw(RESOLVE, { id });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2.0']);
  });

  it.each([
    ['before-commit', 'open'],
    ['after-commit', 'resolved'],
  ] as const)(
    'rule 13: a connection dropped %s leaves the payment %s, and a repeat ends in one state',
    async (when, state) => {
      const store = await openStore();
      const { gid: id } = await pay(store);
      store.shopify.faults.add({ kind: 'drop', when, ...resolveOnce });
      await expect(store.api.raw(RESOLVE, { id })).rejects.toThrow('fetch failed');
      expect(store.shop.payments()[0]?.state.code).toBe(state);
      expect(await store.api.mutate(RESOLVE, { id })).toMatchObject({ userErrors: [] });
      expect(store.shop.orders()).toMatchObject([
        { financialStatus: 'paid', payments: [expect.any(String)] },
      ]);
    },
  );

  it('rule 13: a call that hangs was executed, and ends when the caller breaks it off', async () => {
    const store = await openStore();
    const { gid: id } = await pay(store);
    store.shopify.faults.add({ kind: 'hang', when: 'after-commit', ...resolveOnce });
    const caller = new AbortController();
    const call = store.shopify.fetch(`https://${store.shop.domain}/payments_apps/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': store.api.token },
      body: JSON.stringify({ query: RESOLVE, variables: { id } }),
      signal: caller.signal,
    });
    const executed = {
      kind: 'graphql',
      operations: ['paymentSessionResolve'],
      executed: true,
      status: undefined,
    };
    await vi.waitFor(() => expect(store.shopify.journal.at(-1)).toMatchObject(executed), { timeout: 20_000 });
    caller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    expect(store.shop.payments()[0]?.state.code).toBe('resolved');
  });

  it('a fault waits for the operation it names, and is used up', async () => {
    const store = await openStore();
    const { faults } = store.shopify;
    faults.add({ kind: 'status', status: 500, operation: 'refundSessionResolve' });
    await buy(store);
    expect(faults.pending()).toHaveLength(1);
    faults.clear();
    expect(faults.pending()).toEqual([]);
    expect(() => faults.add({ kind: 'status', status: 200 })).toThrow();
  });

  it('unknown shops and addresses are a 404', async () => {
    const { shopify, shop } = await openStore();
    for (const url of [
      'https://nobody.myshopify.com/',
      `https://${shop.domain}/admin/api/2026-10/graphql.json`,
    ])
      expect((await shopify.fetch(url)).status).toBe(404);
  });
});

describe('fetch', () => {
  it('finds the shops from another process by port and authority, follows their redirects, and breaks off', async () => {
    const { shopify, shop } = await openStore();
    const elsewhere = shopifyFetch({ port: shopify.address.port, ca: shopify.serverCa });
    const cart = `https://${shop.domain}/cart`;
    const form = { method: 'POST', body: new URLSearchParams({ amount: '5' }) };
    const followed = await elsewhere(cart, form);
    expect([followed.status, (await followed.text()).includes('Total 5.00 USD')]).toEqual([200, true]);
    expect((await elsewhere(cart, { ...form, redirect: 'manual' })).status).toBe(303);
    await expect(elsewhere(cart, { ...form, redirect: 'error' })).rejects.toThrow('redirect');
    await expect(elsewhere(cart, { signal: AbortSignal.abort(new Error('stop')) })).rejects.toThrow('stop');
    const distrustful = shopifyFetch({ port: shopify.address.port, ca: shopify.clientCertificates.root });
    await expect(distrustful(cart)).rejects.toThrow('fetch failed');
  });
});
