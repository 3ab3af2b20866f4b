import type { ClaimTable, InstructionTable, OrderTable } from './ledger.ts';
import { compound, type Journal, type MemoryState } from './memory-state.ts';

export const memoryClaims = ({ claims }: MemoryState, journal: Journal): ClaimTable => ({
  async take(row) {
    const key = compound(row.store, row.orderKey);
    const holder = claims.get(key);
    if (holder !== undefined && holder.state !== 'released') return holder;
    journal.put(claims, key, row);
    return row;
  },
  byOrder: async (store, orderKey) => claims.get(compound(store, orderKey)),
  async setState(store, orderKey, claim, state) {
    const key = compound(store, orderKey);
    const row = claims.get(key);
    if (row?.claim === claim) journal.put(claims, key, { ...row, state });
  },
});

export const memoryOrders = ({ orders }: MemoryState, journal: Journal): OrderTable => ({
  byKey: async (store, orderKey) => orders.get(compound(store, orderKey)),
  async put(row) {
    journal.put(orders, compound(row.store, row.orderKey), row);
  },
});

export const memoryInstructions = ({ instructions }: MemoryState, journal: Journal): InstructionTable => ({
  async insert(row) {
    journal.add(instructions, row.id, row);
  },
  byId: async (id) => instructions.get(id),
  ofOrder: async (store, orderKey) =>
    [...instructions.values()].filter((row) => row.store === store && row.orderKey === orderKey),
  async setState(id, state, answer, at) {
    const row = instructions.get(id);
    if (row === undefined) throw new Error(`ledger: no instruction ${id}`);
    journal.put(instructions, id, { ...row, state, answer, doneAt: at });
  },
});
