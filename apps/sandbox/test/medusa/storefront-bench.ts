import { payInLedger, type ShopPeople, type ShopView, type StorefrontBench } from '@gatewright/conformance';
import {
  type OrderKey,
  orderKeySchema,
  type Storefront,
  type StorefrontAnswer,
  type StorefrontOrderAnswer,
  storeIdSchema,
} from '@gatewright/payment-core';
import * as z from 'zod';
import type { MedusaShop } from '../../src/medusa/medusa-shop.ts';
import type { Place } from '../../src/medusa/place.ts';
import { createJsonClient } from '../../src/medusa/server/json-client.ts';
import { providerOf } from '../../src/medusa/shop/accounts.ts';
import { bookedCents, ordersOf, type ShopOrder } from '../../src/medusa/shop/orders.ts';
import { connect } from './open-shops.ts';

/** Pays money back by itself, as Medusa wants it when a paid order is cancelled. */
const gateway = 'gatenoc';

const stateOf = ({ status, payment_status }: ShopOrder): ShopView['state'] => {
  if (status === 'canceled') return 'canceled';
  switch (payment_status) {
    case 'not_paid':
    case 'awaiting':
      return 'pending';
    case 'captured':
    case 'partially_refunded':
      return 'paid';
    case 'refunded':
      return 'refunded';
    default:
      throw new Error(`an order of the story is ${payment_status}`);
  }
};

const look = async ({ merchant }: MedusaShop, cart: OrderKey): Promise<ShopView> => {
  const orders = await ordersOf(merchant, cart);
  if (orders.length > 1) throw new Error(`${orders.length} orders of one cart`);
  const [order] = orders;
  if (!order) return { state: 'pending', fulfilments: 0, notes: [] };
  return { state: stateOf(order), fulfilments: bookedCents(order).captures, notes: [] };
};

// What passes as JSON is what the port has: the route hands on what the storefront answered.
const storefrontAnswer = z.custom<StorefrontAnswer>((value) => typeof value === 'object');
const orderAnswer = z.custom<StorefrontOrderAnswer>((value) => typeof value === 'object');

/** The storefront inside the running server. */
const storefrontOf = ({ simulators }: Place, shop: MedusaShop): Required<Storefront> => {
  const sandbox = createJsonClient(
    () => shop.publicUrl,
    async () => ({}),
  );
  const { shopper, payments } = simulators.gateways[gateway];
  const settled = payInLedger({
    ledger: shop.opened.ledger,
    clock: simulators.clock,
    pay: async ({ reference }) => {
      const payment = () => payments().find((known) => known.reference === reference);
      await shopper.pay(payment()?.id ?? '');
      return payment()?.records ?? [];
    },
  });
  const account = providerOf(gateway);
  return {
    tell: async (instruction, invoice) => {
      const paid = (await settled(instruction)) ?? { ...invoice, account };
      const telling = { instruction: { ...instruction, invoice: paid.id }, invoice: paid };
      return sandbox.post('/sandbox/storefront/tell', telling, storefrontAnswer);
    },
    readOrder: (store, orderKey) =>
      sandbox.post('/sandbox/storefront/read', { store, orderKey }, orderAnswer),
  };
};

/** Medusa cannot be asked while a table of its own is gone: for the next call only. */
const brokenOnce = async (shop: MedusaShop, storefront: Required<Storefront>) => {
  const database = await connect(shop);
  let broken = false;
  const during = async <T>(call: () => Promise<T>): Promise<T> => {
    if (!broken) return call();
    broken = false;
    await database.query('alter table payment_collection rename to payment_collection_gone');
    try {
      return await call();
    } finally {
      await database.query('alter table payment_collection_gone rename to payment_collection');
    }
  };
  const shown: Required<Storefront> = {
    tell: (instruction, invoice) => during(() => storefront.tell(instruction, invoice)),
    readOrder: (store, orderKey) => during(() => storefront.readOrder(store, orderKey)),
  };
  const breakNext = (): void => {
    broken = true;
  };
  return { storefront: shown, breakNext };
};

const placeOrder = async ({ shopper, orderTiming }: MedusaShop, variant: string): Promise<OrderKey> => {
  const cart = await shopper.fillCart([variant]);
  await shopper.startPayment(await shopper.collectionOf(cart), providerOf(gateway));
  if (orderTiming === 'before_payment') await shopper.complete(cart);
  return orderKeySchema.parse(cart);
};

/** A shopper's cart or order of 50 USD in a running shop, for one story; the shop stays. */
export const openMedusaBench = async (
  place: Place,
  shop: MedusaShop,
  person: Partial<ShopPeople>,
): Promise<StorefrontBench> => {
  const { storefront, breakNext } = await brokenOnce(shop, storefrontOf(place, shop));
  return {
    storefront,
    store: storeIdSchema.parse('medusa'),
    missingOrder: orderKeySchema.parse('cart_01JZZZZZZZZZZZZZZZZZZZZZZZ'),
    placeOrder: async ({ total, currency }) => {
      if (total !== '50.00' || currency !== 'USD') throw new Error('the shop sells for 50.00 USD');
      return placeOrder(shop, shop.seeded.lamp);
    },
    look: (cart) => look(shop, cart),
    person,
    trouble: { unreachable: breakNext },
    close: async () => undefined,
  };
};
