import type { DecideRefusal } from './decide-review.ts';

/** For the person who decides: why nothing was changed, and what to do instead. */
export interface DecideRefusalText {
  readonly cause: string;
  readonly remedy: string;
}

const text = (cause: string, remedy: string): DecideRefusalText => ({ cause, remedy });

export const decideRefusalText = (reason: DecideRefusal): DecideRefusalText => {
  switch (reason) {
    case 'operator-malformed':
      return text(
        'A decision needs the name of who takes it.',
        'Give 1 to 64 letters, digits, spaces and . _ @ -, beginning with a letter or a digit.',
      );
    case 'reason-missing':
      return text('A decision needs a reason.', 'Say why, in words that you will understand in a year.');
    case 'review-unknown':
      return text('The store has no such review item.', 'Look at the list of open items, and at the store.');
    case 'already-resolved':
      return text(
        'The item has been resolved before.',
        'Look at it again: it says who decided what, and why.',
      );
    case 'nothing-to-accept':
      return text(
        'There is no payment of an order behind this item that could be accepted.',
        'Send the money back and note the refund, or ignore the item.',
      );
    case 'order-paid-otherwise':
      return text(
        'A payment has claimed this order already, so it is not booked a second time.',
        'If it was another payment, send this money back and note the refund. If the order still looks unpaid in the shop, mark it there by hand and ignore the item.',
      );
    case 'refund-unresolved':
      return text(
        'Another refund of this payment is being checked: nobody knows yet whether it was made.',
        'Look at the payment at the gateway, resolve the item of the kind refund_unknown, then this one.',
      );
    case 'currency-differs':
      return text("The amount is not in the order's currency.", "Give the amount in the order's currency.");
    case 'currency-missing':
      return text('No order tells the currency of this amount.', 'Name the currency too, such as USDT.');
    case 'currency-malformed':
      return text('This is no currency code.', 'Write the code, such as EUR or USDT.');
    case 'amount-missing':
      return text(
        'The decision needs an amount.',
        "To accept, give the order's total as the shop has it now; for a refund, what was sent back.",
      );
    case 'amount-unwanted':
      return text('To ignore an item takes no amount.', 'Leave the amount out, or choose another decision.');
    case 'amount-malformed':
      return text('The amount is no plain decimal number.', 'Write digits and a point, such as 50.00.');
    case 'amount-zero':
      return text('The amount is zero.', 'If nothing was paid back and nothing is owed, ignore the item.');
    case 'amount-scale':
      return text('The amount has more decimals than its currency.', 'Round it as the shop does.');
    default: {
      const never: never = reason;
      return never;
    }
  }
};
