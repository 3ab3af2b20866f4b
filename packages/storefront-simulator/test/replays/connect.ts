import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { recordedCallback } from '../support/captures.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { asRecorded } from '../support/replayed.ts';
import { type Shop, startShop } from '../support/shop.ts';
import { signerFor } from '../support/signed-request.ts';

const callbackBody = z.strictObject({
  key_id: z.int(),
  user_id: z.string(),
  consumer_key: z.string().regex(/^ck_[0-9a-f]{40}$/),
  consumer_secret: z.string().regex(/^cs_[0-9a-f]{40}$/),
  key_permissions: z.enum(['read', 'write', 'read_write']),
});

const receiver = async (): Promise<Receiver> => {
  const started = await startReceiver();
  onTestFinished(() => started.close());
  return started;
};

const asking = (to: Receiver, change: Readonly<Record<string, string>> = {}): string => {
  const query = new URLSearchParams({
    app_name: 'Gatewright',
    scope: 'read_write',
    user_id: 'store-42',
    return_url: 'https://bridge.example/connected?tab=1',
    callback_url: `${to.url}/woo/keys`,
    ...change,
  });
  return `/wc-auth/v1/authorize?${query}`;
};

/** A browser with a cookie, which follows nothing by itself. */
const browserAt = ({ woo }: Shop) => {
  let cookie = '';
  return async (target: string, form?: Record<string, string>) => {
    const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const reply = await fetch(new URL(target, woo.url), { ...sent, redirect: 'manual', headers: { cookie } });
    cookie = reply.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return { status: reply.status, to: reply.headers.get('location') ?? '', html: await reply.text() };
  };
};

const linkIn = (html: string, className: string): string =>
  new RegExp(`class="[^"]*${className}" href="([^"]+)"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

describe('connecting through /wc-auth/v1/authorize (woocommerce.md 5.9)', () => {
  it('wc-auth-callback: an unsigned POST with a key that works, then the way back', async () => {
    const shop = await startShop();
    const to = await receiver();
    const granted = await shop.woo.merchant.approve(asking(to));
    expect(granted).toEqual({
      ok: true,
      redirect: 'https://bridge.example/connected?tab=1&success=1&user_id=store-42',
    });
    const recorded = recordedCallback('wc-auth-callback');
    const [got, ...more] = to.received;
    expect(more).toEqual([]);
    expect({ method: got?.method, url: got?.url }).toEqual({ method: recorded.method, url: recorded.url });
    const names = Object.keys(recorded.headers);
    expect(Object.keys(got?.headers ?? {})).toEqual(names);
    const constant = ['accept', 'accept-encoding', 'content-type', 'connection'];
    for (const name of constant) expect(got?.headers[name], name).toBe(recorded.headers[name]);
    expect(got?.headers['user-agent']).toBe(`WordPress/7.1; ${shop.woo.url}`);
    expect(recorded.headers['user-agent']).toBe('WordPress/7.1; http://127.0.0.1:8089');
    const [body, then] = [got?.body ?? '', recorded.body].map((text) => JSON.parse(text));
    expect(Object.keys(body)).toEqual(Object.keys(then));
    const { user_id, key_permissions } = callbackBody.parse(then);
    expect(callbackBody.parse(body)).toMatchObject({ user_id, key_permissions });
    const { consumer_key: consumerKey, consumer_secret: consumerSecret } = callbackBody.parse(body);
    const rest = signerFor(shop.woo.url, { consumerKey, consumerSecret });
    expect((await rest('POST', '/wp-json/wc/v3/orders', { body: {} })).status).toBe(201);
    asRecorded('wc-auth-callback');
  });

  it('in a browser: log in, read who asks, approve', async () => {
    const shop = await startShop();
    const to = await receiver();
    const open = browserAt(shop);
    const first = await open(asking(to, { app_name: 'Gate <b>wright' }));
    expect(first).toMatchObject({ status: 302, to: expect.stringContaining('/wc-auth/v1/login/?') });
    const login = await open(first.to);
    const [, back = ''] = /name="redirect_to" value="([^"]+)"/.exec(login.html) ?? [];
    const signedIn = await open('/wp-login.php', { redirect_to: back.replaceAll('&amp;', '&') });
    const page = await open(signedIn.to);
    expect(page.html).toContain('Gate &lt;b&gt;wright would like to connect to your store');
    expect(page.html).toContain('Read/Write');
    expect(linkIn(page.html, 'wc-auth-deny')).toContain('success=0&user_id=store-42');
    expect(to.received).toEqual([]);
    const approved = await open(linkIn(page.html, 'wc-auth-approve'));
    expect(approved).toMatchObject({
      status: 302,
      to: expect.stringContaining('success=1&user_id=store-42'),
    });
    expect(to.received).toHaveLength(1);
  });

  it('denied: no key, and the application is told by the browser alone', async () => {
    const shop = await startShop();
    const to = await receiver();
    expect(shop.woo.merchant.deny(asking(to))).toMatchObject({
      redirect: 'https://bridge.example/connected?tab=1&success=0&user_id=store-42',
    });
    expect(to.received).toEqual([]);
  });

  it('the granting link without its nonce, and without the cookie, gives nothing', async () => {
    const shop = await startShop();
    const to = await receiver();
    const open = browserAt(shop);
    const granting = asking(to).replace('authorize', 'access_granted');
    expect((await open(granting)).status).toBe(302);
    await open('/wp-login.php', { redirect_to: '/' });
    expect(await open(granting)).toMatchObject({
      status: 401,
      html: expect.stringContaining('Invalid nonce verification'),
    });
    expect(to.received).toEqual([]);
  });

  it.each([201, 204, 302, 500])('an answer of %i takes the key back', async (status) => {
    const shop = await startShop();
    const to = await receiver();
    to.answer = () => ({ status });
    expect(await shop.woo.merchant.approve(asking(to))).toMatchObject({
      ok: false,
      error: expect.stringContaining('unable to send the consumer data'),
    });
    const { consumer_key: consumerKey, consumer_secret: consumerSecret } = callbackBody.parse(
      JSON.parse(to.received[0]?.body ?? 'null'),
    );
    const rest = signerFor(shop.woo.url, { consumerKey, consumerSecret });
    expect((await rest('GET', '/wp-json/wc/v3/orders')).status).toBe(401);
  });

  it.each([
    [{ user_id: '' }, 'Missing parameter user_id'],
    [{ scope: 'admin' }, 'Invalid scope admin'],
    [{ return_url: 'https://' }, 'The return_url is not a valid URL'],
    [{ callback_url: 'http://bridge.example/keys' }, 'The callback_url needs to be over SSL'],
  ])('%j is refused: %s', async (change, error) => {
    const shop = await startShop();
    const to = await receiver();
    expect(await shop.woo.merchant.approve(asking(to, change))).toEqual({ ok: false, error });
    expect(await browserAt(shop)(asking(to, change))).toMatchObject({
      status: 401,
      html: expect.stringContaining(`Error: ${error}.`),
    });
    expect(to.received).toEqual([]);
  });

  it('a real shop posts keys over https only, and never to this machine', async () => {
    const shop = await startShop({ deliveryTargets: 'public-only' });
    const to = await receiver();
    expect(await shop.woo.merchant.approve(asking(to))).toMatchObject({
      error: expect.stringContaining('SSL'),
    });
    const secure = asking(to, { callback_url: 'https://127.0.0.1/keys' });
    expect(await shop.woo.merchant.approve(secure)).toMatchObject({ ok: false });
    expect(to.received).toEqual([]);
  });

  it.each([
    ['read', 'GET', 'POST'],
    ['write', 'POST', 'GET'],
  ])('a key of scope %s may %s and not %s', async (scope, may, mayNot) => {
    const shop = await startShop();
    const to = await receiver();
    await shop.woo.merchant.approve(asking(to, { scope }));
    const body = callbackBody.parse(JSON.parse(to.received[0]?.body ?? 'null'));
    expect(body.key_permissions).toBe(scope);
    const keys = { consumerKey: body.consumer_key, consumerSecret: body.consumer_secret };
    const rest = signerFor(shop.woo.url, keys);
    const call = async (method: string): Promise<number> =>
      (await rest(method, '/wp-json/wc/v3/orders', method === 'POST' ? { body: {} } : {})).status;
    expect(await call(may)).toBeLessThan(300);
    expect(await call(mayNot)).toBe(401);
  });
});
