import type { InstructionRow, LedgerTransaction, ReviewRow } from '@gatewright/payment-core';
import type { SqlTransaction } from '@gatewright/payment-ledger';
import type { MerchantDeps } from '../app.ts';
import { settleRefusedKey, silenceKey } from '../fulfilment/close-when-told.ts';
import { findFollowUp, isUntold, tellFollowUpAgain } from '../refunds/follow-up-book.ts';
import { followUpOfItem } from '../refunds/untold-follow-up.ts';
import { followUpKinds } from '../sessions/follow-up.ts';
import { sessionOfItem, tellRejectionAgain, untoldRejection } from '../sessions/untold-rejection.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { recordToldAgain, type Untold } from './told-again.ts';
import { merchantName } from './who.ts';

/** `telling-already`: somebody asked for it a moment ago. `known`: there is nothing that Shopify does not know. */
export type TellAgainResult = 'telling' | 'telling-already' | 'known';

/** Puts something back into the queue it is told from; undefined: Shopify knows it, or it is another shop's. */
type PutBack = ((now: number) => Promise<void>) | undefined;

/**
 * An instruction that waits for its next turn, or a settlement that Shopify refused and whose claim no other payment has
 * taken since. One whose claim was released is accepted by a person instead, and claims the order anew.
 */
const canBeTold = async (tx: LedgerTransaction, row: InstructionRow): Promise<boolean> => {
  if (row.state === 'pending') return true;
  if (row.state === 'done' || row.kind !== 'settle' || row.answer !== 'moved') return false;
  const claim = await tx.claims.byOrder(row.store, row.orderKey);
  return claim !== undefined && claim.state !== 'released' && claim.claim === row.claim;
};

const instruction = async (
  tx: LedgerTransaction,
  { live, test }: ShopRow,
  id: string,
): Promise<InstructionRow | undefined> => {
  const row = await tx.instructions.byId(id);
  const isOurs = row?.store === live || row?.store === test;
  return row && isOurs && (await canBeTold(tx, row)) ? row : undefined;
};

const find = async (tx: SqlTransaction, shop: ShopRow, { kind, id }: Untold): Promise<PutBack> => {
  const key = { shop: shop.domain, id };
  switch (kind) {
    case 'payment': {
      const row = await instruction(tx, shop, id);
      if (!row) return undefined;
      return async (now) => {
        if (row.state === 'refused') await tx.instructions.setState(id, 'pending', null, null);
        await tx.jobs.enqueue({ kind: 'tell-storefront', instruction: id, store: row.store }, now);
      };
    }
    case 'rejection':
      return (await untoldRejection(tx, key)) && ((now) => tellRejectionAgain(tx, key, now));
    case 'refund':
    case 'capture':
    case 'void': {
      const row = await findFollowUp(tx, { ...key, kind });
      return row && isUntold(row) ? (now) => tellFollowUpAgain(tx, { ...key, kind }, now) : undefined;
    }
    default: {
      const never: never = kind;
      return never;
    }
  }
};

/** Whether Shopify can be told this again. */
export const canTellAgain = async (tx: SqlTransaction, shop: ShopRow, untold: Untold): Promise<boolean> =>
  (await find(tx, shop, untold)) !== undefined;

/** Has Shopify told now instead of at the next turn, or again after it was given up; who asked is recorded. */
export const tellAgain = async (
  { ledger, ports, kick }: Pick<MerchantDeps, 'ledger' | 'ports' | 'kick'>,
  shop: ShopRow,
  untold: Untold,
): Promise<TellAgainResult> => {
  const now = ports.clock.now();
  const result = await ledger.transact(async (tx): Promise<TellAgainResult> => {
    const putBack = await find(tx, shop, untold);
    if (!putBack) return 'known';
    if (!(await recordToldAgain(tx, shop, untold, merchantName(shop.domain), now))) return 'telling-already';
    await putBack(now);
    return 'telling';
  });
  if (result === 'telling') kick();
  return result;
};

const kinds = ['payment', 'rejection', ...followUpKinds] as const;

/** What a form names. */
export const readUntold = (kind: string, id: string): Untold | undefined => {
  const known = kinds.find((word) => word === kind);
  return known && { kind: known, id };
};

const settleOf = async (
  tx: LedgerTransaction,
  { store, orderKey, invoice }: ReviewRow,
): Promise<Untold | undefined> => {
  if (orderKey === null) return undefined;
  const rows = await tx.instructions.ofOrder(store, orderKey);
  const settle = rows.findLast((row) => row.kind === 'settle' && row.invoice === invoice);
  return settle && { kind: 'payment', id: settle.id };
};

/** What Shopify does not know, of an item that says so; undefined: the item is about something else. */
export const untoldOfReview = async (
  tx: LedgerTransaction,
  { domain }: ShopRow,
  review: ReviewRow,
): Promise<Untold | undefined> => {
  const { key } = review;
  const session = sessionOfItem(domain, key);
  if (session !== undefined) return { kind: 'rejection', id: session };
  const followUp = followUpOfItem(domain, key);
  if (followUp) return followUp;
  if (key.startsWith(silenceKey)) return { kind: 'payment', id: key.slice(silenceKey.length) };
  return key.startsWith(settleRefusedKey) ? settleOf(tx, review) : undefined;
};
