import { type DecideRefusal, decideRefusalText } from '@gatewright/payment-core';
import { askTheShop, type Problem } from '../wire/problem.ts';

/** One body for every fault of a credential: which one it was stands nowhere. */
export const notAnOperator: Problem = {
  status: 401,
  code: 'unauthorized',
  ownerMessage:
    "The request carries no valid token of this store. Send it as Authorization: Bearer; `gatewright operator add` makes one for a store's reviews.",
  shopperMessage: askTheShop,
};

export const tooManyRefusals = (waitMs: number): Problem => ({
  status: 429,
  code: 'too-many-refusals',
  ownerMessage: 'Too many requests without a valid token came for this store. Wait, then send a valid one.',
  shopperMessage: askTheShop,
  retryAfterSeconds: Math.ceil(waitMs / 1_000),
});

/** @param fields names of the fields that are wrong; their values are never repeated */
export const unreadable = (fields: readonly string[]): Problem => ({
  status: 400,
  code: 'malformed',
  ownerMessage:
    fields.length === 0
      ? 'The body is no JSON object.'
      : `These cannot be read: ${fields.join(', ')}. Amounts are strings, such as "50.00".`,
  shopperMessage: askTheShop,
  more: { fields },
});

const statusOf = (reason: DecideRefusal): Problem['status'] => {
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

export const decisionProblem = (reason: DecideRefusal): Problem => {
  const { cause, remedy } = decideRefusalText(reason);
  return {
    status: statusOf(reason),
    code: reason,
    ownerMessage: `${cause} ${remedy}`,
    shopperMessage: askTheShop,
  };
};
