import type { PageId } from '../identity/identity.ts';
import type { PageChanges, PageTable } from './ledger.ts';
import { compound, type Journal, type MemoryState } from './memory-state.ts';

export const memoryPages = ({ pages }: MemoryState, journal: Journal): PageTable => ({
  async insert(row) {
    journal.add(pages, row.id, row);
  },
  async update(row) {
    if (!pages.has(row.id)) throw new Error(`ledger: no page ${row.id}`);
    journal.put(pages, row.id, row);
  },
  byId: async (id) => pages.get(id),
  ofOrder: async (store, orderKey) =>
    [...pages.values()].filter((row) => row.store === store && row.orderKey === orderKey),
});

const stampOf = (state: MemoryState, id: PageId): string | undefined => {
  const page = state.pages.get(id);
  if (page === undefined) return undefined;
  const { store, orderKey } = page;
  const order = compound(store, orderKey);
  const attempts = [...state.invoices.values()].filter(
    (row) => row.store === store && row.orderKey === orderKey,
  );
  return JSON.stringify([
    page,
    state.orders.get(order),
    state.claims.get(order),
    attempts.map(({ id: invoice, version }) => [invoice, version]),
    [...state.refunds.values()]
      .filter((refund) => attempts.some((attempt) => attempt.id === refund.invoice))
      .map(({ state: refundState }) => refundState),
  ]);
};

/** @param read runs between transactions, never in the middle of one */
export const memoryPageChanges = (
  state: MemoryState,
  read: <T>(work: () => T) => Promise<T>,
): PageChanges => ({
  stampsOf: (pages) =>
    read(() => {
      const stamps = pages.map((id) => [id, stampOf(state, id)] as const);
      return new Map(stamps.flatMap(([id, stamp]) => (stamp === undefined ? [] : [[id, stamp]])));
    }),
});
