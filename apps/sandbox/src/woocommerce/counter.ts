import type { StoreId } from '@gatewright/payment-core';
import type { WooCommerceDouble } from '@gatewright/storefront-simulator';
import type { ShopWays } from '../stories/story.ts';
import type { Stage } from './stage.ts';

/** Where a shopper buys: one of the demo's shops, and how its orders come to their page. */
export interface Counter {
  readonly mode: 'plugin' | 'rest-only';
  readonly ways: ShopWays;
  readonly stage: Stage;
  readonly shop: WooCommerceDouble;
  readonly store: StoreId;
  /** @returns the order and the address of its pay page */
  placeOrder(total: string): Promise<{ readonly id: number; readonly page: string }>;
}

const withPlugin = (stage: Stage): Counter => {
  const { shop, store } = stage;
  return {
    mode: 'plugin',
    ways: { waiting: 'pending', refundsByGateway: true },
    stage,
    shop,
    store,
    placeOrder: async (total) => {
      const { id } = await shop.shopper.placeOrder({ total });
      const { redirectUrl: page } = await shop.shopper.pay(id);
      return { id, page };
    },
  };
};

/** The customer finds the link in the note that WooCommerce e-mails. */
const restOnly = (stage: Stage): Counter => {
  const { shop, store } = stage.hosted;
  return {
    mode: 'rest-only',
    ways: { waiting: 'on-hold', refundsByGateway: false },
    stage,
    shop,
    store,
    placeOrder: async (total) => {
      const { id } = await shop.shopper.placeOrder({ total, method: 'bacs' });
      // As WooCommerce's own bank transfer does.
      await shop.merchant.setStatus(id, 'on-hold');
      await shop.runCron();
      await stage.bridge.work();
      const note = shop.notes(id).find(({ customerNote }) => customerNote);
      const [page] = /https?:\/\/\S+$/.exec(note?.text ?? '') ?? [];
      if (page === undefined) throw new Error(`the customer of order ${id} got no link`);
      return { id, page };
    },
  };
};

export const counters = (stage: Stage): readonly Counter[] => [withPlugin(stage), restOnly(stage)];
