import type { Invoice } from '../invoice/invoice.ts';
import type { Job } from './job.ts';
import type {
  ClaimRow,
  HistoryRow,
  InboxRow,
  InstructionRow,
  OrderRow,
  PageRow,
  RefundRow,
  ReviewRow,
} from './rows.ts';

export interface StoredJob {
  readonly n: number;
  readonly key: string;
  readonly job: Job;
  readonly runAt: number;
  readonly leasedUntil: number | null;
  /** How often it was ever leased: a worker whose lease was taken over has an older number. */
  readonly lease: number;
  /** Asked for again while it was leased. */
  readonly againAt: number | null;
  readonly attempts: number;
  readonly dead: string | null;
}

/** Plain data; a stored row is replaced, never changed, so a copy of the maps is a copy of the state. */
export interface MemoryState {
  readonly invoices: Map<string, Invoice>;
  readonly inbox: Map<string, InboxRow>;
  readonly facts: Map<string, number>;
  readonly claims: Map<string, ClaimRow>;
  readonly orders: Map<string, OrderRow>;
  readonly pages: Map<string, PageRow>;
  readonly instructions: Map<string, InstructionRow>;
  readonly reviews: Map<string, ReviewRow>;
  readonly history: Map<string, HistoryRow>;
  readonly refunds: Map<string, RefundRow>;
  readonly jobs: Map<string, StoredJob>;
  /** The last number given to a job. */
  readonly counters: Map<'jobs', number>;
}

export const emptyState = (): MemoryState => ({
  invoices: new Map(),
  inbox: new Map(),
  facts: new Map(),
  claims: new Map(),
  orders: new Map(),
  pages: new Map(),
  instructions: new Map(),
  reviews: new Map(),
  history: new Map(),
  refunds: new Map(),
  jobs: new Map(),
  counters: new Map(),
});

export const copyState = (state: MemoryState): MemoryState => ({
  invoices: new Map(state.invoices),
  inbox: new Map(state.inbox),
  facts: new Map(state.facts),
  claims: new Map(state.claims),
  orders: new Map(state.orders),
  pages: new Map(state.pages),
  instructions: new Map(state.instructions),
  reviews: new Map(state.reviews),
  history: new Map(state.history),
  refunds: new Map(state.refunds),
  jobs: new Map(state.jobs),
  counters: new Map(state.counters),
});

/** Compound key without a separator that a part could contain. */
export const compound = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);

/** Every write of one transaction goes through here, so that it can be taken back. */
export interface Journal {
  put<K, V>(map: Map<K, V>, key: K, row: V): void;
  /** For a row that must be new. @throws Error when the key is there: a bug of the caller. */
  add<K, V>(map: Map<K, V>, key: K, row: V): void;
  remove<K, V>(map: Map<K, V>, key: K): void;
  /** Nothing can be written through it any more. */
  close(): void;
  rollback(): void;
}

export const createJournal = (): Journal => {
  const undo: (() => void)[] = [];
  let open = true;
  const remember = <K, V>(map: Map<K, V>, key: K): void => {
    if (!open) throw new Error('ledger: this transaction has ended');
    const before = map.get(key);
    undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
  };
  const put = <K, V>(map: Map<K, V>, key: K, row: V): void => {
    remember(map, key);
    map.set(key, structuredClone(row));
  };
  return {
    put,
    add(map, key, row) {
      if (map.has(key)) throw new Error(`ledger: ${String(key)} is there already`);
      put(map, key, row);
    },
    remove(map, key) {
      remember(map, key);
      map.delete(key);
    },
    close() {
      open = false;
    },
    rollback() {
      for (const step of undo.reverse()) step();
    },
  };
};
