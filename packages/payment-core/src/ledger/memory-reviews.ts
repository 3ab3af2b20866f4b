import type { HistoryTable, ReviewTable } from './ledger.ts';
import { compound, type Journal, type MemoryState } from './memory-state.ts';

export const memoryReviews = ({ reviews }: MemoryState, journal: Journal): ReviewTable => ({
  async open(row) {
    const sameOpen = [...reviews.values()].some(
      (other) => other.store === row.store && other.key === row.key && other.resolution === null,
    );
    if (sameOpen) return false;
    journal.add(reviews, row.id, row);
    return true;
  },
  list: async (store, { open }) =>
    [...reviews.values()]
      .filter((row) => row.store === store && (row.resolution === null) === open)
      .sort((a, b) => a.openedAt - b.openedAt),
  async page(store, { state, limit, after, kind, orderKey, key }) {
    const own = [...reviews.values()]
      .filter((row) => row.store === store)
      .sort((a, b) => a.openedAt - b.openedAt);
    return own
      .slice(own.findIndex(({ id }) => id === after) + 1)
      .filter(({ resolution }) => state === 'all' || (resolution === null) === (state === 'open'))
      .filter((row) => kind === undefined || row.kind === kind)
      .filter((row) => orderKey === undefined || row.orderKey === orderKey)
      .filter((row) => key === undefined || row.key === key)
      .slice(0, limit);
  },
  async newestOpen(store, limit, after) {
    const newest = [...reviews.values()]
      .filter((row) => row.store === store)
      .sort((a, b) => a.openedAt - b.openedAt)
      .reverse();
    const isOpen = ({ resolution }: { resolution: unknown }): boolean => resolution === null;
    const older = newest.slice(newest.findIndex(({ id }) => id === after) + 1).filter(isOpen);
    const rows = older.slice(0, limit);
    return { rows, total: newest.filter(isOpen).length, left: older.length - rows.length };
  },
  async byId(store, id) {
    const row = reviews.get(id);
    return row?.store === store ? row : undefined;
  },
  async resolve(store, id, resolution) {
    const row = reviews.get(id);
    if (row?.store !== store || row.resolution !== null) return false;
    journal.put(reviews, id, { ...row, resolution });
    return true;
  },
  isKnown: async (store, key) => [...reviews.values()].some((row) => row.store === store && row.key === key),
  countOpen: async () => [...reviews.values()].filter(({ resolution }) => resolution === null).length,
});

export const memoryHistory = ({ history }: MemoryState, journal: Journal): HistoryTable => ({
  async append(row) {
    journal.add(history, compound(history.size), row);
  },
  ofInvoice: async (invoice) => [...history.values()].filter((row) => row.invoice === invoice),
});
