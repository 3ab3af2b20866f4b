import { type PaymentStatus, readPayment } from './read-payment.ts';
import type { StoreApi } from './store-api.ts';

/** What is used of the browser's `EventSource`. */
export interface EventStream {
  /** 1: open. */
  readonly readyState: number;
  addEventListener(type: string, listener: () => void): void;
  close(): void;
}

export interface WatchOptions {
  /** Called with the first answer and whenever a newer one came. */
  readonly onStatus: (status: PaymentStatus) => void;
  /** Ends the watching, such as when the page is left. */
  readonly signal?: AbortSignal;
  /** The browser's where it is left out; without any the status is asked for every three seconds. */
  readonly openEvents?: (url: string) => EventStream | undefined;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

export type WatchEnd =
  | { readonly end: 'final'; readonly status: PaymentStatus }
  | { readonly end: 'stopped' }
  /** No session of Gatewright, or Medusa refuses to answer. */
  | { readonly end: 'refused'; readonly message: string };

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
    return undefined;
  });

const browserEvents = (url: string): EventStream | undefined =>
  typeof EventSource === 'undefined' ? undefined : new EventSource(url);

/** A paid cart becomes an order within a second or two; events come by themselves; else a lost one must be found. */
const pauseMs = (status: PaymentStatus | undefined, stream: EventStream | undefined): number => {
  if (status?.state === 'paid') return 1_000;
  return stream?.readyState === 1 ? 15_000 : 3_000;
};

interface Followed {
  readonly url: string;
  readonly stream: EventStream | undefined;
}

/** One stream at a time; `wake` is called for each of its events. */
const eventsFollower = (open: (url: string) => EventStream | undefined, wake: () => void) => {
  let followed: Followed | undefined;
  const stop = (): void => followed?.stream?.close();
  return {
    stop,
    follow: (url: string): EventStream | undefined => {
      if (followed?.url === url) return followed.stream;
      stop();
      const stream = open(url);
      stream?.addEventListener('status', wake);
      followed = { url, stream };
      return stream;
    },
  };
};

/** Ends a pause early when something happened. */
const alarm = (signal: AbortSignal) => {
  let ring = new AbortController();
  return {
    wake: (): void => ring.abort(),
    sleep: async (sleepFor: (until: AbortSignal) => Promise<void>): Promise<void> => {
      await sleepFor(AbortSignal.any([ring.signal, signal]));
      ring = new AbortController();
    },
  };
};

/**
 * Follows a payment until nothing changes any more: by server-sent events where they work, and by asking again
 * otherwise. A session that Medusa has replaced is followed to the one that took its place.
 * @returns when the payment is final, the signal aborts, or the session is unknown; it never rejects
 * @example await watchPayment(api, sessionId, { onStatus: show, signal })
 */
export const watchPayment = async (
  api: StoreApi,
  sessionId: string,
  { onStatus, signal = new AbortController().signal, openEvents = browserEvents, wait = pause }: WatchOptions,
): Promise<WatchEnd> => {
  const { wake, sleep } = alarm(signal);
  const events = eventsFollower(openEvents, wake);
  const asked = new Set<string>();
  let id = sessionId;
  let shown = '';
  try {
    while (!signal.aborted) {
      const read = await readPayment(api, id, signal);
      if (signal.aborted) break;
      if (!read.ok && read.reason !== 'unreachable') return { end: 'refused', message: read.message };
      const status = read.ok ? read.value : undefined;
      asked.add(id);
      if (status?.replaced_by && !asked.has(status.replaced_by)) {
        id = status.replaced_by;
        continue;
      }
      const now = JSON.stringify(status);
      if (status && now !== shown) {
        shown = now;
        onStatus(status);
      }
      if (status?.final) return { end: 'final', status };
      const stream = status && events.follow(status.events_url);
      await sleep((until) => wait(pauseMs(status, stream), until));
    }
    return { end: 'stopped' };
  } finally {
    events.stop();
  }
};
