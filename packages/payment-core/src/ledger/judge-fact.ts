import type { ConnectedAccount } from '../account/connect.ts';
import type { Fact } from '../gateways/fact.ts';
import { minutes } from '../identity/clock.ts';
import type { Reduction } from '../invoice/decision.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { heldForMode, isOfOtherMode } from '../invoice/other-mode.ts';
import { reduceFact } from '../invoice/reduce.ts';
import { unchanged } from '../invoice/reduction.ts';
import type { FrozenRate } from '../rates/rate-source.ts';
import type { LedgerTransaction } from './ledger.ts';
import type { InboxRow } from './rows.ts';

/** What follows from a fact, and when (ms) to read again whatever the schedule says; null: as it says. */
export interface Judgement extends Reduction {
  readonly readAgainAt: number | null;
}

/** Stored events of this payment that nobody has applied yet. One whose job was given up is no longer pending. */
const pendingEvents = (
  tx: LedgerTransaction,
  { account, gatewayPaymentId, reference }: Invoice,
  fact: Fact,
): Promise<readonly InboxRow[]> =>
  tx.inbox.pending(account, gatewayPaymentId ?? fact.gatewayPaymentId, reference);

const isOfMoney = ({ status }: Fact): boolean => status === 'paid' || status === 'processing';

/**
 * Invariant 10, where a read finds money after the expiry and cannot say when it came: the receipt of the first signed
 * message that told of it. A message that a later read has answered counts no more: what came of it is on record.
 */
const withFirstMessage = async (tx: LedgerTransaction, invoice: Invoice, fact: Fact): Promise<Fact> => {
  const isRead = fact.authority === 'api' && isOfMoney(fact);
  const isTimeKnown = fact.paidAt !== null || invoice.firstReceiptAt !== null;
  if (!isRead || isTimeKnown || invoice.status === 'settled' || fact.asOf <= invoice.expiresAt) return fact;
  const [first] = (await pendingEvents(tx, invoice, fact)).filter(
    ({ receivedAt, facts }) => receivedAt >= (invoice.lastReadAt ?? 0) && facts.some(isOfMoney),
  );
  return first && first.receivedAt < fact.asOf ? { ...fact, heardAt: first.receivedAt } : fact;
};

/** Longer than an event waits where nothing is wrong, and short enough for a person who waits. */
const eventIsYoungMs = minutes(15);
const readAgainAfterMs = minutes(1);

/**
 * A read that needs a person is left to a signed event of the same payment that waits to be applied and may say more:
 * it is applied by a job of its own in a moment, and the next read is judged with it. Not for ever: an old event, as
 * after a power cut, has its turn before the second read; and where a read confirms events, they wait for it.
 */
const isLeftToEvent = async (
  tx: LedgerTransaction,
  { gateway }: ConnectedAccount,
  invoice: Invoice,
  fact: Fact,
  { decisions }: Reduction,
  now: number,
): Promise<boolean> => {
  if (fact.authority !== 'api' || gateway.capabilities.confirmByRead !== 'none') return false;
  if (!decisions.some(({ kind }) => kind === 'review')) return false;
  return (await pendingEvents(tx, invoice, fact)).some(
    ({ receivedAt }) => receivedAt >= (invoice.lastReadAt ?? 0) || now - receivedAt < eventIsYoungMs,
  );
};

/** Which word a gateway has for money that it paid back is not documented: where a refund is on record, it is no question (GN-10). */
const tellsOfRefund = async (tx: LedgerTransaction, { id, status }: Invoice, fact: Fact): Promise<boolean> =>
  status === 'settled' &&
  fact.status === 'unknown' &&
  (await tx.refunds.ofInvoice(id)).some(({ state }) => state !== 'refused');

/** The reducer's answer, with what the inbox knows of the payment. It is asked only where a person would have to look. */
export const judgeFact = async (
  tx: LedgerTransaction,
  connected: ConnectedAccount,
  before: Invoice,
  fact: Fact,
  valuation: FrozenRate | undefined,
  now: number,
): Promise<Judgement> => {
  if (await tellsOfRefund(tx, before, fact))
    return { ...unchanged(before, `"${fact.wireStatus}" after a refund`), readAgainAt: null };
  const { mode, policy } = connected.store;
  const valued = { ...before, valuation: before.valuation ?? valuation ?? null };
  const reduction = isOfOtherMode(before, fact, mode)
    ? heldForMode(valued, fact, mode)
    : reduceFact(valued, await withFirstMessage(tx, before, fact), policy, now);
  if (!(await isLeftToEvent(tx, connected, before, fact, reduction, now)))
    return { ...reduction, readAgainAt: null };
  const because = 'left to a message of this payment that waits to be applied';
  return { ...unchanged(before, because), readAgainAt: now + readAgainAfterMs };
};
