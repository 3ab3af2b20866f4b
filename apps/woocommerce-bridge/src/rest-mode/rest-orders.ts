import type { OrderKey } from '@gatewright/payment-core';
import type { ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import type { ShopConnection } from '../storefront/store-call.ts';
import { type RestOrder, readRestOrder } from './rest-order.ts';

export type OrderResult =
  | { readonly kind: 'order'; readonly order: RestOrder }
  | { readonly kind: 'missing' }
  | ShopFailure;

/** One order over plain `wc/v3`; a write is followed by a read, because its answer proves nothing. */
export interface RestOrders {
  read(connection: ShopConnection, order: OrderKey): Promise<OrderResult>;
  /** What the order is after the write. */
  write(
    connection: ShopConnection,
    order: OrderKey,
    body: Readonly<Record<string, unknown>>,
  ): Promise<OrderResult>;
}

export const createRestOrders = (shops: ShopClient): RestOrders => {
  const ask = async (
    connection: ShopConnection,
    order: OrderKey,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<OrderResult> => {
    const endpoint = `orders/${encodeURIComponent(order)}`;
    const request = body ? ({ method: 'put', body } as const) : ({ method: 'get' } as const);
    const answer = await shops.call(connection, { version: 'wc/v3', endpoint, ...request });
    if (answer.kind === 'fault') return answer;
    const read = readRestOrder(answer.status, answer.body);
    return read.kind === 'not-understood' ? { kind: 'fault', fault: 'answer-not-understood' } : read;
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
