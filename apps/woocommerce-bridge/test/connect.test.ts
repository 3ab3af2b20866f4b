import { minutes } from '@gatewright/payment-core';
import { startWooCommerce } from '@gatewright/storefront-simulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { wooCommerceCredentialsSchema } from '../src/storefront/credentials.ts';
import { openAccount } from './support/accounts.ts';
import { browser } from './support/browser.ts';
import { everything } from './support/ledger-file.ts';
import { tokenOf } from './support/operator-call.ts';
import { openShop, type Shop, startWorld, type World } from './support/world.ts';

const scene = async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  const token = await tokenOf(world, shop.store);
  return { world, shop, token, owner: browser(world.bridge.publicUrl) };
};

type Scene = Awaited<ReturnType<typeof scene>>;

const signIn = ({ owner, shop, token }: Scene) => owner.post('/connect', { store: shop.woo.url, token });

const keysIn = async ({ bridge }: World, { store }: Shop) =>
  wooCommerceCredentialsSchema.safeParse(await bridge.vault.storefrontCredentials(store)).data;

/** The address at the shop that the owner is sent to. */
const authorizing = async (one: Scene): Promise<URL> => {
  await signIn(one);
  const sent = await one.owner.submit('/connect', '/connect/authorize');
  expect(sent.status).toBe(303);
  return new URL(sent.location);
};

/** What WooCommerce posts when the owner approves. */
const callback = (
  at: URL,
  keys: { consumerKey: string; consumerSecret: string },
  permissions = 'read_write',
) =>
  fetch(at.searchParams.get('callback_url') ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: JSON.stringify({
      key_id: 4,
      user_id: at.searchParams.get('user_id'),
      consumer_key: keys.consumerKey,
      consumer_secret: keys.consumerSecret,
      key_permissions: permissions,
    }),
  });

describe('connecting a shop', () => {
  test('an operator signs in, the shop gives its key, and the page says what is wrong and what to do', async () => {
    const one = await scene();
    const { world, shop, owner } = one;
    const at = await authorizing(one);
    expect(`${at.origin}${at.pathname}`).toBe(`${shop.woo.url}/wc-auth/v1/authorize`);
    expect(at.searchParams.get('scope')).toBe('read_write');
    expect(at.searchParams.get('user_id')).toMatch(/^[\w-]{22}$/);
    const key = shop.woo.createKey('read_write');
    expect((await callback(at, key)).status).toBe(200);
    expect(await keysIn(world, shop)).toEqual({ ...key, webhookSecret: shop.webhookSecret });
    const back = await owner.get(`/connect/return?success=1&user_id=${at.searchParams.get('user_id')}`);
    expect([back.status, back.location]).toEqual([303, '/connect']);
    const page = await owner.get('/connect');
    expect(page.text).toContain('no-account');
    expect(page.text).toContain('gatewright account add');
    expect(page.text).toContain('webhook 1 of order.created registered');
    expect(page.text).not.toContain(key.consumerSecret);
    expect(world.log()).not.toContain(key.consumerSecret);
    expect(world.log()).not.toContain(one.token);
  });

  test('a state is worth one callback within ten minutes, for its own store', async () => {
    const one = await scene();
    const key = one.shop.woo.createKey('read_write');
    const at = await authorizing(one);
    const both = await Promise.all([callback(at, key), callback(at, key)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
    const late = await authorizing(one);
    await one.world.simulators.clock.advance(minutes(10));
    expect((await callback(late, key)).status).toBe(401);
    const made = new URL(late);
    made.searchParams.set('user_id', 'AAAAAAAAAAAAAAAAAAAAAA');
    expect((await callback(made, key)).status).toBe(401);
  });

  test('keys that do not open the shop, only read it, or are none are refused and not stored', async () => {
    const one = await scene();
    const { shop, world } = one;
    const before = await keysIn(world, shop);
    const foreign = { ...shop.woo.restKeys, consumerSecret: `cs_${'0'.repeat(40)}` };
    expect((await callback(await authorizing(one), foreign)).status).toBe(422);
    const reading = shop.woo.createKey('read');
    expect((await callback(await authorizing(one), reading, 'read')).status).toBe(422);
    const broken = { consumerKey: 'ck_<script>', consumerSecret: 'cs_1' };
    expect((await callback(await authorizing(one), broken)).status).toBe(422);
    expect(await keysIn(world, shop)).toEqual(before);
  });

  test("another shop's keys open nothing at this shop's address", async () => {
    const one = await scene();
    const other = await openShop(one.world, { name: 'Other', seed: 2 });
    const before = await keysIn(one.world, one.shop);
    expect((await callback(await authorizing(one), other.woo.restKeys)).status).toBe(422);
    expect(await keysIn(one.world, one.shop)).toEqual(before);
    expect(await keysIn(one.world, other)).toMatchObject(other.woo.restKeys);
  });

  test.each(['{', '{}', '[]', 'user_id=1', JSON.stringify({ user_id: 1 })])(
    'a callback that cannot be read is 400: %s',
    async (body) => {
      const world = await startWorld();
      const before = everything(world);
      const answer = await fetch(`${world.bridge.publicUrl}/connect/callback`, { method: 'POST', body });
      expect(answer.status).toBe(400);
      expect(everything(world)).toEqual(before);
    },
  );

  test('a callback that is too large is 413', async () => {
    const world = await startWorld();
    const body = JSON.stringify({ user_id: 'x'.repeat(10_000) });
    const answer = await fetch(`${world.bridge.publicUrl}/connect/callback`, { method: 'POST', body });
    expect(answer.status).toBe(413);
  });
});

describe('between plugin and bridge', () => {
  test('a pairing leads on to the keys of a new shop by an address that works once', async () => {
    const world = await startWorld();
    const woo = await startWooCommerce({ clock: world.simulators.clock, seed: 3 });
    onTestFinished(() => woo.close());
    const { vault } = world.bridge;
    const added = await vault.addStore({ name: 'New', mode: 'test', platform: 'woocommerce', url: woo.url });
    if (!added.ok) throw new Error(added.reason);
    const code = await vault.issueCode('pairing', added.store.id, minutes(10));
    const paired = await fetch(`${world.bridge.publicUrl}/v1/pairings`, {
      method: 'POST',
      body: JSON.stringify({ code, store_url: woo.url }),
    });
    const { connect_url } = z.object({ connect_url: z.url() }).parse(await paired.json());
    const owner = browser(world.bridge.publicUrl);
    const ticket = new URL(connect_url).searchParams.get('ticket') ?? '';
    expect((await owner.get(connect_url)).text).toContain(`value="${ticket}"`);
    expect((await owner.post('/connect', { ticket })).status).toBe(303);
    expect((await browser(world.bridge.publicUrl).post('/connect', { ticket })).status).toBe(401);
    const sent = await owner.submit('/connect', '/connect/authorize');
    const granted = await woo.merchant.approve(sent.location);
    if (!granted.ok) throw new Error(granted.error);
    expect((await owner.get(granted.redirect)).location).toBe('/connect');
    expect((await owner.get('/connect')).text).toContain('<dd>stored</dd>');
    const again = await owner.get('/connect');
    expect(again.text).toContain('To replace it, sign in');
  });

  test('"Connect" in the plugin leads here, gets a pairing code, and leads back to its own shop only', async () => {
    const one = await scene();
    const settings = `${one.shop.woo.url}/wp-admin/admin.php?page=wc-settings&tab=gatewright`;
    const query = new URLSearchParams({ store_url: one.shop.woo.url, return_url: settings });
    const arrived = await one.owner.get(`/connect?${query}`);
    expect(arrived.text).toContain(`value="${one.shop.woo.url}"`);
    await one.owner.post('/connect', { store: one.shop.woo.url, token: one.token, return_url: settings });
    const page = await one.owner.submit('/connect', '/connect/pair');
    expect(page.text).toContain(`href="${settings.replaceAll('&', '&amp;')}"`);
    const code = /<code>(\S+#[\w-]{22})<\/code>/.exec(page.text)?.[1] ?? '';
    expect(await one.shop.woo.pairBridge(code)).toMatchObject({ ok: true });
    expect((await one.owner.get('/connect')).text).not.toContain(code);
    const other = browser(one.world.bridge.publicUrl);
    const elsewhere = { store: one.shop.woo.url, token: one.token, return_url: 'https://elsewhere.example/' };
    await other.post('/connect', elsewhere);
    expect((await other.get('/connect')).text).not.toContain('elsewhere.example');
  });

  test('the owner who denies is told so, and nothing is stored or lost', async () => {
    const one = await scene();
    const before = await keysIn(one.world, one.shop);
    const denied = one.shop.woo.merchant.deny((await authorizing(one)).href);
    if (!denied.ok) throw new Error(denied.error);
    const back = await one.owner.get(denied.redirect);
    expect((await one.owner.get(back.location)).text).toContain('The shop gave no key');
    expect(await keysIn(one.world, one.shop)).toEqual(before);
  });

  test("WooCommerce's own pages: the key that was approved is the one in use", async () => {
    const one = await scene();
    const granted = await one.shop.woo.merchant.approve((await authorizing(one)).href);
    if (!granted.ok) throw new Error(granted.error);
    const keys = await keysIn(one.world, one.shop);
    expect(keys?.consumerKey).not.toBe(one.shop.woo.restKeys.consumerKey);
    expect(keys?.webhookSecret).toBe(one.shop.webhookSecret);
  });
});

describe('signing in', () => {
  test("a wrong token, another store's token and an unknown shop get the same page and no session", async () => {
    const one = await scene();
    const other = await openShop(one.world, { name: 'Other', seed: 2 });
    const foreign = await tokenOf(one.world, other.store);
    const tries = [
      { store: one.shop.woo.url, token: 'nonsense' },
      { store: one.shop.woo.url, token: foreign },
      { store: one.shop.woo.url, token: '' },
    ];
    const pages = [];
    for (const form of tries) pages.push(await one.owner.post('/connect', form));
    expect(pages.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(pages.map(({ text }) => text)).size).toBe(1);
    const unknown = await one.owner.post('/connect', { store: 'https://nobody.example', token: one.token });
    expect(unknown.status).toBe(401);
    expect(unknown.text.replace('https://nobody.example', one.shop.woo.url)).toBe(pages[0]?.text);
    expect(one.owner.cookies()).toEqual([]);
  });

  test('guessing is slowed down, and a genuine token is let in all the same', async () => {
    const one = await scene();
    const statuses = [];
    for (let guess = 0; guess < 21; guess += 1)
      statuses.push(
        (await one.owner.post('/connect', { store: one.shop.woo.url, token: `no-${guess}` })).status,
      );
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn(one)).status).toBe(303);
  });

  test('a pairing code connects a new shop once, and replaces nothing', async () => {
    const one = await scene();
    const { world, shop, owner } = one;
    const code = await world.bridge.vault.issueCode('pairing', shop.store, minutes(10));
    const form = { store: shop.woo.url, token: `${world.bridge.publicUrl}#${code}` };
    expect((await owner.post('/connect', form)).status).toBe(303);
    const page = await owner.get('/connect');
    expect(page.text).toContain('To replace it, sign in');
    expect(page.text).not.toContain('Shops that cannot install plugins');
    const sent = await owner.submit('/connect', '/connect/authorize', {}, '/connect/check');
    const before = await keysIn(world, shop);
    expect((await callback(new URL(sent.location), shop.woo.createKey('read_write'))).status).toBe(409);
    expect(await keysIn(world, shop)).toEqual(before);
    expect((await browser(world.bridge.publicUrl).post('/connect', form)).status).toBe(401);
  });

  test('a form is good once, for its own session, and from our own pages', async () => {
    const one = await scene();
    await signIn(one);
    const page = await one.owner.get('/connect');
    const state = page.hidden('/connect/check');
    const another = browser(one.world.bridge.publicUrl);
    expect((await another.post('/connect/check', { state })).status).toBe(401);
    await another.post('/connect', { store: one.shop.woo.url, token: one.token });
    expect((await another.post('/connect/check', { state })).status).toBe(403);
    const fresh = (await one.owner.get('/connect')).hidden('/connect/check');
    const cross = await one.owner.post(
      '/connect/check',
      { state: fresh },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(cross.status).toBe(403);
    const again = (await one.owner.get('/connect')).hidden('/connect/check');
    expect((await one.owner.post('/connect/check', { state: again })).status).toBe(303);
    expect((await one.owner.post('/connect/check', { state: again })).status).toBe(403);
  });

  test('signing out ends the session on the bridge too', async () => {
    const one = await scene();
    await signIn(one);
    const kept = one.owner.copy();
    expect((await one.owner.submit('/connect', '/connect/leave')).text).toContain('Signed out');
    expect((await kept.get('/connect')).text).toContain('Connect a shop');
  });
});

describe('the pages', () => {
  test('run no script, sit in no frame, are kept by no cache, and escape what they show', async () => {
    const one = await scene();
    const page = await one.owner.get(`/connect?store=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).not.toContain('<script');
    expect(page.text).toContain('&quot;&gt;&lt;script&gt;');
  });

  test('a store goes live by an operator only, and then says that it has no live account', async () => {
    const one = await scene();
    await openAccount(one.world, one.shop.store, 'crypto-pay');
    const { vault } = one.world.bridge;
    const mode = async () => (await vault.store(one.shop.store))?.mode;
    const code = await vault.issueCode('pairing', one.shop.store, minutes(10));
    const other = browser(one.world.bridge.publicUrl);
    await other.post('/connect', { store: one.shop.woo.url, token: code });
    expect((await other.submit('/connect', '/connect/mode', { mode: 'live' }, '/connect/check')).status).toBe(
      403,
    );
    expect(await mode()).toBe('test');
    await signIn(one);
    expect((await one.owner.submit('/connect', '/connect/mode', { mode: 'live' })).status).toBe(303);
    expect(await mode()).toBe('live');
    expect((await one.owner.get('/connect')).text).toContain('currency-not-taken');
  });

  test('REST-only mode is off until an operator switches it on, and says what it cannot do', async () => {
    const one = await scene();
    const { vault } = one.world.bridge;
    await signIn(one);
    const set = (form: Record<string, string>) => one.owner.submit('/connect', '/connect/rest-mode', form);
    const settings = async () => (await vault.store(one.shop.store))?.settings;
    expect((await one.owner.get('/connect')).text).toContain('at least once, not exactly');
    expect((await set({ mode: 'on', methods: 'no such method!' })).status).toBe(422);
    expect((await set({ mode: 'on', methods: 'bacs, cheque', hours: '48' })).status).toBe(303);
    expect(await settings()).toEqual({ restOnly: { methods: ['bacs', 'cheque'], deadlineHours: 48 } });
    expect((await set({ mode: 'off', methods: '' })).status).toBe(303);
    expect(await settings()).toEqual({ restOnly: null });
  });
});
