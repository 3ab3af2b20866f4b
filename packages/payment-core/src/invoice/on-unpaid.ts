import type { Fact } from '../gateways/fact.ts';
import { reorged } from './after-settlement.ts';
import type { Reduction } from './decision.ts';
import type { Invoice } from './invoice.ts';
import { move, review, unchanged } from './reduction.ts';
import { canMove } from './transition.ts';

/** An attempt's end: the order is not touched (invariant 9). */
export const end = (
  invoice: Invoice,
  status: 'expired' | 'canceled' | 'failed',
  because: string,
): Reduction =>
  canMove(invoice.status, status)
    ? { invoice: move(invoice, status), decisions: [], because }
    : unchanged(invoice, `${because}; nothing to end`);

const learnId = (invoice: Invoice, fact: Fact): Invoice => ({
  ...invoice,
  gatewayPaymentId: invoice.gatewayPaymentId ?? fact.gatewayPaymentId,
});

const seenNoMore = (before: Invoice, status: 'open' | 'expired', because: string): Reduction => ({
  invoice: { ...move(before, status), firstReceiptAt: null, received: null, confirmations: null },
  decisions: [{ kind: 'note', note: 'The payment that was seen has been dropped before it was final.' }],
  because,
});

/** Only a read that began after the money was seen can say that it is gone again. */
const isNews = (before: Invoice, fact: Fact): boolean =>
  fact.authority === 'api' && fact.asOf > (before.firstReceiptAt ?? 0);

/** The gateway had counted some that was not final, and counts nothing now. What a person was asked about is theirs to end. */
const isGone = (before: Invoice, fact: Fact): boolean =>
  isNews(before, fact) &&
  before.received !== null &&
  fact.received === null &&
  !before.exceptions.includes('review');

export const onOpen = (before: Invoice, fact: Fact): Reduction => {
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
      return isNews(before, fact)
        ? seenNoMore(before, 'open', 'dropped before final')
        : unchanged(before, 'an older answer');
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

export const onEnd = (before: Invoice, fact: Fact, status: 'expired' | 'canceled' | 'failed'): Reduction => {
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
  // Nobody looked between the drop and the expiry, so one answer tells of both.
  if (before.status === 'processing' && status === 'expired' && isGone(before, fact))
    return seenNoMore(before, 'expired', `dropped before final, then ${fact.wireStatus}`);
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
