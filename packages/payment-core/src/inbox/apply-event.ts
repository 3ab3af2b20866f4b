import { type ConnectedAccount, connectAccount } from '../account/connect.ts';
import type { Fact } from '../gateways/fact.ts';
import { seconds } from '../identity/clock.ts';
import { applyFact, invoiceOfFact, matchedLater } from '../ledger/apply-facts.ts';
import type { JobResult } from '../ledger/job.ts';
import type { InboxRow } from '../ledger/rows.ts';
import type { Ports } from '../ports.ts';
import { closeReview, openReview } from '../review/review-item.ts';
import { confirmByRead } from './confirm-by-read.ts';
import { followHint } from './follow-hint.ts';

type Effect =
  | 'applied'
  | 'ignored'
  | 'unmatched'
  /** Not done: why, and when (ms) to look again. */
  | { readonly reason: string; readonly again: number };

const laterMs = seconds(5);

const applySigned = async (ports: Ports, connected: ConnectedAccount, fact: Fact): Promise<Effect> => {
  const applied = await applyFact(ports, connected, fact);
  switch (applied.outcome) {
    case 'applied':
    case 'known':
      return 'applied';
    case 'unmatched':
      return 'unmatched';
    case 'conflict':
      return { reason: 'conflict', again: laterMs };
    default: {
      const never: never = applied;
      return never;
    }
  }
};

const applyOne = async (
  ports: Ports,
  connected: ConnectedAccount,
  row: InboxRow,
  fact: Fact,
): Promise<Effect> => {
  const { account, gateway } = connected;
  const invoice = await ports.ledger.transact((tx) => invoiceOfFact(tx, account.id, fact));
  if (!invoice) return 'unmatched';
  switch (gateway.capabilities.confirmByRead) {
    case 'required': {
      const followed = await followHint(ports, connected, invoice, row, fact);
      return followed.outcome === 'read' ? 'applied' : followed;
    }
    case 'none':
      return applySigned(ports, connected, fact);
    case 'preferred': {
      // Nothing to read yet, nothing left to confirm, or a word that no read explains: a person has to see it.
      if (invoice.gatewayPaymentId === null || invoice.status === 'settled' || fact.status === 'unknown')
        return applySigned(ports, connected, fact);
      const confirmation = await confirmByRead(ports, connected, invoice, fact);
      if (confirmation === 'stands') return applySigned(ports, connected, fact);
      return confirmation === 'again' ? { reason: 'not-confirmed-yet', again: laterMs } : 'applied';
    }
    default: {
      const never: never = gateway.capabilities.confirmByRead;
      return never;
    }
  }
};

const unmatchedKey = ({ account }: ConnectedAccount, row: InboxRow): string =>
  `unmatched:${account.id}:${row.gatewayPaymentId ?? row.reference ?? row.dedupeKey}`;

/**
 * Somebody's money without an invoice of ours: another system on the same account, or an orphan (NFT-3). False: its
 * invoice has become known since it was looked for.
 */
const reportUnmatched = (
  ports: Ports,
  connected: ConnectedAccount,
  row: InboxRow,
  unmatched: readonly Fact[],
): Promise<boolean> =>
  ports.ledger.transact(async (tx) => {
    const { account, store, gateway } = connected;
    for (const fact of unmatched) if (await invoiceOfFact(tx, account.id, fact)) return false;
    await tx.inbox.setState(row.id, 'unmatched', 'no invoice with this id or reference');
    const money = row.facts.some((fact) => fact.status === 'paid' || fact.status === 'processing');
    if (!money) return true;
    const payment = row.gatewayPaymentId ?? row.reference ?? row.dedupeKey;
    await openReview(
      tx,
      {
        store: store.id,
        account: account.id,
        kind: 'unmatched',
        key: unmatchedKey(connected, row),
        detail: `${gateway.title} reports payment ${payment.slice(0, 100)}, which belongs to no order here. If another system uses this account, ignore it; else find the shopper and refund.`,
      },
      ports.random,
      ports.clock.now(),
    );
    return true;
  });

/**
 * Applies a stored event; runs at once after the 2xx and again by its job until it is done. Running it twice changes
 * nothing the second time.
 */
export const applyEvent = async (ports: Ports, inboxId: string): Promise<JobResult> => {
  const row = await ports.ledger.transact((tx) => tx.inbox.byId(inboxId));
  if (row?.state !== 'pending') return { done: true };
  const connection = await connectAccount(ports, row.account);
  if (!connection.ok) return { done: false, again: seconds(60), reason: connection.reason };
  const effects: Effect[] = [];
  for (const fact of row.facts) effects.push(await applyOne(ports, connection.connected, row, fact));
  const waiting = effects.find((effect) => typeof effect === 'object');
  if (waiting) return { done: false, again: waiting.again, reason: waiting.reason };
  const unmatched = row.facts.filter((_fact, index) => effects[index] === 'unmatched');
  if (unmatched.length > 0) {
    const reported = await reportUnmatched(ports, connection.connected, row, unmatched);
    if (!reported) return { done: false, again: seconds(1), reason: 'matched-meanwhile' };
  } else {
    const state = effects.includes('applied') ? 'applied' : 'ignored';
    await ports.ledger.transact(async (tx) => {
      // As it is by now: it may have been put aside, and matched, by others since it was read.
      const current = await tx.inbox.byId(row.id);
      await tx.inbox.setState(row.id, state, null);
      if (current?.note !== matchedLater) return;
      // It came before the answer of the create call and has found its invoice: nobody needs to look for it.
      const { connected } = connection;
      const matched = { reason: matchedLater, decision: 'matched' };
      await closeReview(tx, connected.store.id, unmatchedKey(connected, row), matched, ports.clock.now());
    });
  }
  return { done: true };
};
