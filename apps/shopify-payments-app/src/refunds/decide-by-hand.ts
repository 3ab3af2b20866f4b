import type { Clock } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { SessionBook, SessionRow } from '../sessions/session-book.ts';
import type { ShopDomain } from '../sessions/session-headers.ts';
import { decideIn, type FollowUpRow, findFollowUp } from './follow-up-book.ts';
import { type RecordRefusal, recordDeclined, recordPaidBack } from './record-manual-refund.ts';

export interface ByHandParts {
  readonly ledger: SqlLedger;
  readonly sessions: SessionBook;
  readonly clock: Clock;
  /** Shopify can be told now. */
  readonly kick: () => void;
}

export interface ByHandDecision {
  readonly shop: ShopDomain;
  /** Shopify's id of the refund. */
  readonly id: string;
  /** Who, as it is recorded. */
  readonly by: string;
  readonly decision:
    | { readonly kind: 'paid-back' }
    /** `text` goes to Shopify, where the shop's staff reads it. */
    | { readonly kind: 'decline'; readonly text: string };
}

export type ByHandResult =
  | { readonly ok: true; readonly again: boolean }
  | {
      readonly ok: false;
      readonly reason: RecordRefusal | 'refund-unknown' | 'text-missing' | 'decided-otherwise' | 'not-yet';
    };

/** Shopify documents no limit; a longer one would be cut somewhere on its way. */
const longestText = 200;

const wanted = ({ decision }: ByHandDecision): 'done' | 'declined' =>
  decision.kind === 'paid-back' ? 'done' : 'declined';

/** What stands is repeated, never replaced: a second click finds the first one's decision. */
const standing = (row: FollowUpRow, asked: ByHandDecision): ByHandResult | undefined => {
  switch (row.state) {
    case 'done':
    case 'declined':
      return row.state === wanted(asked)
        ? { ok: true, again: true }
        : { ok: false, reason: 'decided-otherwise' };
    case 'asked':
      return { ok: false, reason: 'not-yet' };
    case 'by-hand':
    case 'checking':
      return undefined;
    default: {
      const never: never = row.state;
      return never;
    }
  }
};

/**
 * A merchant's decision about a refund that the gateway cannot make, or whose outcome only a person can look up. What is
 * written about the money and about the decision is one transaction; Shopify is told by the worker afterwards.
 */
export const decideByHand = async (parts: ByHandParts, asked: ByHandDecision): Promise<ByHandResult> => {
  const { ledger, sessions, clock, kick } = parts;
  const { shop, id, by, decision } = asked;
  const text = decision.kind === 'decline' ? decision.text.trim().slice(0, longestText) : null;
  if (text === '') return { ok: false, reason: 'text-missing' };
  const key = { shop, kind: 'refund', id } as const;
  const named = await ledger.transact((tx) => findFollowUp(tx, key));
  const session: SessionRow | undefined = named && (await sessions.byId(shop, named.payment));
  if (!session) return { ok: false, reason: 'refund-unknown' };
  const decided = await ledger.transact(async (tx): Promise<ByHandResult> => {
    const row = await findFollowUp(tx, key);
    if (!row) return { ok: false, reason: 'refund-unknown' };
    const before = standing(row, asked);
    if (before) return before;
    if (text === null) {
      const recorded = await recordPaidBack(tx, row, session, { clock, by });
      if (!recorded.ok) return recorded;
    } else await recordDeclined(tx, row, session, { clock, by });
    await decideIn(tx, key, wanted(asked), text ?? row.note, clock.now());
    return { ok: true, again: false };
  });
  if (decided.ok) kick();
  return decided;
};
