import {
  createReferenceShop,
  type ReferenceShop,
  type ShopOrder,
  type ShopOrderStatus,
  type ShopView,
  type StorefrontBench,
} from '@gatewright/conformance';
import { orderKeySchema, storeIdSchema } from '@gatewright/payment-core';

const states: Readonly<Record<ShopOrderStatus, ShopView['state']>> = {
  pending: 'pending',
  'on-hold': 'held',
  processing: 'paid',
  cancelled: 'canceled',
  failed: 'failed',
  refunded: 'refunded',
};

/** The reference shop with its orders in view. @param change what becomes of the shop before it is used */
export const openReferenceShop = async (
  change: (shop: ReferenceShop) => Partial<ReferenceShop> = () => ({}),
): Promise<StorefrontBench> => {
  const shop = createReferenceShop();
  const edit = async (orderKey: string, fields: Partial<ShopOrder>): Promise<void> => {
    Object.assign(shop.order(orderKey), fields);
  };
  return {
    storefront: { ...shop, ...change(shop) },
    store: storeIdSchema.parse('store-1'),
    missingOrder: orderKeySchema.parse('999'),
    placeOrder: async ({ total, currency }) => {
      const orderKey = orderKeySchema.parse(String(shop.orders.size + 1));
      shop.place(orderKey, total, currency);
      return orderKey;
    },
    look: async (orderKey) => {
      const { status, fulfilments, notes } = shop.order(orderKey);
      return { state: states[status], fulfilments, notes: [...notes] };
    },
    person: {
      editTotal: (orderKey, total) => edit(orderKey, { total }),
      editCurrency: (orderKey, currency) => edit(orderKey, { currency }),
      cancel: (orderKey) => edit(orderKey, { status: 'cancelled' }),
      reopen: (orderKey) => edit(orderKey, { status: 'pending' }),
      payOtherwise: async (orderKey) => shop.payOtherwise(orderKey),
      refund: async (orderKey, amount) => shop.refund(orderKey, amount),
    },
    trouble: {
      unreachable: () => shop.trouble('unreachable'),
      'answer-lost': () => shop.trouble('answer-lost'),
    },
    close: async () => undefined,
  };
};
