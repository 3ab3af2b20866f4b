import { days, hours } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiOf, CONFIGURE, type OpenStore, openStore, pay, RESOLVE } from '../support/shopify-store.ts';

const pair = z.object({
  access_token: z.string(),
  scope: z.literal('write_payment_gateways,write_payment_sessions'),
  expires_in: z.literal(3_600),
  refresh_token: z.string(),
  refresh_token_expires_in: z.literal(7_776_000),
});

const post = ({ shopify }: OpenStore, shop: string, body: unknown): Promise<Response> =>
  shopify.fetch(`https://${shop}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const refresh = (store: OpenStore, token: string, more = {}): Promise<Response> =>
  post(store, store.shop.domain, {
    client_id: 'an-api-key',
    client_secret: 'an-api-secret',
    grant_type: 'refresh_token',
    refresh_token: token,
    ...more,
  });

const refreshed = async (store: OpenStore, token: string) =>
  pair.parse(await (await refresh(store, token)).json());

const statusWith = async (store: OpenStore, token: string): Promise<number> =>
  (await apiOf(store.shopify, store.shop, token).raw('{ publicApiVersions { handle } }')).status;

const ask = '{ publicApiVersions { handle } }';

describe('rule 12: tokens', () => {
  it('rule 12: an unknown token, another shop’s, and none are a 401 with Shopify’s text', async () => {
    const store = await openStore();
    const other = store.shopify.openShop({ domain: 'other.myshopify.com' });
    for (const token of ['', 'shpat_unknown', other.grantToken().access_token]) {
      const response = await apiOf(store.shopify, store.shop, token).raw(ask);
      expect(response.status).toBe(401);
      expect(await response.text()).toContain('[API] Invalid API key or access token');
    }
  });

  it('rule 12: a token lives for one hour, also in the middle of work', async () => {
    const store = await openStore();
    const { gid } = await pay(store);
    store.clock.advance(hours(1) - 1);
    expect(await statusWith(store, store.api.token)).toBe(200);
    store.clock.advance(1);
    expect((await store.api.raw(RESOLVE, { id: gid })).status).toBe(401);
    expect(store.shop.payments()[0]?.state.code).toBe('open');
  });

  it('rule 12: uninstalled, every token is dead at once, the refresh token too', async () => {
    const store = await openStore();
    const granted = pair.parse(store.shop.grantToken());
    store.shop.merchant.uninstall();
    expect(await statusWith(store, store.api.token)).toBe(401);
    expect(await statusWith(store, granted.access_token)).toBe(401);
    expect((await refresh(store, granted.refresh_token)).status).toBe(400);
  });

  it('rule 12: 403 for the non-expiring token of a public app; a custom app may have one', async () => {
    const store = await openStore();
    const { access_token: token, ...rest } = store.shop.grantToken(false);
    expect(rest).toEqual({ scope: 'write_payment_gateways,write_payment_sessions' });
    expect(await statusWith(store, token)).toBe(403);
    store.shopify.deployApp({ ...store.app.registration, distribution: 'custom' });
    expect(await statusWith(store, token)).toBe(200);
    store.clock.advance(days(365));
    expect(await statusWith(store, token)).toBe(200);
  });

  it('rule 12: a refresh rotates the pair; the old refresh token works until the new one is used', async () => {
    const store = await openStore();
    const first = pair.parse(store.shop.grantToken());
    const lost = await refreshed(store, first.refresh_token);
    const second = await refreshed(store, first.refresh_token);
    expect(new Set([first, lost, second].flatMap((p) => [p.access_token, p.refresh_token])).size).toBe(6);
    expect(await statusWith(store, second.access_token)).toBe(200);
    const third = await refreshed(store, second.refresh_token);
    const late = await refresh(store, first.refresh_token);
    expect(late.status).toBe(400);
    expect(await late.json()).toMatchObject({ error: 'invalid_grant' });
    expect(await statusWith(store, third.access_token)).toBe(200);
  });

  it('rule 12: the old refresh token works for 30 days after its first use, and none for more than 90', async () => {
    const store = await openStore();
    const first = pair.parse(store.shop.grantToken());
    const unused = pair.parse(store.shop.grantToken());
    await refreshed(store, first.refresh_token);
    store.clock.advance(days(30) - 1);
    await refreshed(store, first.refresh_token);
    store.clock.advance(1);
    expect((await refresh(store, first.refresh_token)).status).toBe(400);
    store.clock.advance(days(60) - 1);
    expect((await refresh(store, unused.refresh_token)).status).toBe(200);
    const other = await openStore();
    const old = pair.parse(other.shop.grantToken());
    other.clock.advance(days(90));
    expect((await refresh(other, old.refresh_token)).status).toBe(400);
  });

  it('rule 12: three refreshes at once are three grants, and the journal counts them', async () => {
    const store = await openStore();
    const { refresh_token: token } = pair.parse(store.shop.grantToken());
    const pairs = await Promise.all([1, 2, 3].map(() => refreshed(store, token)));
    expect(new Set(pairs.map(({ access_token }) => access_token)).size).toBe(3);
    expect(store.shopify.journal.filter(({ kind }) => kind === 'token')).toMatchObject(
      [1, 2, 3].map(() => ({ grant: 'refresh', status: 200, granted: true })),
    );
  });

  it('rule 12: wrong client credentials and unread bodies get nothing', async () => {
    const store = await openStore();
    const { refresh_token: token } = pair.parse(store.shop.grantToken());
    expect((await refresh(store, token, { client_secret: 'wrong' })).status).toBe(400);
    expect((await refresh(store, token, { client_id: 'wrong' })).status).toBe(400);
    expect((await post(store, store.shop.domain, [])).status).toBe(400);
    expect((await refresh(store, token)).status).toBe(200);
  });

  it('rule 13: a lost answer to a refresh has rotated all the same, and can be tried again', async () => {
    const store = await openStore();
    const { refresh_token: token } = pair.parse(store.shop.grantToken());
    store.shopify.faults.add({ kind: 'drop', when: 'after-commit', on: 'token' });
    await expect(refresh(store, token)).rejects.toThrow('fetch failed');
    expect(store.shopify.journal.at(-1)).toMatchObject({ kind: 'token', granted: true, status: undefined });
    await refreshed(store, token);
  });

  it('without approval as a payments partner no mutation is allowed, and nothing can be activated', async () => {
    const store = await openStore();
    store.shopify.deployApp({ ...store.app.registration, approved: false, scopes: ['read_orders'] });
    const shop = store.shopify.openShop({ domain: 'other.myshopify.com' });
    const granted = shop.grantToken();
    expect(granted.scope).toBe('read_orders');
    const api = apiOf(store.shopify, shop, granted.access_token);
    const answers = [
      await api.call(CONFIGURE, { ready: true }),
      await api.call(RESOLVE, { id: 'gid://shopify/PaymentSession/1' }),
    ];
    expect(answers.map(({ errors }) => errors?.[0]?.extensions?.code)).toEqual([
      'ACCESS_DENIED',
      'ACCESS_DENIED',
    ]);
    expect(shop.merchant.activate()).toEqual({ ok: false, reason: 'not-ready' });
  });
});
