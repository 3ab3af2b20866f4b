import { connectAccount } from '../account/connect.ts';
import { minutes } from '../identity/clock.ts';
import type { Ports } from '../ports.ts';
import { type ReadResult, readInvoices } from './read-invoices.ts';

export interface ReconcileReport {
  readonly accounts: number;
  readonly read: number;
  readonly unavailable: number;
}

/** A poller that dies gives its invoices back after this; the longest read (500 pages at 300 a minute) ends before. */
const leaseMs = minutes(5);
const brokenAccountMs = minutes(15);
const brokenBatch = 10_000;
const accountsPerRound = 50;
/** Where each invoice needs a call of its own, a round is kept short enough for its lease. */
const leastPerRound = 100;

/**
 * One round of the repair journey: what is due is leased account by account and read in batches; the same facts go
 * through the same code as webhooks. Several processes may run it at once, one of them gets an invoice.
 */
export const reconcile = async (ports: Ports): Promise<ReconcileReport> => {
  const now = ports.clock.now();
  const accounts = await ports.ledger.transact((tx) => tx.invoices.accountsDue(now, accountsPerRound));
  const results: ReadResult[] = [];
  for (const id of accounts) {
    const connection = await connectAccount(ports, id);
    if (!connection.ok) {
      // Put off, so that accounts nobody can connect do not take every round's places.
      await ports.ledger.transact((tx) => tx.invoices.leaseDue(id, now, now + brokenAccountMs, brokenBatch));
      continue;
    }
    const batch = Math.max(leastPerRound, connection.connected.gateway.capabilities.readBatch);
    const due = await ports.ledger.transact((tx) => tx.invoices.leaseDue(id, now, now + leaseMs, batch));
    if (due.length > 0) results.push(await readInvoices(ports, connection.connected, due));
  }
  return {
    accounts: accounts.length,
    read: results.reduce(
      (sum, result) => sum + (result.outcome === 'read' ? result.found + result.absent : 0),
      0,
    ),
    unavailable: results.filter((result) => result.outcome === 'unavailable').length,
  };
};
