import type { OrderKey, StoreId } from '@gatewright/payment-core';
import type { ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import type { ShopConnection } from '../storefront/store-call.ts';
import { type OrderIdentities, shopOrderId } from '../woocommerce/order-identities.ts';
import { type RestOrder, readRestOrder } from './rest-order.ts';

export type OrderResult =
  | { readonly kind: 'order'; readonly order: RestOrder }
  | { readonly kind: 'missing' }
  | ShopFailure;

/** Where an order stands in the shop, and which one it is. */
export interface OrderAddress {
  /** The shop's own; a restored database gives it to another order. */
  readonly id: string;
  /** Another order under this id is not the one that is meant. Null: whichever has the id. */
  readonly keyHash: string | null;
}

export const addressOf = async (
  identities: Pick<OrderIdentities, 'of'>,
  store: StoreId,
  orderKey: OrderKey,
): Promise<OrderAddress> => ({
  id: shopOrderId(orderKey),
  keyHash: (await identities.of(store, orderKey)).keyHash,
});

/** One order over plain `wc/v3`; a write is followed by a read, because its answer proves nothing. */
export interface RestOrders {
  read(connection: ShopConnection, order: OrderAddress): Promise<OrderResult>;
  /** What the order is after the write. */
  write(
    connection: ShopConnection,
    order: OrderAddress,
    body: Readonly<Record<string, unknown>>,
  ): Promise<OrderResult>;
}

export const createRestOrders = (shops: ShopClient): RestOrders => {
  const ask = async (
    connection: ShopConnection,
    { id, keyHash }: OrderAddress,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<OrderResult> => {
    const endpoint = `orders/${encodeURIComponent(id)}`;
    const request = body ? ({ method: 'put', body } as const) : ({ method: 'get' } as const);
    const answer = await shops.call(connection, { version: 'wc/v3', endpoint, ...request });
    if (answer.kind === 'fault') return answer;
    const read = readRestOrder(answer.status, answer.body);
    if (read.kind === 'not-understood') return { kind: 'fault', fault: 'answer-not-understood' };
    const isAnother = read.kind === 'order' && keyHash !== null && read.order.keyHash !== keyHash;
    return isAnother ? { kind: 'missing' } : read;
  };
  return {
    read: (connection, order) => ask(connection, order),
    async write(connection, order, body) {
      const written = await ask(connection, order, body);
      // A lost answer may have paid the order: the job comes again and reads first.
      return written.kind === 'order' ? ask(connection, order) : written;
    },
  };
};
