import { cancelOrder } from '../checkout/cancel-checkout.ts';
import { minutes, seconds } from '../identity/clock.ts';
import type { OrderKey, StoreId } from '../identity/identity.ts';
import type { JobResult } from '../ledger/job.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import { type ClaimRow, isUnresolved } from '../ledger/rows.ts';
import { type Decimal, isZero, subtractDecimal } from '../money/decimal.ts';
import { formatMoney, type Money } from '../money/money.ts';
import type { Ports } from '../ports.ts';
import { refundAmount } from '../refund/refund-amount.ts';
import { openReview } from '../review/review-item.ts';
import type { StorefrontOrder, StorefrontRefund } from './storefront.ts';

type Followed = 'done' | 'refund-under-way';

/**
 * A refund that a person recorded in the shop counts from now on, so that the gateway is never asked to send the same
 * money again (invariants 4 and 17). One that came through us has its row already.
 */
const recordRefund = async (
  ports: Ports,
  tx: LedgerTransaction,
  store: StoreId,
  orderKey: OrderKey,
  refund: StorefrontRefund,
): Promise<Followed> => {
  const claim = await tx.claims.byOrder(store, orderKey);
  const invoice = claim && claim.state !== 'released' ? await tx.invoices.byId(claim.invoice) : undefined;
  if (!invoice || (await tx.refunds.byId(invoice.id, refund.id))) return 'done';
  const earlier = await tx.refunds.ofInvoice(invoice.id);
  if (earlier.some((row) => isUnresolved(row.state))) return 'refund-under-way';
  const counted = refundAmount(invoice, earlier, refund.amount);
  if (!counted.ok) return 'done';
  const now = ports.clock.now();
  await tx.refunds.insert({
    store,
    invoice: invoice.id,
    refundId: refund.id,
    orderAmount: refund.amount,
    gatewayAmount: counted.gatewayAmount,
    reason: refund.reason,
    state: 'manual',
    gatewayRefundId: null,
    answer: 'recorded in the shop',
    createdAt: now,
  });
  await tx.history.append({
    invoice: invoice.id,
    at: now,
    event: 'refund recorded in the shop',
    detail: formatMoney(refund.amount),
  });
  return 'done';
};

/** The order cannot or need not be paid here any more: ended, gone, or paid in another way than by us. */
const isOver = (order: StorefrontOrder, claimed: boolean): boolean => {
  switch (order.state) {
    case 'open':
      return false;
    case 'paid':
      return !claimed;
    case 'ended':
    case 'missing':
      return true;
    default: {
      const never: never = order.state;
      return never;
    }
  }
};

const fullyRefunded = (order: StorefrontOrder, total: Money): boolean => {
  const sum = order.refunds.reduce<Decimal | undefined>(
    (rest, refund) => rest && subtractDecimal(rest, refund.amount.amount),
    total.amount,
  );
  // Undefined: more was sent back than the order was worth.
  return sum === undefined || isZero(sum);
};

/** The shop acknowledged the payment and shows something else now: recorded and shown, never written over (invariant 4). */
const reportChanged = async (
  ports: Ports,
  tx: LedgerTransaction,
  claim: ClaimRow,
  order: StorefrontOrder,
  total: Money,
): Promise<void> => {
  if (claim.state !== 'acknowledged' || order.state === 'paid' || fullyRefunded(order, total)) return;
  const { store, orderKey, invoice } = claim;
  const detail = `The shop had taken the payment of order ${orderKey} and now shows it as ${order.state}. Nothing was changed there: check the order, and refund the payment if it is not to be fulfilled.`;
  const key = `order_changed:${orderKey}:${order.state}`;
  const now = ports.clock.now();
  await openReview(tx, { store, orderKey, invoice, kind: 'order_changed', key, detail }, ports.random, now);
};

/**
 * The storefront said that an order changed. What it is now is read, and a person's decision there is followed: its
 * open payments are cancelled or watched, its refunds are recorded. Nothing is ever written back.
 */
export const followOrder = async (ports: Ports, store: StoreId, orderKey: OrderKey): Promise<JobResult> => {
  const known = await ports.ledger.transact((tx) => tx.orders.byKey(store, orderKey));
  if (!known || !ports.storefront.readOrder) return { done: true };
  const answer = await ports.storefront.readOrder(store, orderKey);
  if (answer.outcome === 'unavailable')
    return { done: false, again: answer.retryAfterMs ?? seconds(30), reason: answer.reason };
  const { order } = answer;
  const { claimed, followed } = await ports.ledger.transact(async (tx) => {
    const claim = await tx.claims.byOrder(store, orderKey);
    const results: Followed[] = [];
    for (const refund of order.refunds) results.push(await recordRefund(ports, tx, store, orderKey, refund));
    if (claim) await reportChanged(ports, tx, claim, order, known.total);
    return { claimed: claim !== undefined && claim.state !== 'released', followed: results };
  });
  if (isOver(order, claimed)) await cancelOrder(ports, store, orderKey);
  return followed.includes('refund-under-way')
    ? { done: false, again: minutes(1), reason: 'a refund is under way' }
    : { done: true };
};
