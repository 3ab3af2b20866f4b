import {
  addDecimal,
  isZero,
  type Money,
  type RefundRow,
  sameCurrency,
  subtractDecimal,
} from '@gatewright/payment-core';
import type { InvoiceView } from '../api/admin/gatewright/shapes.ts';
import { shownMoney } from './shown.ts';

/** Null where nothing is missing and nothing is too much, or where the two cannot be compared. */
export const differenceOf = (asked: Money | null, received: Money | null): InvoiceView['difference'] => {
  if (!asked || !received || !sameCurrency(asked, received)) return null;
  const excess = subtractDecimal(received.amount, asked.amount);
  if (excess !== undefined)
    return isZero(excess) ? null : { kind: 'excess', ...shownMoney({ ...asked, amount: excess }) };
  const missing = subtractDecimal(asked.amount, received.amount);
  return missing === undefined ? null : { kind: 'missing', ...shownMoney({ ...asked, amount: missing }) };
};

/** What was sent back, or is being sent back, in the order's currency. Null: nothing. */
export const refundedOf = (refunds: readonly Pick<RefundRow, 'state' | 'orderAmount'>[]): Money | null =>
  refunds
    .filter(({ state }) => state !== 'refused')
    .map(({ orderAmount }) => orderAmount)
    .reduce<Money | null>(
      (sum, { amount, ...money }) => ({ ...money, amount: sum ? addDecimal(sum.amount, amount) : amount }),
      null,
    );
