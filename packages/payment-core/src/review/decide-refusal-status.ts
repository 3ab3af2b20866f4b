import type { DecideRefusal } from './decide-review.ts';

/** The HTTP status of a decision that was not taken: no such item, a conflict with what is so, or nothing usable. */
export const decideRefusalStatus = (reason: DecideRefusal): 404 | 409 | 422 => {
  switch (reason) {
    case 'review-unknown':
      return 404;
    case 'already-resolved':
    case 'order-paid-otherwise':
    case 'refund-unresolved':
      return 409;
    case 'operator-malformed':
    case 'reason-missing':
    case 'nothing-to-accept':
    case 'currency-differs':
    case 'currency-missing':
    case 'currency-malformed':
    case 'amount-missing':
    case 'amount-unwanted':
    case 'amount-malformed':
    case 'amount-zero':
    case 'amount-scale':
      return 422;
    default: {
      const never: never = reason;
      return never;
    }
  }
};
