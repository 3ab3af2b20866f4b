import type { ConnectedAccount } from '../account/connect.ts';
import type { Fact } from '../gateways/fact.ts';
import { minutes, seconds } from '../identity/clock.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { InboxRow } from '../ledger/rows.ts';
import type { Ports } from '../ports.ts';
import { readInvoices } from '../reconcile/read-invoices.ts';

/** `again`: ms until it is worth looking whether the read has been made. */
export type Followed =
  | { readonly outcome: 'read' }
  | { readonly outcome: 'wait'; readonly again: number; readonly reason: string };

const liveEveryMs = seconds(3);

/**
 * Invariant 2: however many hints arrive, one read per invoice in this time. Anyone can send old ones again (CPC-2), so
 * one that is settled is read seldom, and one that is no longer watched more seldom still.
 */
const readEveryMs = ({ status, monitorUntil }: Invoice, now: number): number => {
  if (status === 'processing') return liveEveryMs;
  if (now >= monitorUntil) return minutes(10);
  return status === 'settled' ? seconds(15) : liveEveryMs;
};

/**
 * Asks for a read that begins after this transaction. The asking of all hints is one job, in every process: the read of
 * an invoice is leased to one worker, and asked for while it runs it runs again.
 * @param askedBefore a read was asked for and has not answered: haste does not help
 * @returns when the read is due
 */
export const askForRead = async (
  tx: LedgerTransaction,
  invoice: Invoice,
  now: number,
  askedBefore = false,
): Promise<number> => {
  const every = readEveryMs(invoice, now);
  const next = askedBefore ? now + every : (invoice.lastReadAt ?? 0) + every;
  const dueAt = Math.max(now, next);
  await tx.jobs.enqueue({ kind: 'read-invoice', invoice: invoice.id }, dueAt);
  return dueAt;
};

/** The create answer was lost and the hint knows the id. What is read under it counts only for its own invoice. */
const readAsNamed = async (
  ports: Ports,
  connected: ConnectedAccount,
  invoice: Invoice,
  { gatewayPaymentId }: Fact,
): Promise<Followed> => {
  const now = ports.clock.now();
  if (invoice.lastReadAt !== null && now < invoice.lastReadAt + readEveryMs(invoice, now))
    return { outcome: 'wait', again: seconds(5), reason: 'read a moment ago' };
  const read = await readInvoices(ports, connected, [{ ...invoice, gatewayPaymentId }]);
  if (read.outcome === 'read') return { outcome: 'read' };
  const reason = read.outcome === 'unavailable' ? read.reason : read.outcome;
  return { outcome: 'wait', again: seconds(5), reason };
};

/** Done when a read that began after the hint was received has answered; until then the hint stays pending. */
export const followHint = async (
  ports: Ports,
  connected: ConnectedAccount,
  invoice: Invoice,
  row: InboxRow,
  fact: Fact,
): Promise<Followed> => {
  if ((invoice.lastReadAt ?? -1) > row.receivedAt) return { outcome: 'read' };
  if (!connected.calls.readInvoices) return { outcome: 'wait', again: seconds(5), reason: 'unreadable' };
  if (invoice.gatewayPaymentId === null && fact.gatewayPaymentId !== null)
    return readAsNamed(ports, connected, invoice, fact);
  const now = ports.clock.now();
  const askedBefore = now - row.receivedAt >= liveEveryMs;
  const dueAt = await ports.ledger.transact((tx) => askForRead(tx, invoice, now, askedBefore));
  return { outcome: 'wait', again: dueAt - now + seconds(5), reason: 'a read is due' };
};
