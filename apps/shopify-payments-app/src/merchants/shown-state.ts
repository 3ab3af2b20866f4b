import type { PaymentOperation } from '../payments-api/mutation.ts';
import type { SessionRow, SessionState } from '../sessions/session-book.ts';

/** What Shopify holds of a payment, as far as it is known here; `ended`: it has ended it, and not as we told it. */
export interface ShownState {
  readonly state: SessionState | 'ended';
  /** Of one that has ended otherwise: a few words for a list, and what it means for the shop's owner. */
  readonly why: { readonly short: string; readonly long: string } | null;
}

type Why = NonNullable<ShownState['why']>;

const timeOver: Why = {
  short: 'Its time was over',
  long: 'Shopify keeps a pending payment for three days at most, and this time is over: it takes no money for it any more. What has come waits among the reviews; refund it, or make the order by hand.',
};

const whyOf = (operation: PaymentOperation): Why => {
  switch (operation) {
    case 'paymentSessionReject':
      return {
        short: 'It did not take the rejection',
        long: 'Shopify was told that this payment cannot be made and did not take it: it holds another end of the payment, and the first one stands. Look at the order in Shopify, and at what the gateway took.',
      };
    case 'paymentSessionResolve':
      return {
        short: 'It did not take the payment',
        long: 'Shopify was told that this payment is complete and did not take it: it had ended the payment before, and the first end stands. The money waits among the reviews; refund it, or make the order by hand.',
      };
    case 'paymentSessionPending':
      return {
        short: 'It had ended before the money came',
        long: 'Shopify was told that money is on its way and did not take it: it had ended the payment before, and the first end stands. Look at the order in Shopify before you refund the money.',
      };
    default: {
      const never: never = operation;
      return never;
    }
  }
};

/**
 * A final state that Shopify took from us is its own. Else it may have ended the payment by itself, which it says only by
 * refusing what it is told (contract 2.7), or by letting the time of a pending one run out.
 */
export const shownState = (
  { state, endedBefore, pendedUntil }: Pick<SessionRow, 'state' | 'endedBefore' | 'pendedUntil'>,
  now: number,
): ShownState => {
  if (state === 'resolved' || state === 'rejected') return { state, why: null };
  if (state === 'pending' && pendedUntil !== null && pendedUntil <= now)
    return { state: 'ended', why: timeOver };
  return endedBefore === null ? { state, why: null } : { state: 'ended', why: whyOf(endedBefore) };
};
