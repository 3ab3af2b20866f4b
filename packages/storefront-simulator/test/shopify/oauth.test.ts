import { minutes } from '@gatewright/payment-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLibraryApp } from '../support/shopify-library-app.ts';
import { apiOf, CONFIGURE, openStore } from '../support/shopify-store.ts';

const openApp = async (scopes: readonly string[] = []) => {
  const store = await openStore();
  const app = await openLibraryApp(store.shopify, store.app, scopes);
  onTestFinished(() => app.close());
  store.shopify.deployApp(app.registration);
  const shop = store.shopify.openShop({ domain: 'new.myshopify.com' });
  return { ...store, app, shop };
};

describe('rule 14: OAuth, against Shopify’s own library', () => {
  it('rule 14: installs with the merchant’s consent and hands out an expiring offline token', async () => {
    const { shopify, shop, app } = await openApp();
    const { page, consented } = await shop.merchant.install();
    expect([page.status, page.body, consented]).toEqual([200, 'Welcome, new.myshopify.com', true]);
    const session = app.sessions.get(shop.domain);
    expect(session).toMatchObject({
      id: 'offline_new.myshopify.com',
      isOnline: false,
      scope: 'write_payment_gateways,write_payment_sessions',
      refreshToken: expect.stringMatching(/^shprt_/),
      expires: expect.any(Date),
    });
    const api = apiOf(shopify, shop, session?.accessToken ?? '');
    expect(await api.mutate(CONFIGURE, { ready: true })).toMatchObject({ userErrors: [] });
    expect(shop.gateway()).toMatchObject({ installed: true, configuration: { ready: true } });
  });

  it('rule 14: a second visit asks nothing, a wider scope asks again', async () => {
    const { shopify, shop, app } = await openApp();
    const { browser } = await shop.merchant.install();
    app.sessions.clear();
    expect(await shop.merchant.install({ browser })).toMatchObject({
      consented: false,
      page: { status: 200 },
    });
    const wider = await openLibraryApp(shopify, { registration: app.registration } as never, ['read_orders']);
    onTestFinished(() => wider.close());
    shopify.deployApp(wider.registration);
    expect(await shop.merchant.install()).toMatchObject({ consented: true, page: { status: 200 } });
    expect(shop.gateway().scopes).toEqual([
      'read_orders',
      'write_payment_gateways',
      'write_payment_sessions',
    ]);
    expect(shop.gateway().configuration).toBeUndefined();
  });

  it.each(['hmac', 'state', 'shop'] as const)(
    'rule 14: the library refuses a callback with another %s',
    async (tamper) => {
      const { shop, app } = await openApp();
      const { page } = await shop.merchant.install({ tamper });
      expect(page.status).toBe(400);
      expect(page.body).toMatch(/Invalid/);
      expect(app.sessions.size).toBe(0);
      expect(shop.gateway().installed).toBe(false);
    },
  );

  it('rule 14: a replayed callback is refused: the library would still take its state, but the code is spent', async () => {
    const { shopify, shop, app } = await openApp();
    const { browser, callbackUrl } = await shop.merchant.install();
    expect(await browser.open(callbackUrl ?? '')).toMatchObject({
      status: 400,
      body: 'Error: HttpResponseError',
    });
    const code = new URL(callbackUrl ?? '').searchParams.get('code');
    const again = await shopify.fetch(`https://${shop.domain}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: 'an-api-key', client_secret: 'an-api-secret', code, expiring: '1' }),
    });
    expect(again.status).toBe(400);
    expect(app.sessions.size).toBe(1);
  });

  it('rule 14: a code is for its shop and for ten minutes', async () => {
    const { clock, shopify, shop, app } = await openApp();
    const other = shopify.openShop({ domain: 'other.myshopify.com' });
    const authorize = new URL(`https://${shop.domain}/admin/oauth/authorize`);
    authorize.search = new URLSearchParams({
      client_id: 'an-api-key',
      redirect_uri: app.registration.redirectUrls[0] ?? '',
      state: 'x',
    }).toString();
    const newCode = async (): Promise<string> => {
      const answer = await shopify.fetch(authorize, { method: 'POST', redirect: 'manual' });
      return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    };
    const redeem = async (domain: string, code: string): Promise<number> => {
      const answer = await shopify.fetch(`https://${domain}/admin/oauth/access_token`, {
        method: 'POST',
        body: new URLSearchParams({
          client_id: 'an-api-key',
          client_secret: 'an-api-secret',
          code,
          expiring: '1',
        }),
      });
      return answer.status;
    };
    expect(await redeem(other.domain, await newCode())).toBe(400);
    const late = await newCode();
    const intime = await newCode();
    clock.advance(minutes(10) - 1);
    expect(await redeem(shop.domain, intime)).toBe(200);
    clock.advance(1);
    expect(await redeem(shop.domain, late)).toBe(400);
  });

  it.each([
    ['another app', { client_id: 'unknown' }],
    ['an address that is not registered', { redirect_uri: 'https://evil.example/auth/callback' }],
    ['an online token', { 'grant_options[]': 'per-user' }],
  ])('rule 14: authorize refuses %s', async (_, more) => {
    const { shopify, shop, app } = await openApp();
    const url = new URL(`https://${shop.domain}/admin/oauth/authorize`);
    const redirect_uri = app.registration.redirectUrls[0] ?? '';
    url.search = new URLSearchParams({
      client_id: 'an-api-key',
      redirect_uri,
      state: 'x',
      ...more,
    }).toString();
    expect((await shopify.fetch(url, { redirect: 'manual' })).status).toBe(400);
  });

  it('the library refreshes the token it was given', async () => {
    const { shop, app } = await openApp();
    await shop.merchant.install();
    const before = app.sessions.get(shop.domain);
    const { session } = await app.library.auth.refreshToken({
      shop: shop.domain,
      refreshToken: before?.refreshToken ?? '',
    });
    expect(session.accessToken).not.toBe(before?.accessToken);
    expect(session.refreshToken).toMatch(/^shprt_/);
  });
});
