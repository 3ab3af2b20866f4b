import { equalDecimal, type Money } from '@gatewright/payment-core';
import type { SessionRow } from '../sessions/session-book.ts';

export type ChosenSession =
  | { readonly ok: true; readonly session: SessionRow }
  | { readonly ok: false; readonly reason: 'order_missing' | 'total_changed' | 'currency_changed' | 'moved' };

const fits = (session: SessionRow, money: Money): boolean =>
  session.amount.currency === money.currency && equalDecimal(session.amount.amount, money.amount);

/** The session on whose page the buyer chose to pay last; where none did, the newest one. */
const lastOf = (sessions: readonly SessionRow[]): SessionRow | undefined =>
  sessions
    .toSorted((a, b) => (a.committedAt ?? 0) - (b.committedAt ?? 0) || a.createdAt - b.createdAt)
    .at(-1);

/**
 * Which try of a checkout a payment belongs to. A session that Shopify has been told a final state of takes no other;
 * one that is resolved already is answered as such by whoever sends the mutation. One that Shopify has ended by itself
 * is told of money only where there is no other.
 * @param money what the invoice was made for, in the order's currency
 */
export const chooseSession = (sessions: readonly SessionRow[], money: Money): ChosenSession => {
  if (sessions.length === 0) return { ok: false, reason: 'order_missing' };
  const resolved = sessions.find(({ state }) => state === 'resolved');
  if (resolved) return { ok: true, session: resolved };
  const sameMoney = sessions.filter((session) => fits(session, money));
  if (sameMoney.length === 0) {
    const sameCurrency = sessions.some(({ amount }) => amount.currency === money.currency);
    return { ok: false, reason: sameCurrency ? 'total_changed' : 'currency_changed' };
  }
  const untold = sameMoney.filter(({ state }) => state !== 'rejected');
  const open = lastOf(untold.filter(({ endedBefore }) => endedBefore === null)) ?? lastOf(untold);
  return open ? { ok: true, session: open } : { ok: false, reason: 'moved' };
};
