import { isUnresolved, type Money, requestRefund } from '@gatewright/payment-core';
import type { MedusaEngine } from '../engine/engine.ts';
import type { SessionRow } from '../sessions/session-book.ts';

export interface RefundPayment {
  readonly row: SessionRow;
  /** Medusa's id of the refund: asking twice with it refunds once. */
  readonly refund: string;
  readonly amount: Money;
}

/** `message` is for the owner who pressed the button; nothing was refunded where `ok` is false. */
export type RefundPaymentResult = { readonly ok: true } | { readonly ok: false; readonly message: string };

const no = (message: string): RefundPaymentResult => ({ ok: false, message });

const beingChecked =
  'An earlier refund of this payment was sent to the gateway, and its answer was lost: it may have been made. Nothing more is refunded until somebody has looked at the payment there and resolved the item in the review queue.';

const refusedText = (reason: string): string => {
  switch (reason) {
    case 'order-not-paid-here':
      return 'The ledger has no payment that fulfilled this order, so there is nothing to refund. Look at the order in the review queue.';
    case 'more-than-paid':
      return 'Together with the refunds before it this is more than was paid.';
    case 'amount-zero':
      return 'A refund of zero is no refund.';
    case 'currency-differs':
      return 'The refund is in another currency than the payment.';
    default:
      return `The gateway refused the refund (${reason}). Nothing was refunded.`;
  }
};

/**
 * Refunds where the gateway does, and says what a person has to do where it does not: Medusa books a refund as soon as
 * a provider does not throw (contract 4.5, invariant 17). Core's own refund after a failed completion comes here too.
 */
export const refundPayment = async (
  { ports, settings, log }: MedusaEngine,
  { row, refund, amount }: RefundPayment,
): Promise<RefundPaymentResult> => {
  const result = await requestRefund(ports, {
    store: settings.store.id,
    orderKey: row.orderKey,
    refundId: refund,
    amount,
    reason: 'refunded in Medusa',
  });
  switch (result.outcome) {
    case 'done':
    case 'accepted':
      return { ok: true };
    case 'manual':
      return no(`${result.instructions} Nothing was refunded.`);
    case 'checking':
      log.warn(`Gatewright: a refund of ${row.orderKey} is not known to have been made.`);
      return no(beingChecked);
    case 'refused':
      return no(refusedText(result.reason));
    default: {
      const never: never = result;
      return never;
    }
  }
};

/**
 * A person has paid it back by hand and says so. Medusa books it; the ledger counts it when it next reads the order.
 * Refused while nobody knows whether an earlier refund was made (invariant 11).
 */
export const recordManualRefund = (
  { ledger, settings, ports }: MedusaEngine,
  { row }: Pick<RefundPayment, 'row'>,
): Promise<RefundPaymentResult> =>
  ledger.transact(async (tx): Promise<RefundPaymentResult> => {
    const store = settings.store.id;
    const { orderKey } = row;
    const claim = await tx.claims.byOrder(store, orderKey);
    if (claim === undefined || claim.state === 'released') return no(refusedText('order-not-paid-here'));
    const refunds = await tx.refunds.ofInvoice(claim.invoice);
    if (refunds.some(({ state }) => isUnresolved(state))) return no(beingChecked);
    // Medusa commits its refund after this answer.
    await tx.jobs.enqueue({ kind: 'follow-order', store, orderKey }, ports.clock.now() + 5_000);
    return { ok: true };
  });
