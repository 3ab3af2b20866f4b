import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordedExchange } from '../support/captures.ts';
import { normaliseUrl } from '../support/compare.ts';
import { BRIDGE_KEY, startFakeBridge } from '../support/fake-bridge.ts';
import { asRecorded } from '../support/replayed.ts';
import { type Shop, startShop } from '../support/shop.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

const pageText = async ({ woo }: Shop, target: string, init: RequestInit = {}): Promise<string> =>
  (await fetch(new URL(target, woo.url), { redirect: 'manual', ...init })).text();

const nonceIn = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';

/** What a reader of the notice sees: no markup, single spaces. */
const textOf = (html: string): string =>
  html
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const dataIds = (html: string): string[] => [...html.matchAll(/data-id="([^"]+)"/g)].map(([, id = '']) => id);

const failure = z.object({
  result: z.literal('failure'),
  messages: z.string(),
  refresh: z.boolean(),
  reload: z.boolean(),
});

const submit = async (shop: Shop, name: string, cart = 'simulator_cart=10:1'): Promise<unknown> => {
  const { request, response } = recordedExchange(name);
  const nonce = nonceIn(await pageText(shop, '/checkout/'), 'woocommerce-process-checkout-nonce');
  const form = new URLSearchParams(String(request.body));
  form.set('woocommerce-process-checkout-nonce', nonce);
  const headers = { ...FORM, Cookie: cart };
  const reply = await fetch(new URL(request.path, shop.woo.url), {
    method: 'POST',
    headers,
    body: form.toString(),
  });
  expect(reply.status, name).toBe(response.status);
  expect(reply.headers.get('content-type')).toBe(response.headers['content-type']);
  return reply.json();
};

describe('classic checkout: always 200 (woocommerce.md section 6)', () => {
  it('classic-checkout-ok', async () => {
    const shop = await startShop();
    const body = z.object({ result: z.string(), redirect: z.string(), order_id: z.int() });
    const got = body.parse(await submit(shop, 'classic-checkout-ok'));
    const recorded = body.parse(recordedExchange('classic-checkout-ok').response.body);
    expect(got.result).toBe('success');
    expect(normaliseUrl(got.redirect)).toBe(normaliseUrl(recorded.redirect));
    expect(shop.woo.orders(got.order_id)).toMatchObject({
      status: 'pending',
      createdVia: 'checkout',
      paymentMethod: 'trg',
      billing: { first_name: 'Cla', last_name: 'Sic', email: 'cla@example.test' },
    });
    asRecorded('classic-checkout-ok');
  });

  it.each(['no-country', 'gateway-fail', 'gateway-throw'])('classic-checkout-%s', async (name) => {
    const shop = await startShop();
    const got = failure.parse(await submit(shop, `classic-checkout-${name}`));
    const recorded = failure.parse(recordedExchange(`classic-checkout-${name}`).response.body);
    expect(textOf(got.messages)).toBe(textOf(recorded.messages));
    expect(dataIds(got.messages)).toEqual(dataIds(recorded.messages));
    expect({ ...got, messages: '' }).toEqual({ ...recorded, messages: '' });
    asRecorded(`classic-checkout-${name}`);
  });

  it('a shopper who tries again pays the same order; one with another cart, or after it was paid, a new one', async () => {
    const shop = await startShop();
    const added = await fetch(new URL('/?add-to-cart=10', shop.woo.url), { redirect: 'manual' });
    const cart = added.headers.get('set-cookie')?.split(';')[0] ?? '';
    const place = async (name: string, cookie = cart): Promise<number | undefined> =>
      z.object({ order_id: z.int().optional() }).parse(await submit(shop, name, cookie)).order_id;
    expect(await place('classic-checkout-gateway-fail')).toBeUndefined();
    expect(await place('classic-checkout-ok')).toBe(14);
    expect(await place('classic-checkout-ok')).toBe(14);
    const two = await place('classic-checkout-ok', cart.replace('10:1', '10:2'));
    expect(two).toBe(15);
    expect(shop.woo.orders(15)?.total).toBe('39.98');
    await shop.woo.merchant.setStatus(15, 'processing');
    expect(await place('classic-checkout-ok', cart.replace('10:1', '10:2'))).toBe(16);
  });

  it('refuses a form without its nonce, an empty cart and an unknown method', async () => {
    const shop = await startShop();
    const post = async (form: Record<string, string>, cookie: string): Promise<string> => {
      const init = {
        method: 'POST',
        headers: { ...FORM, Cookie: cookie },
        body: new URLSearchParams(form).toString(),
      };
      return textOf(failure.parse(JSON.parse(await pageText(shop, '/?wc-ajax=checkout', init))).messages);
    };
    const nonce = nonceIn(await pageText(shop, '/checkout/'), 'woocommerce-process-checkout-nonce');
    const filled = {
      'woocommerce-process-checkout-nonce': nonce,
      billing_country: 'DE',
      billing_email: 'a@b.test',
      payment_method: 'none',
    };
    expect(await post({}, 'simulator_cart=10:1')).toContain('unable to process');
    expect(await post(filled, '')).toContain('session has expired');
    expect(await post(filled, 'simulator_cart=10:1')).toBe('Invalid payment method.');
    expect(shop.woo.orders(14)).toBeUndefined();
  });
});

describe('order-pay', () => {
  it('order-pay-post: 302 to the gateway', async () => {
    const shop = await startShop();
    const { id, orderKey } = await shop.woo.shopper.placeOrder({ method: 'trg' });
    const link = `/checkout/order-pay/${id}/?pay_for_order=true&key=${orderKey}`;
    const nonce = nonceIn(await pageText(shop, link), 'woocommerce-pay-nonce');
    const { request, response } = recordedExchange('order-pay-post');
    const form = new URLSearchParams(String(request.body));
    form.set('woocommerce-pay-nonce', nonce);
    const init = { method: 'POST', headers: FORM, body: form.toString(), redirect: 'manual' } as const;
    const reply = await fetch(new URL(link, shop.woo.url), init);
    expect(reply.status).toBe(response.status);
    expect(reply.headers.get('x-redirect-by')).toBe('WordPress');
    expect(normaliseUrl(reply.headers.get('location') ?? '')).toBe(
      normaliseUrl(String(response.headers.location)),
    );
    asRecorded('order-pay-post');
  });

  it.each(['on-hold', 'cancelled'] as const)('is refused when the order is %s', async (status) => {
    const shop = await startShop();
    const { id, orderKey } = await shop.woo.shopper.placeOrder({ method: 'trg' });
    await shop.woo.merchant.setStatus(id, status);
    const link = `/checkout/order-pay/${id}/?pay_for_order=true&key=${orderKey}`;
    expect(await pageText(shop, link)).toContain('cannot be paid for');
    const body = 'payment_method=trg&woocommerce_pay=1';
    expect(await pageText(shop, link, { method: 'POST', headers: FORM, body })).toContain(
      'cannot be paid for',
    );
  });

  it('shows nothing without the order key', async () => {
    const shop = await startShop();
    const { id } = await shop.woo.shopper.placeOrder();
    for (const page of ['order-pay', 'order-received']) {
      const reply = await fetch(new URL(`/checkout/${page}/${id}/?key=wc_order_guess`, shop.woo.url));
      expect(reply.status).toBe(404);
      expect(await reply.text()).not.toContain('19.99');
    }
  });
});

describe('a person clicks through', () => {
  it('shop, cart, checkout, bridge, thank-you page, cancel link', async () => {
    const bridge = await startFakeBridge();
    const shop = await startShop({ bridge: { url: bridge.url, ...BRIDGE_KEY } });
    const redirect_url = `${bridge.url}/pay`;
    bridge.answers.set('POST /v1/checkouts', { status: 200, body: { invoice: 'inv_1', redirect_url } });
    expect(await pageText(shop, '/')).toContain('href="/?add-to-cart=10"');
    const added = await fetch(`${shop.woo.url}/?add-to-cart=10`, { redirect: 'manual' });
    const cookie = added.headers.get('set-cookie')?.split(';')[0] ?? '';
    const nonce = nonceIn(await pageText(shop, '/checkout/'), 'woocommerce-process-checkout-nonce');
    const form = new URLSearchParams({
      'woocommerce-process-checkout-nonce': nonce,
      billing_country: 'DE',
      billing_email: 'a@b.test',
      payment_method: 'gatewright',
    });
    const headers = { ...FORM, Cookie: cookie };
    const init = { method: 'POST', headers, body: form.toString(), redirect: 'manual' } as const;
    const placed = await fetch(`${shop.woo.url}/checkout/`, init);
    expect([placed.status, placed.headers.get('location')]).toEqual([302, redirect_url]);
    const sent = z
      .looseObject({ order_id: z.int(), return_url: z.url(), cancel_url: z.url(), order_pay_url: z.url() })
      .parse(JSON.parse(bridge.requests[0]?.body ?? ''));
    expect(await pageText(shop, sent.return_url)).toContain('data-status="pending"');
    await shop.woo.merchant.setStatus(sent.order_id, 'failed');
    expect(await pageText(shop, sent.return_url)).toContain('Pay for this order');
    bridge.answers.set(`GET /v1/orders/${sent.order_id}/may-cancel`, {
      status: 200,
      body: { may_cancel: 'yes' },
    });
    const forged = sent.cancel_url.replace(/_wpnonce=.*/, '_wpnonce=0000000000');
    expect(await pageText(shop, forged)).toContain('can no longer be cancelled');
    expect(await pageText(shop, sent.cancel_url)).toContain('Your order was cancelled.');
    expect(shop.woo.orders(sent.order_id)?.status).toBe('cancelled');
    expect(await pageText(shop, sent.return_url)).not.toContain('Pay for this order');
  });

  it('finds the API by the Link of the home page, and a 404 elsewhere', async () => {
    const { woo } = await startShop();
    const home = await fetch(woo.url);
    expect(home.headers.get('link')).toBe(`<${woo.url}/wp-json/>; rel="https://api.w.org/"`);
    expect((await fetch(`${woo.url}/wp-admin/`)).status).toBe(404);
  });

  it('escapes what a title may contain', async () => {
    const shop = await startShop();
    await shop.rest('PUT', '/wp-json/wc/v3/payment_gateways/trg', { body: { title: '<b>"x"</b>' } });
    expect(await pageText(shop, '/checkout/')).toContain('&lt;b&gt;&quot;x&quot;&lt;/b&gt;');
  });
});

describe('the server', () => {
  it('answers 413 to a body above 8 MiB', async () => {
    const shop = await startShop();
    const reply = await shop.anonymous('POST', '/checkout/', { rawBody: 'x'.repeat(9 * 1024 * 1024) });
    expect(reply.status).toBe(413);
  });
});
