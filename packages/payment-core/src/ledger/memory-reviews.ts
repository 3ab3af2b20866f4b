import type { StoreId } from '../identity/identity.ts';
import type { HistoryTable, ReviewTable } from './ledger.ts';
import { compound, type Journal, type MemoryState } from './memory-state.ts';

export const memoryReviews = ({ reviews }: MemoryState, journal: Journal): ReviewTable => {
  const ownOf = (store: StoreId) =>
    [...reviews.values()].filter((row) => row.store === store).sort((a, b) => a.openedAt - b.openedAt);
  return {
    async open(row) {
      const sameOpen = [...reviews.values()].some(
        (other) => other.store === row.store && other.key === row.key && other.resolution === null,
      );
      if (sameOpen) return false;
      journal.add(reviews, row.id, row);
      return true;
    },
    async page(store, { state, limit, after = null, newestFirst = false, kind, orderKey, key }) {
      const oldest = ownOf(store);
      const own = newestFirst ? oldest.reverse() : oldest;
      return own
        .slice(own.findIndex(({ id }) => id === after) + 1)
        .filter(({ resolution }) => state === 'all' || (resolution === null) === (state === 'open'))
        .filter((row) => kind === undefined || row.kind === kind)
        .filter((row) => orderKey === undefined || row.orderKey === orderKey)
        .filter((row) => key === undefined || row.key === key)
        .slice(0, limit);
    },
    async count(store, state, olderThan) {
      const own = ownOf(store);
      const end = own.findIndex(({ id }) => id === olderThan);
      const counted = end === -1 ? own : own.slice(0, end);
      return counted.filter(({ resolution }) => (resolution === null) === (state === 'open')).length;
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
    isKnown: async (store, key) =>
      [...reviews.values()].some((row) => row.store === store && row.key === key),
    countOpen: async () => [...reviews.values()].filter(({ resolution }) => resolution === null).length,
  };
};

export const memoryHistory = ({ history }: MemoryState, journal: Journal): HistoryTable => ({
  async append(row) {
    journal.add(history, compound(history.size), row);
  },
  ofInvoice: async (invoice) => [...history.values()].filter((row) => row.invoice === invoice),
});
