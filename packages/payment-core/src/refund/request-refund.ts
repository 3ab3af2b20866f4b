import { type ConnectedAccount, connectAccount } from '../account/connect.ts';
import type { RefundOutcome } from '../gateways/gateway.ts';
import { minutes } from '../identity/clock.ts';
import type { InvoiceId, OrderKey, StoreId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { JobResult } from '../ledger/job.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { RefundRow } from '../ledger/rows.ts';
import { formatMoney, type Money } from '../money/money.ts';
import type { Ports } from '../ports.ts';
import { openReview } from '../review/review-item.ts';
import { refundAmount } from './refund-amount.ts';
import { unknownRefund } from './unknown-refund.ts';

export interface RefundAsk {
  readonly store: StoreId;
  readonly orderKey: OrderKey;
  /** The shop's own id of this refund: asking twice with it refunds once. */
  readonly refundId: string;
  readonly amount: Money;
  readonly reason: string;
}

/** The five answers of bridge-api.md. `manual` says what a person has to do; nothing was refunded. */
export type RefundResult =
  | { readonly outcome: 'done' | 'accepted'; readonly gatewayRefundId: string | null }
  | { readonly outcome: 'manual'; readonly instructions: string }
  | { readonly outcome: 'checking' }
  | { readonly outcome: 'refused'; readonly reason: string };

const instructionsFor = (invoice: Invoice, title: string, amount: Money): string => {
  const sent = invoice.received ? ` The shopper paid ${formatMoney(invoice.received)}.` : '';
  return `${title} cannot send money back by itself.${sent} Pay ${formatMoney(amount)} back to the shopper by hand, then record it in the order.`;
};

const resultOf = (row: RefundRow, manual: string): RefundResult => {
  switch (row.state) {
    case 'done':
    case 'accepted':
      return { outcome: row.state, gatewayRefundId: row.gatewayRefundId };
    case 'manual':
      return { outcome: 'manual', instructions: manual };
    case 'refused':
      return { outcome: 'refused', reason: row.answer ?? 'refused' };
    case 'sending':
    case 'unknown':
      return { outcome: 'checking' };
    default: {
      const never: never = row.state;
      return never;
    }
  }
};

/** No call of ours lasts longer. A refund that is still being sent then was broken off. */
const longestCallMs = minutes(5);

type Reserved =
  | { readonly kind: 'send'; readonly row: RefundRow }
  | { readonly kind: 'result'; readonly result: RefundResult };

/** Writes the refund before it is sent: a repeat finds this row, another one waits until it is resolved (invariant 11). */
const reserve = (
  ports: Ports,
  ask: RefundAsk,
  invoice: Invoice,
  connected: ConnectedAccount,
): Promise<Reserved> =>
  ports.ledger.transact(async (tx): Promise<Reserved> => {
    const manual = instructionsFor(invoice, connected.gateway.title, ask.amount);
    const known = await tx.refunds.byId(invoice.id, ask.refundId);
    if (known) return { kind: 'result', result: resultOf(known, manual) };
    const amount = refundAmount(invoice, await tx.refunds.ofInvoice(invoice.id), ask.amount);
    if (!amount.ok) return { kind: 'result', result: { outcome: 'refused', reason: amount.reason } };
    const automatic = connected.calls.refund !== undefined;
    const row: RefundRow = {
      store: ask.store,
      invoice: invoice.id,
      refundId: ask.refundId,
      orderAmount: ask.amount,
      gatewayAmount: amount.gatewayAmount,
      reason: ask.reason,
      state: automatic ? 'sending' : 'manual',
      gatewayRefundId: null,
      answer: null,
      createdAt: ports.clock.now(),
    };
    // A manual refund is recorded by a person when it has been paid; until then it is a task, not a row that blocks.
    if (!automatic) return { kind: 'result', result: { outcome: 'manual', instructions: manual } };
    if (!(await tx.refunds.insert(row))) return { kind: 'result', result: { outcome: 'checking' } };
    const { invoice: id, refundId } = row;
    await tx.jobs.enqueue({ kind: 'check-refund', invoice: id, refundId }, row.createdAt + longestCallMs);
    return { kind: 'send', row };
  });

/** Whether money moved is not known: nothing is sent again, and a person looks at the gateway. */
const leaveToPerson = async (
  tx: LedgerTransaction,
  ports: Ports,
  row: RefundRow,
  answer: string,
): Promise<void> => {
  await tx.refunds.setState(row.invoice, row.refundId, { state: 'unknown', gatewayRefundId: null, answer });
  const detail = `The gateway did not answer a refund of ${formatMoney(row.orderAmount)}. It may have been made: look at the payment there before refunding again.`;
  await openReview(tx, await unknownRefund(tx, row, detail), ports.random, ports.clock.now());
};

/** The process that sent a refund died, or could not write down its answer (invariants 11 and 14). */
export const checkRefund = (ports: Ports, invoice: InvoiceId, refundId: string): Promise<JobResult> =>
  ports.ledger.transact(async (tx) => {
    const row = await tx.refunds.byId(invoice, refundId);
    if (row?.state === 'sending') await leaveToPerson(tx, ports, row, 'broken off');
    return { done: true };
  });

const record = (ports: Ports, row: RefundRow, outcome: RefundOutcome): Promise<RefundResult> =>
  ports.ledger.transact(async (tx): Promise<RefundResult> => {
    const now = ports.clock.now();
    switch (outcome.outcome) {
      case 'done':
      case 'accepted':
        await tx.refunds.setState(row.invoice, row.refundId, {
          state: outcome.outcome,
          gatewayRefundId: outcome.refundId,
          answer: null,
        });
        await tx.history.append({
          invoice: row.invoice,
          at: now,
          event: `refund ${outcome.outcome}`,
          detail: formatMoney(row.orderAmount),
        });
        return { outcome: outcome.outcome, gatewayRefundId: outcome.refundId };
      case 'refused':
      case 'unavailable':
        await tx.refunds.setState(row.invoice, row.refundId, {
          state: 'refused',
          gatewayRefundId: null,
          answer: outcome.reason,
        });
        return { outcome: 'refused', reason: outcome.reason };
      case 'ambiguous':
        await leaveToPerson(tx, ports, row, outcome.reason);
        return { outcome: 'checking' };
      default: {
        const never: never = outcome;
        return never;
      }
    }
  });

/** The attempt whose settlement fulfilled the order: only its money can be refunded for the order. */
const paidInvoice = (ports: Ports, ask: RefundAsk): Promise<Invoice | undefined> =>
  ports.ledger.transact(async (tx) => {
    const claim = await tx.claims.byOrder(ask.store, ask.orderKey);
    return claim && claim.state !== 'released' ? tx.invoices.byId(claim.invoice) : undefined;
  });

/**
 * Refunds an order's payment where the gateway can, honestly says "by hand" where it cannot (invariant 17), and never
 * sends a refund a second time whose answer was lost (GN-5).
 */
export const requestRefund = async (ports: Ports, ask: RefundAsk): Promise<RefundResult> => {
  const invoice = await paidInvoice(ports, ask);
  if (!invoice) return { outcome: 'refused', reason: 'order-not-paid-here' };
  const connection = await connectAccount(ports, invoice.account);
  if (!connection.ok) return { outcome: 'refused', reason: connection.reason };
  const { connected } = connection;
  const reserved = await reserve(ports, ask, invoice, connected);
  if (reserved.kind === 'result') return reserved.result;
  const payment = invoice.paymentRecords[0] ?? invoice.gatewayPaymentId;
  if (!connected.calls.refund || payment === null || payment === undefined) {
    return record(ports, reserved.row, { outcome: 'refused', reason: 'payment-unknown' });
  }
  const outcome = await connected.calls.refund({
    payment,
    amount: reserved.row.gatewayAmount.amount,
    reason: ask.reason,
    idempotencyKey: `${invoice.reference}-${ask.refundId}`,
  });
  return record(ports, reserved.row, outcome);
};
