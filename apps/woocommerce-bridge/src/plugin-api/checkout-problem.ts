import type { CheckoutResult } from '@gatewright/payment-core';
import { askTheShop, notPossibleNow, type Problem } from '../wire/problem.ts';

type ConflictReason = Extract<CheckoutResult, { outcome: 'conflict' }>['reason'];

export const conflict = (reason: ConflictReason): Problem => {
  const text = (ownerMessage: string, shopperMessage: string): Problem => ({
    status: 409,
    code: reason,
    ownerMessage,
    shopperMessage,
  });
  switch (reason) {
    case 'order-paid':
      return text('The order has been paid. No second invoice is made.', 'This order has already been paid.');
    case 'payment-in-progress':
      return text(
        'Money for this order has been seen and is being confirmed. No second invoice is made.',
        'Your payment has been seen and is being confirmed.',
      );
    default: {
      const never: never = reason;
      return never;
    }
  }
};

const busy: Problem = {
  status: 409,
  code: 'checkout-busy',
  ownerMessage: 'The same checkout is being started at this moment. Ask again in two seconds.',
  shopperMessage: 'Your payment is being prepared. Please try again in a moment.',
  retryAfterSeconds: 2,
};

const unavailable = (reason: string): Problem => ({
  status: 503,
  code: 'gateway-unavailable',
  ownerMessage: `The gateway did not answer (${reason}). Nothing was created that could be paid twice; try again.`,
  shopperMessage: notPossibleNow,
  retryAfterSeconds: 5,
});

export const foreignUrl = (field: string): Problem => ({
  status: 422,
  code: 'url-not-of-this-store',
  ownerMessage: `${field} does not lead to the address this store was paired with. If the shop has moved, pair it again.`,
  shopperMessage: askTheShop,
});

/** Why nothing was started. */
export const checkoutProblem = (result: Exclude<CheckoutResult, { outcome: 'ready' }>): Problem => {
  switch (result.outcome) {
    case 'conflict':
      return conflict(result.reason);
    case 'refused':
      return {
        status: 422,
        code: result.reason,
        ownerMessage: result.text.owner,
        shopperMessage: result.text.shopper,
      };
    case 'busy':
      return busy;
    case 'unavailable':
      return unavailable(result.reason);
    default: {
      const never: never = result;
      return never;
    }
  }
};
