import { orderKeySchema } from '@gatewright/payment-core';
import type { SubscriberArgs, SubscriberConfig } from '@medusajs/framework';
import { engineOf } from '../engine/engine-of.ts';
import { collectionsOfOrder, orderKeyOfOrder } from '../fulfilment/read-purchase.ts';
import { shopOf } from '../fulfilment/shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';

/**
 * Medusa asks no provider when it cancels an order whose payment has not come (contract 4.2): its gateway invoices are
 * cancelled where that is possible, and watched elsewhere. What the event bus loses on a restart is caught when money
 * comes: it is held back and stands in front of a person.
 */
const orderCanceled = async ({ event, container }: SubscriberArgs<{ id: string }>): Promise<void> => {
  const engine = await engineOf(container);
  const { query } = shopOf(container);
  const cart = await orderKeyOfOrder(query, event.data.id);
  const keys = [...(cart === undefined ? [] : [cart]), ...(await collectionsOfOrder(query, event.data.id))];
  await engine.ledger.transact(async (tx) => {
    for (const text of keys) {
      const orderKey = orderKeySchema.parse(text);
      if (await tx.orders.byKey(medusaStoreId, orderKey))
        await tx.jobs.enqueue(
          { kind: 'follow-order', store: medusaStoreId, orderKey },
          engine.ports.clock.now(),
        );
    }
  });
  engine.kick();
};

export default orderCanceled;

export const config: SubscriberConfig = { event: 'order.canceled' };
