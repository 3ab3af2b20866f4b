import type { ShopPeople } from '@gatewright/conformance';
import type { OrderKey } from '@gatewright/payment-core';
import * as z from 'zod';
import type { MedusaShop } from '../../src/medusa/medusa-shop.ts';
import { createJsonClient } from '../../src/medusa/server/json-client.ts';
import { ordersOf, paymentsOf, type ShopOrder } from '../../src/medusa/shop/orders.ts';
import { addProduct } from '../../src/medusa/shop/seed.ts';

const orderOf = async ({ merchant }: MedusaShop, cart: OrderKey): Promise<ShopOrder> => {
  const [order] = await ordersOf(merchant, cart);
  if (!order) throw new Error(`there is no order of ${cart}`);
  return order;
};

const anything = z.unknown();

const withItems = z.object({ order: z.object({ items: z.array(z.object({ id: z.string() })).min(1) }) });

/** What an owner does in Medusa's admin to an order that is there. */
export const ownerOf = (shop: MedusaShop) => {
  const { merchant } = shop;
  return {
    /** Gives its one item another price. */
    editTotal: async (cart, total) => {
      const { id } = await orderOf(shop, cart);
      const { order } = await merchant.get(`/admin/orders/${id}?fields=items.id`, withItems);
      const edits = (path: string, body: object) =>
        merchant.post(`/admin/order-edits${path}`, body, anything);
      await edits('', { order_id: id });
      await edits(`/${id}/items/item/${order.items[0]?.id}`, { quantity: 1, unit_price: Number(total) });
      await edits(`/${id}/request`, {});
      await edits(`/${id}/confirm`, {});
    },
    cancel: async (cart) => {
      const { id } = await orderOf(shop, cart);
      await merchant.post(`/admin/orders/${id}/cancel`, {}, anything);
    },
    refund: async (cart, amount) => {
      const [payment] = paymentsOf(await orderOf(shop, cart));
      await merchant.post(`/admin/payments/${payment?.id}/refund`, { amount: Number(amount) }, anything);
    },
  } satisfies Partial<ShopPeople>;
};

const cartItems = z.object({ cart: z.object({ items: z.array(z.object({ id: z.string() })).min(1) }) });
const created = z.object({ region: z.object({ id: z.string() }) });
const variantHome = z.object({ variants: z.array(z.object({ product_id: z.string() })).min(1) });

/** Everything that the shop sells for USD it sells for as many of another currency too. */
const sellFor = async ({ merchant, seeded }: MedusaShop, currency: string): Promise<string> => {
  const currencies = ['usd', currency];
  const { stores } = await merchant.get(
    '/admin/stores',
    z.object({ stores: z.array(z.object({ id: z.string() })) }),
  );
  const supported_currencies = currencies.map((currency_code) => ({
    currency_code,
    is_default: currency_code === 'usd',
  }));
  await merchant.post(`/admin/stores/${stores[0]?.id}`, { supported_currencies }, anything);
  const at = (amount: number) => ({ prices: currencies.map((currency_code) => ({ currency_code, amount })) });
  const { variants } = await merchant.get(
    `/admin/product-variants?id=${seeded.lamp}&fields=product_id`,
    variantHome,
  );
  await merchant.post(`/admin/products/${variants[0]?.product_id}/variants/${seeded.lamp}`, at(50), anything);
  await merchant.post(`/admin/shipping-options/${seeded.shippingOption}`, at(0), anything);
  const { region } = await merchant.post(
    '/admin/regions',
    { name: 'Elsewhere', currency_code: currency, countries: ['de'] },
    created,
  );
  return region.id;
};

/** What a shopper can still do to a cart, and what the owner does to the order that it becomes. */
export const shopperAndOwnerOf = (shop: MedusaShop) => {
  const { merchant, shopper, seeded } = shop;
  const { cancel, refund } = ownerOf(shop);
  const store = createJsonClient(
    () => shop.publicUrl,
    async () => ({ 'x-publishable-api-key': seeded.publishableKey }),
  );
  return {
    cancel,
    refund,
    /** Puts something else into the cart. */
    editTotal: async (cart, total) => {
      const { cart: before } = await store.get(`/store/carts/${cart}?fields=items.id`, cartItems);
      await shopper.addToCart(
        cart,
        await addProduct(merchant, seeded, { title: `For ${total}`, price: Number(total) }),
      );
      await store.post(`/store/carts/${cart}/line-items/${before.items[0]?.id}`, { quantity: 0 }, anything);
    },
    /** Says to live where another currency is paid. */
    editCurrency: async (cart, currency) => {
      const region_id = await sellFor(shop, currency.toLowerCase());
      await store.post(`/store/carts/${cart}`, { region_id }, anything);
    },
    /** By the way to pay that every Medusa shop has, whose money the owner marks as there. */
    payOtherwise: async (cart) => {
      const provider = 'pp_system_default';
      const payment_providers = [...shop.entries.map(({ id }) => `pp_gatewright_${id}`), provider];
      await merchant.post(`/admin/regions/${seeded.region}`, { payment_providers }, anything);
      await shopper.startPayment(await shopper.collectionOf(cart), provider);
      await shopper.complete(cart);
      const [payment] = paymentsOf(await orderOf(shop, cart));
      await merchant.post(`/admin/payments/${payment?.id}/capture`, {}, anything);
    },
  } satisfies Partial<ShopPeople>;
};
