import { type LedgerTransaction, minutes } from '@gatewright/payment-core';
import type { SqlTransaction } from '@gatewright/payment-ledger';
import { rejectAt } from '../fulfilment/session-mutation.ts';
import { holdsOtherEnd } from '../payments-api/answer.ts';
import { exhaustedAfterMs, waitAfter } from '../payments-api/schedule.ts';
import { type TellShopify, type Untold, wordOf } from '../payments-api/tell-shopify.ts';
import { rejectionMessage } from '../words/merchant-words.ts';
import { wasDeclined } from './declined.ts';
import { moneyInFlight } from './money-in-flight.ts';
import { warnOfEnds } from './pending-ends.ts';
import { answerPerson, askPerson } from './person.ts';
import type { RejectionBook, RejectionRow } from './rejection-book.ts';
import { type SessionBook, type SessionRow, sessionOf } from './session-book.ts';
import { type Offering, stopOffering } from './stop-offering.ts';
import { itemOf, rejectionKey } from './untold-rejection.ts';

export interface RejectionWork extends Offering {
  readonly sessions: SessionBook;
  readonly rejections: RejectionBook;
  readonly tell: TellShopify;
}

const batch = 20;
const mostPending = 200;
/** No call of ours lasts longer; a process that died gives its rejections back then. */
const leaseMs = minutes(5);

/** A session is rejected for good, so a last look: whoever has begun to pay meanwhile is let through (invariant 9). */
const mayReject = ({ ledger }: RejectionWork, session: SessionRow): Promise<boolean> =>
  ledger.transact(
    async (tx) =>
      !(await moneyInFlight(tx, session.store, session.group)) || (await wasDeclined(tx, session)),
  );

/** Shopify has ended a pending session by itself: there is nothing left that it could take. */
const hasRunOut = ({ pendedUntil }: SessionRow, now: number): boolean =>
  pendedUntil !== null && pendedUntil <= now;

/** It is not tried any more; a person hears why, unless the session is over in Shopify anyway. */
const giveUp = async (work: RejectionWork, row: RejectionRow, told: Untold): Promise<void> => {
  const { ledger, ports, log, rejections, sessions } = work;
  const { session, code } = row;
  if (holdsOtherEnd(told)) await sessions.endedBefore(session.shop, session.id, 'paymentSessionReject');
  if (!hasRunOut(session, ports.clock.now())) {
    log.error({ shop: session.shop, code, why: wordOf(told) }, 'a rejection could not be told to Shopify');
    await ledger.transact((tx) => askPerson(tx, ports, session, itemOf(row, told)));
  }
  await rejections.end(session, wordOf(told));
};

const untold = async (work: RejectionWork, row: RejectionRow, told: Untold): Promise<void> => {
  const now = work.ports.clock.now();
  const age = now - row.askedAt;
  const isOver = told.outcome === 'refused' || age >= exhaustedAfterMs || hasRunOut(row.session, now);
  if (isOver) return giveUp(work, row, told);
  return work.rejections.again(row.session, now + waitAfter(age), wordOf(told));
};

const answered = ({ ledger, ports }: RejectionWork, session: SessionRow, reason: string): Promise<void> =>
  ledger.transact((tx) => answerPerson(tx, ports, session.store, rejectionKey(session), reason));

const reject = async (work: RejectionWork, row: RejectionRow): Promise<void> => {
  const { session, code } = row;
  if (session.state === 'resolved' || session.state === 'rejected') {
    await answered(work, session, 'Shopify has been told.');
    return work.rejections.end(session);
  }
  if (!(await mayReject(work, session))) {
    await answered(work, session, 'The checkout was paid, or is being paid, meanwhile: nothing is rejected.');
    return work.rejections.withdraw(session);
  }
  const told = await work.tell(session.shop, {
    operation: 'paymentSessionReject',
    gid: session.gid,
    code,
    merchantMessage: rejectionMessage(code, session.merchantLocale),
  });
  if (told.outcome !== 'done') return untold(work, row, told);
  await work.sessions.told(session.shop, session.id, 'rejected', told.redirectUrl);
  await answered(work, session, 'Shopify has been told.');
  await work.rejections.end(session);
  if (code === 'MERCHANT_ACCOUNT_ERROR') await stopOffering(work, session);
};

/**
 * When a pending payment is to be rejected. One that a person has decided against ends at once, and Shopify cancels its
 * order. One whose order has ended without money ends as `rejectAt` says, also where Shopify was told that it is pending
 * while its end was being told.
 */
const endOf = async (
  tx: LedgerTransaction,
  session: SessionRow,
  now: number,
): Promise<number | undefined> => {
  const { store, group } = session;
  if (await wasDeclined(tx, session)) return now;
  if ((await tx.orders.byKey(store, group))?.state !== 'ended') return undefined;
  if (await moneyInFlight(tx, store, group)) return undefined;
  return rejectAt(session, (await tx.invoices.ofOrder(store, group)).at(-1), now);
};

/** Those that were looked at longest ago; where there are more, the others come in the next rounds. */
const pendingInTurn = async (tx: SqlTransaction, now: number): Promise<readonly SessionRow[]> => {
  const rows = await tx.sql`select * from shopify_sessions
    where state = 'pending' and pended_until > ${now} and rejection is null
    order by pending_looked_at limit ${mostPending}`;
  const sessions = rows.map(sessionOf);
  if (sessions.length === mostPending)
    for (const { shop, id } of sessions)
      await tx.sql`update shopify_sessions set pending_looked_at = ${now} where shop = ${shop} and id = ${id}`;
  return sessions;
};

const rejectUnpaid = async ({ ledger, rejections }: RejectionWork, now: number): Promise<void> => {
  const ends = await ledger.transact(async (tx) => {
    const found: { readonly session: SessionRow; readonly at: number }[] = [];
    for (const session of await pendingInTurn(tx, now)) {
      const at = await endOf(tx, session, now);
      if (at !== undefined) found.push({ session, at });
    }
    return found;
  });
  for (const { session, at } of ends) await rejections.ask(session, 'CANCELLED_PAYMENT', at);
};

/**
 * One round: sessions that cannot be paid are rejected, and pending ones that are about to end are shown to a person.
 * @returns how many were looked at
 */
export const workRejections = async (
  work: RejectionWork,
  onError: (error: unknown) => void,
): Promise<number> => {
  const { ledger, ports } = work;
  const now = ports.clock.now();
  await rejectUnpaid(work, now);
  const due = await work.rejections.lease(now, now + leaseMs, batch);
  for (const row of due) await reject(work, row).catch(onError);
  return due.length + (await warnOfEnds(ledger, ports, now));
};
