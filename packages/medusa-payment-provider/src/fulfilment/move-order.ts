import type { InstructionRow, StorefrontAnswer } from '@gatewright/payment-core';
import { isCanceled, type Purchase, type ShopCollection } from './purchase.ts';
import { readPurchase } from './read-purchase.ts';
import { runWorkflow, workflowIds } from './run-workflow.ts';
import type { Shop } from './shop.ts';

const done: StorefrontAnswer = { outcome: 'done' };

/** Booked by whoever it was: such an order is never cancelled as unpaid. */
const hasPayment = ({ payments }: ShopCollection): boolean => payments.some(({ canceled }) => !canceled);

/** The order was placed on the promise that we bring its money (`before_payment`). */
const waitsForUs = ({ sessions }: ShopCollection, isOurs: (provider: string) => boolean): boolean =>
  sessions.some(({ provider, status }) => isOurs(provider) && status === 'pending_authorization');

const judgeCancel = (
  { collection, order }: Purchase,
  isOurs: (provider: string) => boolean,
): StorefrontAnswer | { readonly cancel: string } => {
  // Without an order there is nothing to give back: the cart may be paid in another way.
  if (order === null) return done;
  if (isCanceled(order)) return { outcome: 'already' };
  if (hasPayment(collection)) return { outcome: 'refused', reason: 'paid_otherwise' };
  if (!waitsForUs(collection, isOurs)) return { outcome: 'refused', reason: 'not_ours' };
  return { cancel: order.id };
};

/**
 * An order whose payment never came is cancelled by core's workflow, which gives its stock back (contract 4.2: Medusa
 * itself leaves it pending for ever).
 */
export const cancelUnpaidOrder = async (
  shop: Shop,
  { orderKey }: InstructionRow,
  isOurs: (provider: string) => boolean,
): Promise<StorefrontAnswer> => {
  const purchase = await readPurchase(shop.query, orderKey);
  if (!purchase) return { outcome: 'refused', reason: 'order_missing' };
  const verdict = judgeCancel(purchase, isOurs);
  if (!('cancel' in verdict)) return verdict;
  const ran = await runWorkflow(shop, workflowIds.cancelOrder, { order_id: verdict.cancel });
  const after = await readPurchase(shop.query, orderKey);
  if (after?.order && isCanceled(after.order)) return done;
  if (ran.kind === 'declined') return { outcome: 'refused', reason: 'moved' };
  return {
    outcome: 'unavailable',
    reason: ran.kind === 'failed' ? ran.reason : 'not-cancelled-yet',
  };
};

/**
 * Medusa has no state for "money was seen, wait": the order widget shows it from our own record. Money that comes for
 * an order that a person cancelled is refused, so that somebody hears of it.
 */
export const holdOrder = async (shop: Shop, { orderKey }: InstructionRow): Promise<StorefrontAnswer> => {
  const purchase = await readPurchase(shop.query, orderKey);
  if (!purchase) return { outcome: 'refused', reason: 'order_missing' };
  return purchase.order && isCanceled(purchase.order) ? { outcome: 'refused', reason: 'moved' } : done;
};
