import { type BucketSize, createTokenBuckets } from '@gatewright/pay-page';
import type { Clock, StoreId } from '@gatewright/payment-core';

/** How often others may call this process, beside the pages. A bucket each: so many at once, then so many a second. */
export interface InboundSizes {
  /** Signed calls of one store's plugin. */
  readonly store: BucketSize;
  /** Genuine webhooks of one store: an owner who edits a thousand orders must not hold up a checkout. */
  readonly deliveries: BucketSize;
  /** Calls of one client that were not let in. */
  readonly refused: BucketSize;
  /** Pairings and callbacks of one client, which cannot be signed yet. */
  readonly opening: BucketSize;
}

/** A busy shop has a few checkouts a second, and its plugin asks twice for each. */
export const defaultInboundSizes: InboundSizes = {
  store: { capacity: 600, perSecond: 30 },
  deliveries: { capacity: 2_000, perSecond: 30 },
  refused: { capacity: 60, perSecond: 1 },
  opening: { capacity: 20, perSecond: 0.2 },
};

/**
 * Each takes one token and gives the ms to wait, 0 where the call may go on. Whether a call is signed is looked at
 * first, so that a stranger behind the address of a shop cannot make the shop wait.
 */
export interface InboundLimits {
  store(id: StoreId): number;
  delivery(id: StoreId): number;
  /** @param client of `clientKey` */
  refused(client: string): number;
  opening(client: string): number;
}

export const createInboundLimits = (clock: Clock, sizes: InboundSizes): InboundLimits => {
  const stores = createTokenBuckets(clock, sizes.store);
  const deliveries = createTokenBuckets(clock, sizes.deliveries);
  const refused = createTokenBuckets(clock, sizes.refused);
  const opening = createTokenBuckets(clock, sizes.opening);
  return {
    store: (id) => stores.take(id, 1),
    delivery: (id) => deliveries.take(id, 1),
    refused: (client) => refused.take(client, 1),
    opening: (client) => opening.take(client, 1),
  };
};

/** The value of `Retry-After`. */
export const retryAfterSeconds = (waitMs: number): number => Math.ceil(waitMs / 1_000);
