import type { Fact } from '../gateways/fact.ts';
import { formatMoney } from '../money/money.ts';
import { afterSettlement, isMoreThanBefore, reorged } from './after-settlement.ts';
import type { Reduction } from './decision.ts';
import { type InvoiceException, withExceptions, withoutExceptions } from './exception.ts';
import { integrityExceptions } from './integrity.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { assessReceipt, type Receipt, receiptText } from './receipt.ts';
import { learn, move, review, unchanged } from './reduction.ts';
import { canMove } from './transition.ts';

/** Said before: the same money for the same reasons. Repeating the hold would write over a person who lifted it. */
const isHeldAlready = (before: Invoice, now: Invoice, exceptions: readonly InvoiceException[]): boolean =>
  before.status === 'processing' &&
  exceptions.every((exception) => before.exceptions.includes(exception)) &&
  before.paymentRecords.length === now.paymentRecords.length &&
  before.received?.amount === now.received?.amount;

/** Held money: the storefront holds the order and a person decides. */
const hold = (
  before: Invoice,
  invoice: Invoice,
  exceptions: readonly InvoiceException[],
  detail: string,
): Reduction => {
  if (isHeldAlready(before, invoice, [...exceptions, 'review'])) return unchanged(invoice, 'held already');
  const status = canMove(invoice.status, 'processing') ? 'processing' : invoice.status;
  const first = exceptions[0] ?? 'review';
  return {
    invoice: move(invoice, status, [...exceptions, 'review']),
    decisions: [{ kind: 'hold', note: detail }, review(first, invoice, detail)],
    because: detail,
  };
};

/**
 * Invariant 10: the earlier of the gateway's own paid time and the moment money was first seen; where there is neither,
 * our receipt time. Some gateways only give the time of their report.
 */
const isLate = (invoice: Invoice, fact: Fact): boolean => {
  const known = [fact.paidAt, invoice.firstReceiptAt].filter((at) => at !== null);
  return (known.length === 0 ? fact.asOf : Math.min(...known)) > invoice.expiresAt;
};

const settle = (invoice: Invoice, receipt: Receipt, late: boolean, now: number): Reduction => {
  const over = receipt.kind === 'over' && !receipt.dust;
  const settled: Invoice = {
    ...move(invoice, 'settled', [
      ...(over ? (['overpaid'] as const) : []),
      ...(late ? (['late'] as const) : []),
    ]),
    settledAt: now,
    nextReadAt: null,
  };
  const note =
    receipt.kind === 'exact'
      ? ''
      : ` ${receiptText(receipt)}${over ? ' The excess can be refunded by hand.' : ''}`;
  return {
    invoice: { ...settled, exceptions: withoutExceptions(settled.exceptions, ['underpaid', 'review']) },
    decisions: [{ kind: 'settle', note: `Payment received.${note}` }],
    because: `paid in full${late ? ', late and accepted by policy' : ''}.${note}`,
  };
};

const onPaid = (before: Invoice, fact: Fact, policy: Policy, now: number): Reduction => {
  if (before.status === 'settled') return afterSettlement(before, fact, policy);
  const late = isLate(before, fact);
  const invoice = learn(before, fact);
  const receipt = assessReceipt(invoice, fact, policy);
  switch (receipt.kind) {
    case 'wrong-asset':
      return hold(before, invoice, ['wrong_asset'], receiptText(receipt));
    case 'no-valuation':
      return hold(before, invoice, ['review'], receiptText(receipt));
    case 'under':
      return hold(
        before,
        invoice,
        ['underpaid', ...(late ? (['late'] as const) : [])],
        `Underpaid: ${receiptText(receipt)}`,
      );
    case 'exact':
    case 'over':
    case 'tolerated':
      break;
    default: {
      const never: never = receipt;
      return never;
    }
  }
  if (late && (policy.latePayment === 'hold' || fact.paidAt === null)) {
    return hold(
      before,
      invoice,
      ['late'],
      'The payment arrived after the invoice had expired. Accept it or refund it.',
    );
  }
  const settled = settle(invoice, receipt, late, now);
  if (before.status !== 'failed') return settled;
  const detail =
    'The gateway had called this payment failed before it said paid. The order is paid: check the gateway before shipping.';
  return { ...settled, decisions: [...settled.decisions, review('contradiction', invoice, detail)] };
};

const onProcessing = (before: Invoice, fact: Fact): Reduction => {
  if (before.status === 'settled') {
    const older = fact.authority !== 'api' || fact.asOf <= (before.settledAt ?? 0);
    if (older) return unchanged(before, 'older than the settlement');
    // The first payment is not gone when more than it is on its way.
    return isMoreThanBefore(before, fact)
      ? unchanged(before, 'another payment is coming in')
      : reorged(before);
  }
  const invoice = learn(before, fact);
  const late = (before.firstReceiptAt ?? fact.asOf) > before.expiresAt;
  const exceptions: readonly InvoiceException[] = [...fact.exceptions, ...(late ? (['late'] as const) : [])];
  if (exceptions.length > 0) {
    return hold(
      before,
      invoice,
      exceptions,
      `The gateway reports ${exceptions.join(', ')} (${fact.wireStatus}). A person has to look at it.`,
    );
  }
  if (before.status === 'processing') return unchanged(invoice, 'still in progress');
  const seen = fact.received !== null && fact.received !== 'attested' ? ` ${formatMoney(fact.received)}` : '';
  return {
    invoice: move(invoice, 'processing'),
    decisions: [{ kind: 'hold', note: `Payment seen${seen}, not final yet.` }],
    because: 'money seen, not final',
  };
};

const onOpen = (before: Invoice, fact: Fact): Reduction => {
  switch (before.status) {
    case 'creating':
      return {
        invoice: {
          ...move(learnId(before, fact), 'open', before.ambiguous ? ['adopted'] : []),
          ambiguous: false,
        },
        decisions: [],
        because: 'the gateway has the invoice',
      };
    case 'processing':
      // Only a read that began after the money was seen can say that it is gone again (a dropped transaction).
      if (fact.authority !== 'api' || fact.asOf <= (before.firstReceiptAt ?? 0))
        return unchanged(before, 'an older answer');
      return {
        invoice: { ...move(before, 'open'), firstReceiptAt: null, received: null, confirmations: null },
        decisions: [
          { kind: 'note', note: 'The payment that was seen has been dropped before it was final.' },
        ],
        because: 'dropped before final',
      };
    case 'settled':
      if (fact.authority !== 'api' || fact.asOf <= (before.settledAt ?? 0))
        return unchanged(before, 'an older answer');
      return reorged(before);
    case 'open':
      return fact.asOf >= before.expiresAt && fact.authority === 'api'
        ? end(before, 'expired', 'unpaid at a read after the expiry')
        : unchanged(before, 'still unpaid');
    case 'expired':
    case 'canceled':
    case 'failed':
      return unchanged(before, 'still unpaid');
    default: {
      const never: never = before.status;
      return never;
    }
  }
};

const learnId = (invoice: Invoice, fact: Fact): Invoice => ({
  ...invoice,
  gatewayPaymentId: invoice.gatewayPaymentId ?? fact.gatewayPaymentId,
});

/** An attempt's end: the order is not touched (invariant 9). */
export const end = (
  invoice: Invoice,
  status: 'expired' | 'canceled' | 'failed',
  because: string,
): Reduction =>
  canMove(invoice.status, status)
    ? { invoice: move(invoice, status), decisions: [], because }
    : unchanged(invoice, `${because}; nothing to end`);

const onEnd = (before: Invoice, fact: Fact, status: 'expired' | 'canceled' | 'failed'): Reduction => {
  if (before.status === 'settled') {
    // A reordered expiry says nothing new; a failure after "paid", or a read that denies the payment, does.
    const contradicts = fact.authority === 'api' ? fact.asOf > (before.settledAt ?? 0) : status === 'failed';
    if (!contradicts) return unchanged(before, 'settled is never undone');
    return unchanged(before, 'contradicts the settlement; settled is never undone', [
      review(
        'contradiction',
        before,
        `The gateway said "${fact.wireStatus}" after it had said paid. The order stays paid: check the gateway.`,
      ),
    ]);
  }
  if (before.status === 'processing' && status !== 'failed') {
    return unchanged(before, `${fact.wireStatus} while money is in progress`, [
      review(
        'review',
        before,
        `The gateway ended the invoice ("${fact.wireStatus}") although money had been seen.`,
      ),
    ]);
  }
  // The create answer may have been lost: late money is looked for under this id.
  return end(learnId(before, fact), status, `the gateway says ${fact.wireStatus}`);
};

const onMismatch = (invoice: Invoice, fact: Fact, found: readonly InvoiceException[]): Reduction => {
  const detail = `What the gateway reports does not match the invoice: ${found.join(', ')}.`;
  const money = fact.status === 'paid' || fact.status === 'processing';
  if (invoice.status === 'settled' || !money) {
    const first = found[0] ?? 'review';
    return {
      invoice: { ...invoice, exceptions: withExceptions(invoice.exceptions, [...found, 'review']) },
      decisions: [review(first, invoice, detail)],
      because: detail,
    };
  }
  return hold(invoice, learn(invoice, { ...fact, gatewayPaymentId: null }), found, detail);
};

/**
 * The transition rules (gateways.md 11.2, 11.5, 11.7): one invoice, one fact, one answer; the same inputs always give
 * the same result. Hints are not facts and must have led to a read before. Nothing here undoes `settled`.
 */
export const reduceFact = (invoice: Invoice, fact: Fact, policy: Policy, now: number): Reduction => {
  if (fact.authority === 'hint') return unchanged(invoice, 'a hint is no fact');
  const mismatches = integrityExceptions(invoice, fact);
  if (mismatches.length > 0) return onMismatch(invoice, fact, mismatches);
  switch (fact.status) {
    case 'paid':
      return fact.final ? onPaid(invoice, fact, policy, now) : onProcessing(invoice, fact);
    case 'processing':
      return onProcessing(invoice, fact);
    case 'open':
      return onOpen(invoice, fact);
    case 'expired':
    case 'canceled':
    case 'failed':
      return onEnd(invoice, fact, fact.status);
    case 'unknown':
      return unchanged(invoice, `unknown status "${fact.wireStatus}"`, [
        review(
          'unknown_status',
          invoice,
          `The gateway sent a status we do not know ("${fact.wireStatus.slice(0, 60)}"). Nothing was changed.`,
        ),
      ]);
    default: {
      const never: never = fact.status;
      return never;
    }
  }
};
