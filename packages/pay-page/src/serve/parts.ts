import type { PageChanges, Ports, Store } from '@gatewright/payment-core';
import type { Look } from '../look/look.ts';
import type { Timer } from './status-hub.ts';
import type { StreamLimits } from './stream-slots.ts';
import type { BucketSize } from './token-bucket.ts';

/** How much one client, one page and all together may ask of a process. */
export interface PayPageLimits {
  readonly streams: StreamLimits;
  /** Of one client key: a look costs 1, a form 5, an address that leads nowhere 5. */
  readonly client: BucketSize;
  /** Forms of one page: each may create an invoice at a gateway. */
  readonly forms: BucketSize;
}

/** Where a process shows the pages, and with what: enough to start a payment and to say its address. */
export interface PageHost {
  readonly ports: Ports;
  /** Where the pages are served, '/pay'; without a slash at its end. */
  readonly basePath: string;
  /** Origin that shoppers reach them at, no slash at its end; asked at every request. */
  readonly origin: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}

/** What the pages are served with; nothing else is reached. */
export interface PayPagesParts extends PageHost {
  readonly changes: PageChanges;
  /** How a store's pages look; undefined: this process shows no pages of that store. */
  readonly lookOf: (store: Store) => Promise<Look | undefined>;
  /** How a page looks that belongs to no store. */
  readonly ownLook: Look;
  readonly every: Timer;
  /** Due jobs are run at once, without waiting for them. */
  readonly kick: () => void;
  /** What went wrong on our side; the shopper sees a page without it. */
  readonly onError: (error: unknown) => void;
  readonly limits?: Partial<PayPageLimits>;
}

/**
 * Generous, because a carrier may put a whole town behind one address: without a script a page asks again every few
 * seconds.
 */
export const defaultLimits: PayPageLimits = {
  streams: { inAll: 5_000, perClient: 100 },
  client: { capacity: 300, perSecond: 10 },
  forms: { capacity: 10, perSecond: 0.1 },
};
