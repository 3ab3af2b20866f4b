import { hours, minutes, newRowId, type Ports } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import type { App } from '../app.ts';
import { rejectionMessage } from '../pay/rejection.ts';
import { exhaustedAfterMs, waitAfter } from '../payments-api/schedule.ts';
import type { TellShopify } from '../payments-api/tell-shopify.ts';
import type { ShopBook } from '../shops/shop-book.ts';
import { wasDeclined } from './declined.ts';
import { moneyInFlight } from './money-in-flight.ts';
import type { RejectionBook, RejectionRow } from './rejection-book.ts';
import { type SessionBook, type SessionRow, sessionOf } from './session-book.ts';

export interface RejectionWork {
  readonly ports: Pick<Ports, 'clock' | 'random'>;
  readonly ledger: SqlLedger;
  readonly shops: ShopBook;
  readonly sessions: SessionBook;
  readonly rejections: RejectionBook;
  readonly tell: TellShopify;
  readonly configure: App['configure'];
  readonly log: Logger;
}

const batch = 20;
const mostPending = 500;
/** No call of ours lasts longer; a process that died gives its rejections back then. */
const leaseMs = minutes(5);
/** A person hears of a pending payment while there is time to decide. */
const warnBeforeMs = hours(12);

/** A session is rejected for good, so a last look: whoever has begun to pay meanwhile is let through (invariant 9). */
const mayReject = ({ ledger }: RejectionWork, session: SessionRow): Promise<boolean> =>
  ledger.transact(
    async (tx) =>
      !(await moneyInFlight(tx, session.store, session.group)) || (await wasDeclined(tx, session)),
  );

/** Nobody can be paid through this shop's accounts: Shopify stops to offer us until the merchant has mended it. */
const stopOffering = async (work: RejectionWork, { shop, store }: SessionRow): Promise<void> => {
  const row = await work.shops.byDomain(shop);
  if (!row?.ready || store !== row.live) return;
  const told = await work.configure(shop, row.externalHandle, false);
  work.log.error({ shop, told }, 'no account of the shop can take payments; it is taken out of the checkout');
};

const giveUp = async (work: RejectionWork, row: RejectionRow, why: string): Promise<void> => {
  work.log.error({ shop: row.session.shop, code: row.code, why }, 'a rejection could not be told to Shopify');
  await work.rejections.end(row.session);
};

const reject = async (work: RejectionWork, row: RejectionRow): Promise<void> => {
  const { session, code, askedAt } = row;
  const now = work.ports.clock.now();
  if (session.state === 'resolved' || session.state === 'rejected') return work.rejections.end(session);
  if (!(await mayReject(work, session))) return work.rejections.withdraw(session);
  const told = await work.tell(session.shop, {
    operation: 'paymentSessionReject',
    gid: session.gid,
    code,
    merchantMessage: rejectionMessage(code),
  });
  switch (told.outcome) {
    case 'done':
      await work.sessions.told(session.shop, session.id, 'rejected', told.redirectUrl);
      await work.rejections.end(session);
      return code === 'MERCHANT_ACCOUNT_ERROR' ? stopOffering(work, session) : undefined;
    case 'refused':
      return giveUp(work, row, told.code);
    case 'unclear':
    case 'unavailable':
    case 'not-installed': {
      const age = now - askedAt;
      if (age >= exhaustedAfterMs) return giveUp(work, row, told.outcome);
      return work.rejections.again(session, now + waitAfter(age));
    }
    default: {
      const never: never = told;
      return never;
    }
  }
};

/** A pending payment that a person has decided against ends at once, and Shopify cancels its order. */
const rejectDeclined = async ({ ledger, rejections }: RejectionWork, now: number): Promise<void> => {
  const declined = await ledger.transact(async (tx) => {
    const rows = await tx.sql`select * from shopify_sessions
      where state = 'pending' and pended_until > ${now} and rejection is null limit ${mostPending}`;
    const found: SessionRow[] = [];
    for (const session of rows.map(sessionOf)) if (await wasDeclined(tx, session)) found.push(session);
    return found;
  });
  for (const session of declined) await rejections.ask(session, 'CANCELLED_PAYMENT', now, now);
};

/** Shopify does not let a pending payment be prolonged (2.7), so a person hears in time when it is going to end. */
const warnOfEnds = ({ ledger, ports }: RejectionWork, now: number): Promise<number> =>
  ledger.transact(async (tx) => {
    const rows = await tx.sql`select * from shopify_sessions
      where state = 'pending' and pended_until <= ${now + warnBeforeMs} and pending_end_shown is null
      order by pended_until limit ${batch}`;
    for (const session of rows.map(sessionOf)) {
      const { shop, id, store, group, pendedUntil } = session;
      await tx.sql`update shopify_sessions set pending_end_shown = ${now} where shop = ${shop} and id = ${id}`;
      const end = new Date(pendedUntil ?? now).toISOString();
      const detail = `Shopify ends this pending payment at ${end}. Decide about its money before: afterwards Shopify takes no payment for it, and the money has to be refunded or the order made by hand.`;
      const invoice = (await tx.invoices.ofOrder(store, group)).at(-1)?.id ?? null;
      const key = `pending_ends:${id}`;
      await tx.reviews.open({
        ...{ id: newRowId(ports.random), store, account: null, invoice, orderKey: group },
        ...{ kind: 'no_news', key, detail, openedAt: now, resolution: null },
      });
    }
    return rows.length;
  });

/**
 * One round: sessions that cannot be paid are rejected, and pending ones that are about to end are shown to a person.
 * @returns how many were looked at
 */
export const workRejections = async (
  work: RejectionWork,
  onError: (error: unknown) => void,
): Promise<number> => {
  const now = work.ports.clock.now();
  await rejectDeclined(work, now);
  const due = await work.rejections.lease(now, now + leaseMs, batch);
  for (const row of due) await reject(work, row).catch(onError);
  return due.length + (await warnOfEnds(work, now));
};
