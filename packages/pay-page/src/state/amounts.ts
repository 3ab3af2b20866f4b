import {
  addDecimal,
  compareDecimal,
  type Invoice,
  isZero,
  type Money,
  type RefundRow,
  sameCurrency,
  subtractDecimal,
} from '@gatewright/payment-core';

/** What the shopper has to send; null where the gateway decides it at payment (NFT-1). */
export const dueOf = (invoice: Invoice): Money | null => invoice.payable ?? invoice.quoted;

/** The shop asks for another amount after a shopper changed the order; what the old invoice asks would not pay it. */
export const asksFor = (invoice: Invoice, amount: Money): boolean =>
  sameCurrency(invoice.order, amount) && compareDecimal(invoice.order.amount, amount.amount) === 0;

const difference = (from: Money, taken: Money): Money | null => {
  if (!sameCurrency(from, taken)) return null;
  const amount = subtractDecimal(from.amount, taken.amount);
  return amount === undefined || isZero(amount) ? null : { ...from, amount };
};

/** Due less received, exactly; null where the two cannot be compared or nothing is missing. */
export const missingFrom = (invoice: Invoice): Money | null => {
  const due = dueOf(invoice);
  return due !== null && invoice.received !== null ? difference(due, invoice.received) : null;
};

export const moreThanDue = (invoice: Invoice): Money | null => {
  const due = dueOf(invoice);
  return due !== null && invoice.received !== null ? difference(invoice.received, due) : null;
};

/** Sent back, or recorded by a person as sent back (invariant 17); one that is only under way does not count. */
const isMade = ({ state }: RefundRow): boolean => {
  switch (state) {
    case 'done':
    case 'accepted':
    case 'manual':
      return true;
    case 'sending':
    case 'refused':
    case 'unknown':
      return false;
    default: {
      const never: never = state;
      return never;
    }
  }
};

const add = (sum: Money | null, part: Money): Money =>
  sum === null ? part : { currency: sum.currency, amount: addDecimal(sum.amount, part.amount) };

/** The sum of an invoice's refunds in the order's currency; null where there is none. */
export const refundedOf = (invoice: Invoice, refunds: readonly RefundRow[]): Money | null =>
  refunds
    .filter((refund) => refund.invoice === invoice.id && isMade(refund))
    .map((refund) => refund.orderAmount)
    .filter((amount) => sameCurrency(amount, invoice.order))
    .reduce<Money | null>(add, null);

export const coversOrder = (refunded: Money, invoice: Invoice): boolean =>
  compareDecimal(refunded.amount, invoice.order.amount) >= 0;
