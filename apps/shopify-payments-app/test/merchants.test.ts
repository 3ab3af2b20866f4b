import { expect, test } from 'vitest';
import { startWorld } from './support/world.ts';

const shopUrl = (domain: string) => `/?shop=${domain}&host=aG9zdA&timestamp=1&hmac=00`;

test('an owner opens the app from Shopify, agrees, and is on its first page', async () => {
  const world = await startWorld({ merchantPages: true });
  const shop = world.shopify.openShop({ domain: 'annas.myshopify.com' });
  const { page, consented } = await shop.merchant.install();
  expect(consented).toBe(true);
  expect(page.status).toBe(200);
  expect(new URL(page.url).pathname).toBe('/app');
  expect(page.body).toContain('annas.myshopify.com');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await world.app().shops.byDomain('annas.myshopify.com' as never)).toMatchObject({
    uninstalledAt: null,
  });
});

test('a stranger, a lost shop and a forged callback end on the sign-in page, never in an error', async () => {
  const world = await startWorld({ merchantPages: true });
  const shop = world.shopify.openShop({ domain: 'annas.myshopify.com' });
  const { publicUrl } = world.app();
  const to = async (path: string) => {
    const answer = await fetch(`${publicUrl}${path}`, {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 Chrome/140.0.0.0' },
    });
    return `${answer.status} ${answer.headers.get('location')?.split('?')[0] ?? ''}`;
  };
  expect(await to('/app')).toBe('303 /auth/login');
  expect(await to('/')).toBe('303 /auth/login');
  expect(await to('/app/gateways')).toBe('303 /auth/login');
  expect(await to('/auth')).toBe('303 /auth/login');
  expect(await to('/auth?shop=evil.example.com')).toBe('303 /auth/login');
  expect(await to('/auth/callback?shop=annas.myshopify.com&code=1&hmac=00')).toContain('303 ');
  expect(await to('/auth/login')).toBe('200 ');
  expect(await to('/nowhere')).toBe('404 ');
  expect(await to(shopUrl('annas.myshopify.com'))).toBe('303 /auth');
  for (const tamper of ['hmac', 'state', 'shop'] as const) {
    const { page } = await shop.merchant.install({ tamper });
    expect(page.status, tamper).toBeLessThan(500);
    expect(new URL(page.url).pathname, tamper).not.toBe('/app');
  }
});

test('the cookie is HttpOnly, and pages of an uninstalled shop are closed', async () => {
  const world = await startWorld({ merchantPages: true });
  const shop = world.shopify.openShop({ domain: 'annas.myshopify.com' });
  const { browser } = await shop.merchant.install();
  const { publicUrl } = world.app();
  expect(browser.cookies(publicUrl)).toContain('__Host-gatewright_merchant=');
  shop.merchant.uninstall();
  await world.shopify.runDue();
  const after = await browser.open(`${publicUrl}/app`);
  expect(new URL(after.url).pathname).toBe('/auth/login');
});
