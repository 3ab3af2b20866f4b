import {
  type Clock,
  formatMoney,
  type Invoice,
  isUnresolved,
  type LedgerTransaction,
  type RefundRow,
  refundAmount,
  unknownRefundKey,
} from '@gatewright/payment-core';
import type { SessionRow } from '../sessions/session-book.ts';
import type { FollowUpRow } from './follow-up-book.ts';

export type RecordRefusal =
  /** No payment of ours paid this order, so there is nothing that could have been paid back for it. */
  | 'order-not-paid-here'
  | 'more-than-paid'
  | 'currency-differs'
  | 'amount-zero'
  /** Another refund of the payment was sent, and nobody knows whether it was made (invariant 11). */
  | 'refund-unresolved';

export type RecordResult = { readonly ok: true } | { readonly ok: false; readonly reason: RecordRefusal };

export interface Decider {
  readonly clock: Clock;
  readonly by: string;
}

const refuse = (reason: RecordRefusal): RecordResult => ({ ok: false, reason });

const paidInvoice = async (
  tx: LedgerTransaction,
  { store, group }: Pick<SessionRow, 'store' | 'group'>,
): Promise<Invoice | undefined> => {
  const claim = await tx.claims.byOrder(store, group);
  return claim && claim.state !== 'released' ? tx.invoices.byId(claim.invoice) : undefined;
};

/** The gateway was asked for this refund and did not answer: a person has looked, and its review item ends with it (GN-5). */
const end = async (
  tx: LedgerTransaction,
  row: RefundRow,
  state: 'done' | 'refused',
  { clock, by }: Decider,
): Promise<void> => {
  const { store, invoice, refundId } = row;
  const made = state === 'done';
  await tx.refunds.setState(invoice, refundId, { state, gatewayRefundId: null, answer: 'a person said so' });
  const key = unknownRefundKey(invoice, refundId);
  const [item] = await tx.reviews.page(store, { state: 'open', limit: 1, key });
  if (!item) return;
  const reason = made ? 'It was found to have been paid back.' : 'It was found not to have been paid back.';
  const decision = made ? `refund-noted ${formatMoney(row.orderAmount)}` : 'ignored';
  await tx.reviews.resolve(store, item.id, { by, reason, decision, at: clock.now() });
};

const note = (tx: LedgerTransaction, invoice: Invoice, event: string, detail: string, at: number) =>
  tx.history.append({ invoice: invoice.id, at, event, detail });

/**
 * A merchant has paid a refund back and says so: it is counted in the core's rows, so that later refunds of the payment
 * stay within what was paid (invariant 17). Once per refund, however often it is said.
 */
export const recordPaidBack = async (
  tx: LedgerTransaction,
  row: FollowUpRow,
  session: SessionRow,
  decider: Decider,
): Promise<RecordResult> => {
  const invoice = await paidInvoice(tx, session);
  if (!invoice || !row.amount) return refuse('order-not-paid-here');
  const earlier = await tx.refunds.ofInvoice(invoice.id);
  const known = earlier.find(({ refundId }) => refundId === row.id);
  const now = decider.clock.now();
  const said = `${formatMoney(row.amount)} by ${decider.by}`;
  if (known) {
    // Found not to have been made before, and now found to be: it has to fit like any other one.
    const fits = known.state === 'refused' ? refundAmount(invoice, earlier, row.amount) : undefined;
    if (fits && !fits.ok) return refuse(fits.reason);
    if (fits || isUnresolved(known.state)) await end(tx, known, 'done', decider);
    await note(tx, invoice, 'refund recorded by hand', said, now);
    return { ok: true };
  }
  if (earlier.some(({ state }) => isUnresolved(state))) return refuse('refund-unresolved');
  const counted = refundAmount(invoice, earlier, row.amount);
  if (!counted.ok) return refuse(counted.reason);
  const inserted = await tx.refunds.insert({
    store: session.store,
    invoice: invoice.id,
    refundId: row.id,
    orderAmount: row.amount,
    gatewayAmount: counted.gatewayAmount,
    reason: '',
    state: 'manual',
    gatewayRefundId: null,
    answer: 'recorded by the merchant',
    createdAt: now,
  });
  if (!inserted) return refuse('refund-unresolved');
  await note(tx, invoice, 'refund recorded by hand', said, now);
  return { ok: true };
};

/** A merchant will not pay it back: what the gateway was asked for and did not answer is then known not to be made. */
export const recordDeclined = async (
  tx: LedgerTransaction,
  row: FollowUpRow,
  session: SessionRow,
  decider: Decider,
): Promise<void> => {
  const invoice = await paidInvoice(tx, session);
  if (!invoice) return;
  const known = await tx.refunds.byId(invoice.id, row.id);
  if (known && isUnresolved(known.state)) await end(tx, known, 'refused', decider);
  const amount = row.amount ? `${formatMoney(row.amount)} ` : '';
  await note(tx, invoice, 'refund declined', `${amount}by ${decider.by}`, decider.clock.now());
};
