import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { createJsonClient } from '../server/json-client.ts';
import type { Seeded } from './seed.ts';

const cart = z.object({ cart: z.object({ id: z.string(), total: z.number() }) });
const collection = z.object({ payment_collection: z.object({ id: z.string(), amount: z.number() }) });
const session = z.object({
  id: z.string(),
  amount: z.number(),
  status: z.string(),
  data: z.record(z.string(), z.unknown()),
});
const sessions = z.object({ payment_collection: z.object({ payment_sessions: z.array(session).min(1) }) });
export type ShopperSession = z.output<typeof session>;

const completed = z.union([
  z.object({ type: z.literal('order'), order: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('cart'), error: z.object({ message: z.string() }).loose() }),
]);
export type Completed = z.output<typeof completed>;

const address = {
  first_name: 'Ada',
  last_name: 'Byron',
  address_1: '1 Main Street',
  city: 'Springfield',
  postal_code: '12345',
  country_code: 'us',
};

/** Shoppers with browsers, a new one for each cart: Medusa's store API, as a storefront calls it. */
export const openShopper = (url: () => string, shop: Seeded) => {
  const store = createJsonClient(url, async () => ({ 'x-publishable-api-key': shop.publishableKey }));
  return {
    /** A cart that could be paid now: an address, a way of shipping, one piece of each variant. */
    fillCart: async (variants: readonly string[] = [shop.lamp]): Promise<string> => {
      const made = await store.post(
        '/store/carts',
        {
          region_id: shop.region,
          email: `${randomUUID()}@shopper.example`,
          shipping_address: address,
          billing_address: address,
          items: variants.map((variant_id) => ({ variant_id, quantity: 1 })),
        },
        cart,
      );
      await store.post(
        `/store/carts/${made.cart.id}/shipping-methods`,
        { option_id: shop.shippingOption },
        cart,
      );
      return made.cart.id;
    },
    addToCart: async (cartId: string, variant_id: string): Promise<void> => {
      await store.post(`/store/carts/${cartId}/line-items`, { variant_id, quantity: 1 }, z.unknown());
    },
    /** Medusa's payment collection of the cart, made once. */
    collectionOf: async (cartId: string): Promise<string> => {
      const made = await store.post('/store/payment-collections', { cart_id: cartId }, collection);
      return made.payment_collection.id;
    },
    /** Chooses a way to pay. */
    startPayment: async (
      collectionId: string,
      provider_id: string,
      data: object = {},
    ): Promise<ShopperSession> => {
      const made = await store.post(
        `/store/payment-collections/${collectionId}/payment-sessions`,
        { provider_id, data },
        sessions,
      );
      const [first] = made.payment_collection.payment_sessions;
      if (!first) throw new Error('no payment session');
      return first;
    },
    /** Comes back to the shop and asks for the order. @throws AnswerError 400 while it is not paid */
    complete: (cartId: string): Promise<Completed> =>
      store.post(`/store/carts/${cartId}/complete`, {}, completed),
  };
};
export type Shopper = ReturnType<typeof openShopper>;
