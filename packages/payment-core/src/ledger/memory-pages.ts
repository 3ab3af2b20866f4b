import type { PageTable } from './ledger.ts';
import type { Journal, MemoryState } from './memory-state.ts';

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
