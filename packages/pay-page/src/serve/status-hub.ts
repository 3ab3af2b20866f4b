import { type Clock, type PageChanges, type PageId, seconds } from '@gatewright/payment-core';
import { heartbeatChunk, type StatusFrame } from './status-frame.ts';

/** Calls `run` every `ms`; the returned function ends it. */
export type Timer = (run: () => void, ms: number) => () => void;

/** One open stream. */
export interface Listener {
  send(chunk: Uint8Array): void;
  end(): void;
}

export interface Watch {
  /** The page as it is now. */
  readonly first: StatusFrame;
  stop(): void;
}

export interface StatusHub {
  /** @returns undefined where there is no such page */
  watch(page: PageId, language: string, listener: Listener): Promise<Watch | undefined>;
  /** Pages that somebody watches. */
  readonly size: number;
  readonly isClosed: boolean;
  close(): void;
}

export interface HubParts {
  readonly changes: PageChanges;
  /** The page in a language as the ledger has it now; undefined where there is none. */
  readonly render: (page: PageId, language: string) => Promise<StatusFrame | undefined>;
  readonly clock: Clock;
  readonly every: Timer;
  readonly onError: (error: unknown) => void;
}

interface View {
  latest: Promise<StatusFrame | undefined>;
  /** When it was rendered: what it says of the time left is old a second later. */
  at: number;
  readonly listeners: Set<Listener>;
}

interface Watched {
  readonly views: Map<string, View>;
  /** When it says something else although nothing happens, ms; null: never. */
  changesAt: number | null;
  /** Watches, and those that are being opened. */
  holders: number;
  /** Undefined: not read yet, or not to be relied on. */
  stamp: string | undefined;
  readonly opened: Promise<void>;
}

const tickMs = seconds(1);
const ticksPerHeartbeat = 20;
/** Readings of a ledger that share what a reading costs; more would only wait in line. */
const renderedAtOnce = 16;

/**
 * Tells everybody who watches a page what it says now. One query a second asks for the changes of all watched pages,
 * whoever made them, so that any replica may hold the stream; a changed page is rendered once per language.
 */
export const createStatusHub = ({ changes, render, clock, every, onError }: HubParts): StatusHub => {
  const pages = new Map<PageId, Watched>();
  let endTimer: (() => void) | undefined;
  let ticking = false;
  let ticks = 0;
  let closed = false;

  const open = (page: PageId): Watched => {
    const known = pages.get(page);
    if (known) return known;
    const watched: Watched = {
      views: new Map(),
      changesAt: null,
      holders: 0,
      stamp: undefined,
      // Before the first rendering: a change in between is then seen by the next tick.
      opened: changes.stampsOf([page]).then((stamps) => {
        watched.stamp = stamps.get(page);
      }),
    };
    pages.set(page, watched);
    endTimer ??= every(tick, tickMs);
    return watched;
  };

  const release = (page: PageId, watched: Watched): void => {
    watched.holders -= 1;
    if (watched.holders > 0 || pages.get(page) !== watched) return;
    pages.delete(page);
    if (pages.size > 0) return;
    endTimer?.();
    endTimer = undefined;
  };

  /** Whoever asked for a rendering hears of its failure; nobody else relies on it. */
  const rendered = (page: PageId, watched: Watched, language: string) => {
    const latest = watched.opened.then(() => render(page, language));
    latest.then(
      (frame) => {
        watched.changesAt = frame?.changesAt ?? null;
      },
      () => undefined,
    );
    return { latest, at: clock.now() };
  };

  const viewOf = (page: PageId, watched: Watched, language: string): View => {
    const known = watched.views.get(language);
    if (known === undefined) {
      const view: View = { ...rendered(page, watched, language), listeners: new Set() };
      watched.views.set(language, view);
      return view;
    }
    if (clock.now() - known.at >= tickMs) Object.assign(known, rendered(page, watched, language));
    return known;
  };

  /** Joins a view with its newest rendering: a tick may replace either meanwhile. */
  const join = async (page: PageId, watched: Watched, language: string, listener: Listener) => {
    for (;;) {
      const view = viewOf(page, watched, language);
      const { latest } = view;
      const first = await latest;
      if (watched.views.get(language) !== view || latest !== view.latest) continue;
      if (first === undefined || closed) return undefined;
      view.listeners.add(listener);
      return { first, view };
    }
  };

  const renew = async (page: PageId, watched: Watched, language: string, view: View): Promise<void> => {
    const next = rendered(page, watched, language);
    const frame = await next.latest;
    Object.assign(view, next);
    for (const listener of [...view.listeners]) {
      if (frame === undefined) listener.end();
      else listener.send(frame.chunk);
      if (frame?.final === true) listener.end();
    }
  };

  const renewPage = async (page: PageId, watched: Watched, stamp: string | undefined): Promise<void> => {
    for (const [language, view] of watched.views) {
      if (view.listeners.size === 0) watched.views.delete(language);
      else await renew(page, watched, language, view);
    }
    watched.stamp = stamp;
  };

  const isOutdated = ({ stamp, changesAt }: Watched, now: string | undefined): boolean =>
    stamp !== now || (changesAt !== null && changesAt <= clock.now());

  const look = async (): Promise<void> => {
    const stamps = await changes.stampsOf([...pages.keys()]);
    const outdated = [...pages].filter(([page, watched]) => isOutdated(watched, stamps.get(page)));
    for (let from = 0; from < outdated.length; from += renderedAtOnce) {
      const some = outdated.slice(from, from + renderedAtOnce);
      // One page that cannot be rendered keeps its old stamp, so it is tried again; the others go on.
      await Promise.all(
        some.map(([page, watched]) => renewPage(page, watched, stamps.get(page)).catch(onError)),
      );
    }
  };

  const beat = (): void => {
    for (const { views } of pages.values())
      for (const { listeners } of views.values())
        for (const listener of [...listeners]) listener.send(heartbeatChunk);
  };

  const tick = (): void => {
    ticks += 1;
    if (ticks % ticksPerHeartbeat === 0) beat();
    if (ticking) return;
    ticking = true;
    look()
      .catch(onError)
      .finally(() => {
        ticking = false;
      });
  };

  return {
    async watch(page, language, listener) {
      if (closed) return undefined;
      const watched = open(page);
      watched.holders += 1;
      try {
        const joined = await join(page, watched, language, listener);
        if (joined === undefined) {
          release(page, watched);
          return undefined;
        }
        const { first, view } = joined;
        return {
          first,
          stop() {
            if (view.listeners.delete(listener)) release(page, watched);
          },
        };
      } catch (error) {
        release(page, watched);
        throw error;
      }
    },
    get size() {
      return pages.size;
    },
    get isClosed() {
      return closed;
    },
    close() {
      closed = true;
      endTimer?.();
      endTimer = undefined;
      for (const { views } of [...pages.values()])
        for (const { listeners } of views.values()) for (const listener of [...listeners]) listener.end();
      pages.clear();
    },
  };
};
