import { describe, expect, it } from 'vitest';
import { buy, followUpMutation, openStore, RESOLVE, returnUrlOf } from '../support/shopify-store.ts';

const shopPage = (path: string) => `https://demo.myshopify.com${path}`;

describe('a person with a browser', () => {
  it('buys: shop, checkout, the app’s page, thank-you page, and the merchant refunds in the admin', async () => {
    const store = await openStore();
    const browser = store.shopify.newBrowser();
    expect((await browser.open(shopPage('/'))).body).toContain('Check out');
    const checkout = await browser.open(shopPage('/cart'), { method: 'POST', form: { amount: '12.5' } });
    expect(checkout.body).toContain('Total 12.50 USD');
    const paid = await browser.open(`${checkout.url}/pay`, { method: 'POST', stopAt: () => true });
    const [session] = store.shop.payments();
    expect(paid.headers.get('location')).toBe(`https://app.example/pay/${session!.id}`);
    const back = returnUrlOf(await store.api.mutate(RESOLVE, { id: session!.gid }));
    expect((await browser.open(back)).body).toContain('data-financial-status="paid"');
    expect((await browser.open(`${checkout.url}/pay`, { method: 'POST' })).status).toBe(422);
    const orders = shopPage('/admin/orders');
    expect((await browser.open(orders)).body).toContain('12.50 USD: paid');
    const [order] = store.shop.orders();
    const refund = (amount: string) =>
      browser.open(orders, { method: 'POST', form: { refund: String(order!.id), amount } });
    expect((await refund('20')).status).toBe(422);
    expect((await refund('')).body).toContain('refund 12.50 open');
    const [asked] = store.shop.followUps();
    await store.api.mutate(followUpMutation('refund', 'Resolve'), { id: asked!.gid });
    expect((await browser.open(orders)).body).toContain('data-financial-status="refunded"');
  });

  it('tries a failed refund again in the admin', async () => {
    const store = await openStore();
    const { orderId } = await buy(store);
    const browser = store.shopify.newBrowser();
    const orders = shopPage('/admin/orders');
    store.app.answerWith(() => ({ status: 200, body: '{}' }));
    const failed = await browser.open(orders, { method: 'POST', form: { refund: `${orderId}`, amount: '' } });
    expect(failed.body).toContain('gateway-error');
    store.app.answerWith(() => ({ status: 201, body: '' }));
    const [asked] = store.shop.followUps();
    const again = await browser.open(orders, { method: 'POST', form: { retry: asked!.id } });
    expect([again.status, again.body.includes('data-follow-up="open"')]).toEqual([200, true]);
    expect((await browser.open(orders, { method: 'POST', form: { retry: 'unknown' } })).status).toBe(422);
  });

  it('opens the app from the admin, signed', async () => {
    const store = await openStore();
    const answer = await store.shopify.fetch(shopPage('/admin/apps/an-api-key'), { redirect: 'manual' });
    const location = new URL(answer.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe('https://app.example/app');
    expect([...location.searchParams.keys()].sort()).toEqual(['hmac', 'host', 'shop', 'timestamp']);
  });
});

describe('hostile input', () => {
  it.each([
    ['a body of more than 1 MiB', '/admin/oauth/access_token', 'x'.repeat(1_048_577), 413],
    ['a price of markup', '/cart', 'amount=<script>', 422],
    ['no form', '/admin/orders', '%', 422],
    ['an order that is none', '/admin/orders', 'refund=1e400', 422],
    ['a payment of no checkout', '/checkouts/x/pay', '', 404],
    [
      'settings of another gateway',
      '/services/payments_partners/gateways/x/settings',
      'action=activate',
      404,
    ],
    ['a token without fields', '/admin/oauth/access_token', 'code=1', 400],
  ])('%s is refused', async (_, path, body, status) => {
    const { shopify } = await openStore();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await shopify.fetch(shopPage(path), { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain('<script>');
  });
});
