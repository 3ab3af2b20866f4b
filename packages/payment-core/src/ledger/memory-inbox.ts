import type { FactTable, InboxTable } from './ledger.ts';
import { compound, type Journal, type MemoryState } from './memory-state.ts';
import type { InboxRow } from './rows.ts';

export const memoryInbox = ({ inbox }: MemoryState, journal: Journal): InboxTable => {
  const named =
    (state: InboxRow['state']): InboxTable['unmatched'] =>
    async (account, gatewayPaymentId, reference) => {
      const names = (row: InboxRow): boolean =>
        (gatewayPaymentId !== null && row.gatewayPaymentId === gatewayPaymentId) ||
        (reference !== null && row.reference === reference);
      return [...inbox.values()]
        .filter((row) => row.account === account && row.state === state && names(row))
        .sort((a, b) => a.receivedAt - b.receivedAt);
    };
  return {
    async insert(row) {
      journal.add(inbox, row.id, row);
    },
    byId: async (id) => inbox.get(id),
    async setState(id, state, note) {
      const row = inbox.get(id);
      if (row === undefined) throw new Error(`ledger: no inbox row ${id}`);
      journal.put(inbox, id, { ...row, state, note });
    },
    unmatched: named('unmatched'),
    pending: named('pending'),
  };
};

export const memoryFacts = ({ facts }: MemoryState, journal: Journal): FactTable => ({
  async remember(account, eventKey, invoice, at) {
    const key = compound(account, eventKey, invoice);
    if (facts.has(key)) return false;
    journal.put(facts, key, at);
    return true;
  },
});
