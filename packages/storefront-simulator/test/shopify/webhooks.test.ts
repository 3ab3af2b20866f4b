import { hours, minutes } from '@gatewright/payment-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ShopifyOptions, WebhookEntry } from '../../src/index.ts';
import { openLibraryApp } from '../support/shopify-library-app.ts';
import { buy, openStore } from '../support/shopify-store.ts';

const openApp = async (options: Partial<ShopifyOptions> = {}) => {
  const store = await openStore(options);
  const app = await openLibraryApp(store.shopify, store.app);
  onTestFinished(() => app.close());
  store.shopify.deployApp(app.registration);
  const sent = (): readonly WebhookEntry[] =>
    store.shopify.journal.filter((entry) => entry.kind === 'webhook');
  return { ...store, library: app, sent };
};

describe('rule 15: webhooks, checked by Shopify’s own library', () => {
  it('rule 15: uninstalled leaves first, shop/redact 48 h later', async () => {
    const { clock, shopify, shop, library } = await openApp();
    shop.merchant.uninstall();
    expect(library.webhooks).toEqual([]);
    await shopify.runDue();
    expect(library.webhooks).toMatchObject([
      { topic: 'APP_UNINSTALLED', body: { myshopify_domain: shop.domain } },
    ]);
    clock.advance(hours(48) - 1);
    await shopify.runDue();
    expect(library.webhooks).toHaveLength(1);
    clock.advance(1);
    await shopify.runDue();
    expect(library.webhooks[1]).toMatchObject({
      topic: 'SHOP_REDACT',
      body: { shop_id: expect.any(Number), shop_domain: shop.domain },
    });
  });

  it('rule 15: the privacy webhooks name the buyer’s orders', async () => {
    const store = await openApp();
    const { orderId } = await buy(store);
    store.shop.merchant.requestCustomerData('buyer@example.com');
    store.shop.merchant.redactCustomer('buyer@example.com');
    await store.shopify.runDue();
    expect(store.library.webhooks).toMatchObject([
      {
        topic: 'CUSTOMERS_DATA_REQUEST',
        body: { orders_requested: [orderId], customer: { email: 'buyer@example.com' } },
      },
      { topic: 'CUSTOMERS_REDACT', body: { orders_to_redact: [orderId] } },
    ]);
  });

  it('rule 15: a duplicate has the same webhook id, another webhook has not', async () => {
    const { shopify, shop, library } = await openApp();
    shopify.faults.add({ kind: 'webhook-duplicate', copies: 2, topic: 'customers/redact' });
    shop.merchant.redactCustomer('a@example.com');
    shop.merchant.redactCustomer('b@example.com');
    await shopify.runDue();
    const ids = library.webhooks.map(({ webhookId }) => webhookId);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(2);
  });

  it('rule 15: a held one arrives after a later one', async () => {
    const { clock, shopify, shop, library } = await openApp();
    shopify.faults.add({ kind: 'webhook-held', topic: 'app/uninstalled' });
    shop.merchant.uninstall();
    clock.advance(hours(48));
    await shopify.runDue();
    expect(library.webhooks.map(({ topic }) => topic)).toEqual(['SHOP_REDACT', 'APP_UNINSTALLED']);
  });

  it('rule 15: the library refuses a wrong HMAC, and Shopify sends it again', async () => {
    const { clock, shopify, shop, library, sent } = await openApp();
    shopify.faults.add({ kind: 'webhook-wrong-hmac' });
    shop.merchant.redactCustomer('a@example.com');
    await shopify.runDue();
    expect(sent()).toMatchObject([{ status: 401, attempt: 1 }]);
    clock.advance(minutes(1));
    await shopify.runDue();
    expect(sent()).toMatchObject([{ status: 401 }, { status: 200, attempt: 2 }]);
    expect(library.webhooks).toHaveLength(1);
  });

  it.each([500, 302, 404] as const)(
    'rule 15: %d is repeated eight times within four hours, with one id',
    async (status) => {
      const { clock, shopify, shop, library, sent } = await openApp();
      library.answerWebhooksWith(() => status);
      shop.merchant.redactCustomer('a@example.com');
      for (let minute = 0; minute <= 600; minute += 1) {
        await shopify.runDue();
        clock.advance(minutes(1));
      }
      expect(sent().map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(new Set(sent().map(({ webhookId }) => webhookId)).size).toBe(1);
      expect(sent().at(-1)!.at - sent()[0]!.at).toBe(hours(4));
    },
  );

  it('rule 15: no answer in time counts as none', async () => {
    const { clock, shopify, shop, library, sent } = await openApp({ webhookTimeoutMs: 2_000 });
    library.answerWebhooksWith(() => 'hang');
    shop.merchant.redactCustomer('a@example.com');
    await shopify.runDue();
    library.answerWebhooksWith(() => 204);
    clock.advance(minutes(1));
    await shopify.runDue();
    expect(sent().map(({ status }) => status)).toEqual([undefined, 204]);
  });

  it('rule 15: a lost one comes back', async () => {
    const { clock, shopify, shop, library } = await openApp();
    shopify.faults.add({ kind: 'webhook-lost' });
    shop.merchant.redactCustomer('a@example.com');
    await shopify.runDue();
    expect(library.webhooks).toEqual([]);
    clock.advance(minutes(1));
    await shopify.runDue();
    expect(library.webhooks).toHaveLength(1);
  });
});
