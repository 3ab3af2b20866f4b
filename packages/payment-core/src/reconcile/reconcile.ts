import { connectAccount } from '../account/connect.ts';
import { minutes, seconds } from '../identity/clock.ts';
import type { AccountId } from '../identity/identity.ts';
import type { Ports } from '../ports.ts';
import { putBack, type ReadResult, readInvoices } from './read-invoices.ts';

export interface ReconcileReport {
  /** Accounts that had an invoice due and got their turn. */
  readonly accounts: number;
  /** Invoices the gateway was asked for and answered about, also that it has none. */
  readonly read: number;
  /** Invoices that were asked for and not reached: a limit of calls or a failure came first. */
  readonly unread: number;
  /** Accounts whose gateway could not be asked at all. */
  readonly unavailable: number;
}

/** A poller that dies gives its invoices back after this; the longest read (500 pages at 300 a minute) ends before. */
const leaseMs = minutes(5);
const brokenAccountMs = minutes(15);
const brokenBatch = 10_000;
const accountsPerLook = 200;
/** Each account has a rate limit of its own, so some wait while others are read; the database is shared by all work. */
const accountsAtOnce = 4;
/** What was read is written so many at a time: measured, 64 take a quarter of the time that 64 commits take. */
const writtenTogether = 64;
/** No account's turn begins later in a round. */
const roundMs = seconds(12);
/** Where each invoice needs a call of its own, a turn is kept short enough for its lease. */
const leastPerTurn = 100;

const readAccount = async (
  ports: Ports,
  id: AccountId,
  together: number,
): Promise<ReadResult | undefined> => {
  const now = ports.clock.now();
  const connection = await connectAccount(ports, id);
  if (!connection.ok) {
    // Put off, so that accounts nobody can connect do not take every round's places.
    await ports.ledger.transact((tx) => tx.invoices.leaseDue(id, now, now + brokenAccountMs, brokenBatch));
    return undefined;
  }
  const batch = Math.max(leastPerTurn, connection.connected.gateway.capabilities.readBatch);
  const due = await ports.ledger.transact((tx) => tx.invoices.leaseDue(id, now, now + leaseMs, batch));
  if (due.length === 0) return undefined;
  const result = await readInvoices(ports, connection.connected, due, together);
  // Only a limit of calls says when it ends; after an outage the lease is the pause.
  if (result.outcome === 'unavailable' && result.retryAfterMs !== undefined) await putBack(ports, due, now);
  return result;
};

/** Takes turns from `accounts` until they or the time run out. */
const takeTurns = async (
  ports: Ports,
  accounts: Iterator<AccountId>,
  endsAt: number,
  results: Map<AccountId, ReadResult | undefined>,
  together: number,
): Promise<void> => {
  while (results.size === 0 || ports.clock.now() < endsAt) {
    const next = accounts.next();
    if (next.done) return;
    results.set(next.value, undefined);
    results.set(next.value, await readAccount(ports, next.value, together));
  }
};

/** The accounts that are due and had no turn yet; `more`: the ledger may know others. */
const accountsDue = async (ports: Ports, seen: ReadonlyMap<AccountId, unknown>) => {
  const limit = accountsPerLook + seen.size;
  const due = await ports.ledger.transact((tx) => tx.invoices.accountsDue(ports.clock.now(), limit));
  return { accounts: due.filter((id) => !seen.has(id)), more: due.length === limit };
};

/**
 * One round of the repair journey: account by account, the longest due first and a few at a time, what is due is
 * leased and read in one batch; the same facts go through the same code as webhooks. The round ends when every account
 * that is due had a turn, or after 12 s, so that what is longest due then comes first in the next. Several processes
 * may run it at once, one of them gets an invoice.
 * @param atOnce how many accounts are read at the same time; 1 makes the order of all calls and writes certain
 */
export const reconcile = async (ports: Ports, atOnce: number = accountsAtOnce): Promise<ReconcileReport> => {
  const endsAt = ports.clock.now() + roundMs;
  const together = atOnce === 1 ? 1 : writtenTogether;
  const results = new Map<AccountId, ReadResult | undefined>();
  for (let more = true; more; ) {
    const due = await accountsDue(ports, results);
    const turns = due.accounts.values();
    const ends = await Promise.allSettled(
      Array.from({ length: atOnce }, () => takeTurns(ports, turns, endsAt, results, together)),
    );
    // A bug met in one turn ends the round, but not before the others have let go of the ledger.
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    more = due.more && ports.clock.now() < endsAt;
  }
  const read = [...results.values()].flatMap((result) => (result?.outcome === 'read' ? [result] : []));
  return {
    accounts: results.size,
    read: read.reduce((sum, { found, absent }) => sum + found + absent, 0),
    unread: read.reduce((sum, { unread }) => sum + unread, 0),
    unavailable: [...results.values()].filter((result) => result?.outcome === 'unavailable').length,
  };
};
