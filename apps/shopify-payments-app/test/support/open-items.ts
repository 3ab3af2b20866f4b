import type { StoreId } from '@gatewright/payment-core';
import type { World } from './world.ts';

/** Opens items that wait for a person, in turn in these stores: review-000, review-001 and so on. */
export const openItems = (world: World, stores: readonly StoreId[], count: number): Promise<void> =>
  world.app().ports.ledger.transact(async (tx) => {
    for (let n = 0; n < count; n += 1) {
      const id = `review-${String(n).padStart(3, '0')}`;
      await tx.reviews.open({
        ...{ id, key: id, detail: id, kind: 'review', account: null, invoice: null, orderKey: null },
        store: stores[n % stores.length] ?? (stores[0] as StoreId),
        // Three at the same moment, so that pages end between equals.
        openedAt: Math.floor(n / 3),
        resolution: null,
      });
    }
  });
