import { type DecideRefusal, decideRefusalStatus, decideRefusalText } from '@gatewright/payment-core';
import { askTheShop, type Problem } from '../problem/problem.ts';

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

export const decisionProblem = (reason: DecideRefusal): Problem => {
  const { cause, remedy } = decideRefusalText(reason);
  return {
    status: decideRefusalStatus(reason),
    code: reason,
    ownerMessage: `${cause} ${remedy}`,
    shopperMessage: askTheShop,
  };
};
