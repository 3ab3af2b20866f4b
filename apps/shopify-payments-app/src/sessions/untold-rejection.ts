import type { ReviewRow } from '@gatewright/payment-core';
import type { SqlTransaction } from '@gatewright/payment-ledger';
import { type Untold, wordOf } from '../payments-api/tell-shopify.ts';
import type { RejectionRow } from './rejection-book.ts';
import type { SessionRow } from './session-book.ts';
import type { ShopDomain } from './session-headers.ts';

type Key = Pick<SessionRow, 'shop' | 'id'>;

const itemsOf = (shop: ShopDomain): string => `rejection_untold:${shop}:`;

/** Of the review item about a rejection that was given up. */
export const rejectionKey = ({ shop, id }: Key): string => `${itemsOf(shop)}${id}`;

/** The session that such an item is about; undefined: it is about something else, or another shop's. */
export const sessionOfItem = (shop: ShopDomain, key: string): string | undefined =>
  key.startsWith(itemsOf(shop)) ? key.slice(itemsOf(shop).length) : undefined;

/** What a person reads of a rejection that was given up. */
export const itemOf = (
  { session, code }: RejectionRow,
  told: Untold,
): Pick<ReviewRow, 'kind' | 'key' | 'detail'> => {
  const { id } = session;
  const what = `that payment ${id} cannot be made (${code})`;
  const key = rejectionKey(session);
  // Shopify's one text for three causes: after a day it can only mean that it holds another end (contract 2.6).
  return told.outcome === 'refused' || told.outcome === 'unclear'
    ? {
        kind: 'storefront_refused',
        key,
        detail: `Shopify did not take it ${what}: it holds another end of this payment (${wordOf(told)}). Look at the order in Shopify, and at what the gateway took.`,
      }
    : {
        kind: 'storefront_unreachable',
        key,
        detail: `Shopify could not be told for about a day ${what}; the last answer was ${wordOf(told)}. Nothing was paid. If Shopify shows an order for it, cancel it there; if the app has lost its access, open it once more from your Shopify admin.`,
      };
};

/** How a rejection stands that Shopify does not know. */
export interface UntoldRejection {
  /** What came of the last try. */
  readonly trouble: string | null;
  /** When it is tried again by itself, ms; null: not any more. */
  readonly nextAt: number | null;
}

/** Undefined: there is no such rejection, or Shopify knows a final state of its session. */
export const untoldRejection = async (
  tx: SqlTransaction,
  { shop, id }: Key,
): Promise<UntoldRejection | undefined> => {
  const [row] = await tx.sql`select rejection_trouble, rejection_next_at from shopify_sessions
    where shop = ${shop} and id = ${id} and rejection is not null and state in ('started', 'pending')`;
  if (!row) return undefined;
  const { rejection_trouble: trouble, rejection_next_at: nextAt } = row;
  return {
    trouble: typeof trouble === 'string' ? trouble : null,
    nextAt: nextAt === null || nextAt === undefined ? null : Number(nextAt),
  };
};

/** Has it told at `now`; one that was given up gets its whole schedule once more. */
export const tellRejectionAgain = async (
  tx: SqlTransaction,
  { shop, id }: Key,
  now: number,
): Promise<void> => {
  await tx.sql`update shopify_sessions set
      rejection_asked_at = case when rejection_next_at is null then ${now} else rejection_asked_at end,
      rejection_next_at = ${now}
    where shop = ${shop} and id = ${id}`;
};
