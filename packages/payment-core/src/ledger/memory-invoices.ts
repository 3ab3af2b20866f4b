import type { AccountId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { attemptKey } from './attempt-key.ts';
import type { InvoiceTable } from './ledger.ts';
import type { Journal, MemoryState } from './memory-state.ts';

const isDue = (invoice: Invoice, now: number): boolean =>
  invoice.nextReadAt !== null && invoice.nextReadAt <= now;

const dueFirst = (a: Invoice, b: Invoice): number => (a.nextReadAt ?? 0) - (b.nextReadAt ?? 0);

export const memoryInvoices = ({ invoices }: MemoryState, journal: Journal): InvoiceTable => {
  const where = (test: (invoice: Invoice) => boolean): Invoice[] => [...invoices.values()].filter(test);

  const refuseSharedIdentity = (next: Invoice): void => {
    for (const other of invoices.values()) {
      if (other.id === next.id || other.account !== next.account) continue;
      const samePayment = next.gatewayPaymentId !== null && other.gatewayPaymentId === next.gatewayPaymentId;
      if (samePayment || other.reference === next.reference) {
        throw new Error('ledger: another invoice of the account has this gateway payment id or reference');
      }
    }
  };

  return {
    async insert(invoice) {
      const attempt = attemptKey(invoice);
      if (where((other) => attemptKey(other) === attempt).length > 0) return false;
      refuseSharedIdentity(invoice);
      journal.add(invoices, invoice.id, invoice);
      return true;
    },
    async update(next) {
      if (invoices.get(next.id)?.version !== next.version) return false;
      refuseSharedIdentity(next);
      journal.put(invoices, next.id, { ...next, version: next.version + 1 });
      return true;
    },
    byId: async (id) => invoices.get(id),
    byGatewayPaymentId: async (account, gatewayPaymentId) =>
      where((row) => row.account === account && row.gatewayPaymentId === gatewayPaymentId)[0],
    byReference: async (account, reference) =>
      where((row) => row.account === account && row.reference === reference)[0],
    ofOrder: async (store, orderKey) =>
      where((row) => row.store === store && row.orderKey === orderKey).sort(
        (a, b) => a.createdAt - b.createdAt,
      ),
    async leaseDue(account, now, leaseUntil, limit) {
      const due = where((row) => row.account === account && isDue(row, now));
      const leased = due.sort(dueFirst).slice(0, limit);
      return leased.map((row) => {
        const next: Invoice = { ...row, nextReadAt: leaseUntil };
        journal.put(invoices, row.id, next);
        return next;
      });
    },
    async accountsDue(now, limit) {
      const due = where((row) => isDue(row, now)).sort(
        (a, b) => dueFirst(a, b) || (a.account < b.account ? -1 : 1),
      );
      return [...new Set<AccountId>(due.map((row) => row.account))].slice(0, limit);
    },
  };
};
