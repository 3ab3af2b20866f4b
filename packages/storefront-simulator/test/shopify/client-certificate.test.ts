import { describe, expect, it } from 'vitest';
import { openStore, pay } from '../support/shopify-store.ts';

describe('rule 1: the client certificate', () => {
  it('rule 1: sends the 3 headers and the documented body to an app that asks for a certificate', async () => {
    const store = await openStore();
    const { sessionId, gid, redirectUrl } = await pay(store);
    expect(redirectUrl).toBe(`https://app.example/pay/${sessionId}`);
    expect(store.app.seen).toHaveLength(1);
    const { headers, rawBody } = store.app.seen[0]!;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'shopify-shop-domain': 'demo.myshopify.com',
      'shopify-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'shopify-api-version': '2026-10',
    });
    expect(headers).not.toHaveProperty('authorization');
    expect(JSON.parse(rawBody)).toEqual({
      id: sessionId,
      gid,
      group: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      session_id: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
      amount: '49.90',
      currency: 'USD',
      test: false,
      merchant_locale: 'en',
      payment_method: {
        type: 'offsite',
        data: {
          cancel_url: expect.stringMatching(/^https:\/\/demo\.myshopify\.com\/checkouts\/[0-9a-f]{32}$/),
        },
      },
      proposed_at: '2026-11-21T08:13:46.000Z',
      kind: 'sale',
      customer: expect.objectContaining({ email: 'buyer@example.com', locale: 'fr' }),
    });
  });

  it.each(['none', 'self-signed', 'other-authority', 'expired', 'not-yet-valid'] as const)(
    'rule 1: a strict app refuses the certificate "%s"',
    async (presentation) => {
      const store = await openStore({ deliveryAttempts: 1 });
      store.shopify.clientCertificates.present(presentation);
      const outcome = await store.shop.checkout({ amount: '1' }).pay();
      expect(outcome).toMatchObject({ ok: false, reason: 'gateway-error' });
      expect(store.app.seen).toHaveLength(0);
      expect(store.shopify.journal.at(-1)).toMatchObject({
        kind: 'delivery',
        presentation,
        outcome: { ok: false, reason: 'no-connection' },
      });
    },
  );

  it('rule 1: the chain carries its intermediate, so an app that knows the Root alone takes it', async () => {
    const store = await openStore({ deliveryAttempts: 1 });
    store.app.trust(store.shopify.clientCertificates.root);
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ ok: true });
  });

  it('rule 1: leaf only is refused by an app that knows the Root alone, and passes with both', async () => {
    const store = await openStore({ deliveryAttempts: 1 });
    const { clientCertificates } = store.shopify;
    clientCertificates.present('leaf-only');
    store.app.trust(clientCertificates.root);
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ reason: 'gateway-error' });
    store.app.trust(clientCertificates.trustBundle);
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ ok: true });
  });

  it('rule 1: a rotated authority is refused until the app trusts it, and the old bundle may stay', async () => {
    const store = await openStore({ deliveryAttempts: 1 });
    const { clientCertificates } = store.shopify;
    const old = clientCertificates.trustBundle;
    const rotated = await clientCertificates.rotate();
    expect(rotated).not.toBe(old);
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ reason: 'gateway-error' });
    store.app.trust(old + rotated);
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ ok: true });
  });

  it('rule 1: Shopify refuses an app whose server certificate is not of a public authority', async () => {
    const store = await openStore({ deliveryAttempts: 1 });
    const { registration } = store.app;
    store.shopify.deployApp({ ...registration, trustedServerCa: store.shopify.clientCertificates.root });
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ reason: 'gateway-error' });
    expect(store.shopify.journal.at(-1)).toMatchObject({
      outcome: { reason: 'no-connection', code: expect.stringMatching(/CERT|SIGNATURE|ISSUER/) },
    });
  });
});
