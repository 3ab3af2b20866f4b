import type { RefundTable } from './ledger.ts';
import { compound, type Journal, type MemoryState } from './memory-state.ts';
import { isUnresolved, type RefundRow } from './rows.ts';

export const memoryRefunds = ({ refunds }: MemoryState, journal: Journal): RefundTable => {
  const ofInvoice = (invoice: string): RefundRow[] =>
    [...refunds.values()].filter((row) => row.invoice === invoice);

  return {
    async insert(row) {
      const key = compound(row.invoice, row.refundId);
      if (refunds.has(key) || ofInvoice(row.invoice).some((other) => isUnresolved(other.state))) return false;
      journal.put(refunds, key, row);
      return true;
    },
    byId: async (invoice, refundId) => refunds.get(compound(invoice, refundId)),
    ofInvoice: async (invoice) => ofInvoice(invoice),
    async setState(invoice, refundId, { state, gatewayRefundId, answer }) {
      const key = compound(invoice, refundId);
      const row = refunds.get(key);
      if (row === undefined) throw new Error(`ledger: no refund ${refundId} of this invoice`);
      const others = ofInvoice(invoice).filter((other) => other.refundId !== refundId);
      if (isUnresolved(state) && others.some((other) => isUnresolved(other.state))) {
        throw new Error('ledger: another refund of the invoice is unresolved');
      }
      journal.put(refunds, key, { ...row, state, gatewayRefundId, answer });
    },
  };
};
