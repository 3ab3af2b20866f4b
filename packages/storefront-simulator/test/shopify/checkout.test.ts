import { describe, expect, it } from 'vitest';
import { buy, openStore, pay, REJECT, RESOLVE } from '../support/shopify-store.ts';

describe('rule 9: several sessions of one checkout', () => {
  it('rule 9: back at cancel_url the buyer starts a second session: a new id, the same group', async () => {
    const store = await openStore();
    const checkout = store.shop.checkout({ amount: '10' });
    await checkout.pay();
    const cancelUrl = (
      JSON.parse(store.app.seen[0]!.rawBody) as { payment_method: { data: { cancel_url: string } } }
    ).payment_method.data.cancel_url;
    expect(cancelUrl).toBe(checkout.url);
    const page = await store.shopify.fetch(cancelUrl);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Total 10.00 USD');
    const again = await store.shopify.fetch(`${cancelUrl}/pay`, { method: 'POST', redirect: 'manual' });
    const [first, second] = store.shop.payments();
    expect(again.status).toBe(303);
    expect(again.headers.get('location')).toBe(`https://app.example/pay/${second!.id}`);
    expect(second!.id).not.toBe(first!.id);
    expect([first!.group, second!.group]).toEqual([checkout.group, checkout.group]);
    expect(store.shop.checkout({ amount: '10' }).group).not.toBe(checkout.group);
  });

  it('rule 9: two resolved sessions of one checkout are one order, paid twice', async () => {
    const store = await openStore();
    const checkout = store.shop.checkout({ amount: '10' });
    await checkout.pay();
    await checkout.pay();
    for (const { gid } of store.shop.payments()) await store.api.mutate(RESOLVE, { id: gid });
    expect(store.shop.orders()).toHaveLength(1);
    expect(store.shop.orders()[0]?.payments).toEqual(store.shop.payments().map(({ id }) => id));
  });

  it('rule 9: a placed order cannot be paid again', async () => {
    const store = await openStore();
    const checkout = store.shop.checkout({ amount: '10' });
    const first = await checkout.pay();
    await store.api.mutate(RESOLVE, { id: first.ok ? first.gid : '' });
    expect(await checkout.pay()).toMatchObject({ ok: false, reason: 'already-ordered' });
  });
});

describe('rule 10: after a reject', () => {
  it('rule 10: the buyer has to take a different payment method', async () => {
    const store = await openStore();
    const checkout = store.shop.checkout({ amount: '10' });
    const first = await checkout.pay();
    await store.api.mutate(REJECT, { id: first.ok ? first.gid : '', reason: { code: 'PROCESSING_ERROR' } });
    expect(await checkout.pay()).toMatchObject({
      ok: false,
      reason: 'other-method-only',
      message: 'Please try a different payment method.',
    });
    expect(store.app.seen).toHaveLength(1);
    expect(await store.shop.checkout({ amount: '10' }).pay()).toMatchObject({ ok: true });
  });

  it('rule 10: unless the test allows it', async () => {
    const store = await openStore({ retryAfterReject: 'allowed' });
    const checkout = store.shop.checkout({ amount: '10' });
    const first = await checkout.pay();
    await store.api.mutate(REJECT, { id: first.ok ? first.gid : '', reason: { code: 'PROCESSING_ERROR' } });
    expect(await checkout.pay()).toMatchObject({ ok: true });
  });
});

describe('rule 17: test mode', () => {
  it('rule 17: sessions, refunds and orders carry the merchant’s switch', async () => {
    const store = await openStore();
    store.shop.merchant.activate({ testMode: true });
    const { orderId } = await buy(store);
    await store.shop.merchant.refund(orderId, '1');
    store.shop.merchant.activate({ testMode: false });
    await pay(store);
    expect(store.app.seen.map(({ rawBody }) => (JSON.parse(rawBody) as { test: boolean }).test)).toEqual([
      true,
      true,
      false,
    ]);
    expect(store.shop.order(orderId)?.test).toBe(true);
  });

  it('rule 17: an extension without a test mode cannot be switched into it', async () => {
    const store = await openStore();
    const { registration } = store.app;
    store.shopify.deployApp({
      ...registration,
      extension: { ...registration.extension, testModeAvailable: false },
    });
    expect(store.shop.merchant.activate({ testMode: true })).toEqual({ ok: false, reason: 'no-test-mode' });
  });
});

describe('rule 18: magic inputs', () => {
  const customer = (given_name: string) => ({
    locale: 'en',
    billing_address: { given_name, family_name: 'Smith', line1: '1', city: 'Montreal', country_code: 'CA' },
  });

  it.each(['400', '404', '500'])(
    'rule 18: the first name %s makes the app’s answers look like it',
    async (name) => {
      const store = await openStore({ magicInputs: true });
      const outcome = await store.shop.checkout({ amount: '1', customer: customer(name) }).pay();
      expect(outcome).toMatchObject({ ok: false, reason: 'gateway-error' });
      expect(store.shopify.journal.at(-1)).toMatchObject({ outcome: { status: Number(name) } });
    },
  );

  it('rule 18: delay-N makes Shopify late, and without the option a name is a name', async () => {
    const paused: number[] = [];
    const pause = async (ms: number): Promise<void> => void paused.push(ms);
    const magic = await openStore({ magicInputs: true, pause });
    await pay(magic, { customer: customer('delay-7') });
    expect(paused).toEqual([7_000]);
    const plain = await openStore({ pause });
    await pay(plain, { customer: customer('500') });
    expect(paused).toEqual([7_000]);
  });
});

describe('rule 20: amounts', () => {
  it.each([
    ['JPY', '100', '100'],
    ['BHD', '1.25', '1.250'],
    ['USD', '12345678901234567890.1', '12345678901234567890.10'],
    ['EUR', '0.01', '0.01'],
  ])('rule 20: %s %s goes out as the text "%s"', async (currency, amount, onTheWire) => {
    const store = await openStore();
    const { orderId } = await buy(store, { amount, currency });
    expect(store.app.seen[0]?.rawBody).toContain(`"amount":"${onTheWire}","currency":"${currency}"`);
    expect(store.shop.order(orderId)).toMatchObject({ amount: onTheWire, currency, shopCurrency: 'USD' });
  });

  it.each([
    ['JPY', '100.5'],
    ['BHD', '1.2345'],
    ['USD', '0'],
    ['USD', '-1'],
    ['USD', '1e3'],
    ['XXY', '1'],
  ])('rule 20: there is no checkout over %s %s', async (currency, amount) => {
    const store = await openStore();
    expect(() => store.shop.checkout({ amount, currency })).toThrow(RangeError);
  });

  it('rule 20: an order of B2B has no customer', async () => {
    const store = await openStore();
    await pay(store, { customer: null });
    expect(JSON.parse(store.app.seen[0]!.rawBody)).toMatchObject({ customer: null });
  });
});

describe('the payments settings of a shop', () => {
  it('a gateway is offered only when the app said ready and the merchant activated it', async () => {
    const store = await openStore();
    const { merchant } = store.shop;
    merchant.deactivate();
    expect(await store.shop.checkout({ amount: '1' }).pay()).toMatchObject({ reason: 'gateway-not-active' });
    const post = (action: string) =>
      store.shopify.fetch(merchant.settingsUrl, { method: 'POST', body: new URLSearchParams({ action }) });
    expect(await (await post('activate')).text()).toContain('Account: demo');
    expect(store.shop.gateway()).toMatchObject({ active: true, testMode: false });
    await store.api.mutate(
      'mutation { paymentsAppConfigure(ready: false) { paymentsAppConfiguration { ready } userErrors { message } } }',
      {},
    );
    expect(store.shop.gateway()).toMatchObject({ active: false, configuration: { ready: false } });
    expect((await post('activate')).status).toBe(422);
    expect(merchant.activate()).toEqual({ ok: false, reason: 'not-ready' });
  });
});
