import type { StoreId } from '../identity/identity.ts';
import { withExceptions, withoutExceptions } from '../invoice/exception.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { isLive } from '../invoice/status.ts';
import { canMove } from '../invoice/transition.ts';
import { carryOut } from '../ledger/carry-out.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { ReviewRow } from '../ledger/rows.ts';
import { formatMoney, type Money } from '../money/money.ts';
import type { Ports } from '../ports.ts';
import { noteNoRefund, noteRefund } from './note-refund.ts';
import { parseOperatorName } from './operator-name.ts';

/**
 * What a person decided. `accept`: the order counts as paid, and must be worth exactly this amount when the shop is
 * told. `refund-noted`: the money was sent back by hand. `ignore`: nothing is owed; an invoice that waited for a person
 * is closed, a refund whose outcome was not known was not made.
 */
export type ReviewDecision =
  | { readonly kind: 'accept'; readonly amount: Money }
  | { readonly kind: 'refund-noted'; readonly amount: Money }
  | { readonly kind: 'ignore' };

/** Nobody outside is called: what follows from a decision is a job. */
export type DecidingPorts = Pick<Ports, 'ledger' | 'clock' | 'random'>;

export interface Resolution {
  readonly store: StoreId;
  readonly review: string;
  /** Who: from the operator's credential, never from the request's body (invariant 14). */
  readonly by: string;
  readonly reason: string;
  readonly decision: ReviewDecision;
}

export type ResolveResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly reason:
        | 'operator-malformed'
        | 'reason-missing'
        | 'review-unknown'
        | 'already-resolved'
        | 'nothing-to-accept'
        | 'order-paid-otherwise'
        | 'currency-differs'
        | 'refund-unresolved';
    };

const refused = (reason: Extract<ResolveResult, { ok: false }>['reason']): ResolveResult => ({
  ok: false,
  reason,
});

const decisionText = (decision: ReviewDecision): string =>
  decision.kind === 'ignore' ? 'ignored' : `${decision.kind} ${formatMoney(decision.amount)}`;

/** An order that another payment has paid cannot be paid by this one: that money has to go back. */
const accept = async (
  ports: DecidingPorts,
  tx: LedgerTransaction,
  invoice: Invoice,
  amount: Money,
): Promise<ResolveResult> => {
  const now = ports.clock.now();
  if (amount.currency !== invoice.order.currency) return refused('currency-differs');
  const claim = await tx.claims.byOrder(invoice.store, invoice.orderKey);
  if (claim && claim.state !== 'released') return refused('order-paid-otherwise');
  if (invoice.status !== 'settled' && !canMove(invoice.status, 'settled'))
    return refused('nothing-to-accept');
  const marked: Invoice = {
    ...invoice,
    status: 'settled',
    exceptions: withoutExceptions(withExceptions(invoice.exceptions, ['marked']), ['review']),
    settledAt: invoice.settledAt ?? now,
    nextReadAt: null,
  };
  const settle = { kind: 'settle', note: 'Payment accepted by a person.', expected: amount } as const;
  await tx.invoices.update(await carryOut(tx, marked, [settle], ports.random, now));
  return { ok: true };
};

/** An invoice nobody could read was kept open for a person; closing it lets its order end (invariant 10). */
const close = async (ports: DecidingPorts, tx: LedgerTransaction, invoice: Invoice): Promise<void> => {
  const waits =
    invoice.status !== 'processing' && isLive(invoice.status) && invoice.expiresAt <= ports.clock.now();
  if (!waits) return;
  await tx.invoices.update({
    ...invoice,
    status: 'expired',
    exceptions: withExceptions(invoice.exceptions, ['marked']),
  });
};

const carryOutDecision = async (
  ports: DecidingPorts,
  tx: LedgerTransaction,
  review: ReviewRow,
  decision: ReviewDecision,
): Promise<ResolveResult> => {
  const invoice = review.invoice ? await tx.invoices.byId(review.invoice) : undefined;
  switch (decision.kind) {
    case 'accept':
      return invoice ? accept(ports, tx, invoice, decision.amount) : refused('nothing-to-accept');
    case 'refund-noted':
      return invoice ? noteRefund(tx, invoice, decision.amount, review, ports.clock.now()) : { ok: true };
    case 'ignore':
      if (!invoice) return { ok: true };
      await noteNoRefund(tx, invoice, review);
      await close(ports, tx, invoice);
      return { ok: true };
    default: {
      const never: never = decision;
      return never;
    }
  }
};

/** Ends one review item by a person's decision: identity and reason are recorded with it (invariant 14). */
export const resolveReview = (ports: DecidingPorts, resolution: Resolution): Promise<ResolveResult> =>
  ports.ledger.transact(async (tx): Promise<ResolveResult> => {
    const { store, review: id, decision } = resolution;
    const by = parseOperatorName(resolution.by);
    const reason = resolution.reason.trim();
    if (by === undefined) return refused('operator-malformed');
    if (reason === '') return refused('reason-missing');
    const review = await tx.reviews.byId(store, id);
    if (!review) return refused('review-unknown');
    if (review.resolution) return refused('already-resolved');
    const carried = await carryOutDecision(ports, tx, review, decision);
    if (!carried.ok) return carried;
    const now = ports.clock.now();
    await tx.reviews.resolve(store, id, { by, reason, decision: decisionText(decision), at: now });
    if (review.invoice) {
      const detail = `${decisionText(decision)} by ${by}: ${reason}`;
      await tx.history.append({
        invoice: review.invoice,
        at: now,
        event: `review resolved: ${review.kind}`,
        detail,
      });
    }
    return { ok: true };
  });
