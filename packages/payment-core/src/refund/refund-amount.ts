import type { Invoice } from '../invoice/invoice.ts';
import type { RefundRow } from '../ledger/rows.ts';
import { decimalsOf } from '../money/currency.ts';
import {
  compareDecimal,
  type Decimal,
  isZero,
  multiplyDecimal,
  roundDecimal,
  subtractDecimal,
} from '../money/decimal.ts';
import type { Money } from '../money/money.ts';

export type RefundAmount =
  | { readonly ok: true; readonly gatewayAmount: Money }
  | { readonly ok: false; readonly reason: 'amount-zero' | 'currency-differs' | 'more-than-paid' };

const counted = (refund: RefundRow): boolean => refund.state !== 'refused';

/** Undefined when more was taken than there was. */
const left = (from: Decimal, taken: readonly Decimal[]): Decimal | undefined =>
  taken.reduce<Decimal | undefined>((rest, part) => rest && subtractDecimal(rest, part), from);

/**
 * Invariant 17: the order amount at the invoice's frozen rate, rounded down; the last refund takes what is left, so
 * that the parts add up to what was received.
 */
export const refundAmount = (
  invoice: Invoice,
  earlier: readonly RefundRow[],
  amount: Money,
): RefundAmount => {
  if (isZero(amount.amount)) return { ok: false, reason: 'amount-zero' };
  if (amount.currency !== invoice.order.currency) return { ok: false, reason: 'currency-differs' };
  const refunds = earlier.filter(counted);
  const paid = invoice.quoted ?? invoice.order;
  const orderLeft = left(
    invoice.order.amount,
    refunds.map((refund) => refund.orderAmount.amount),
  );
  const paidLeft = left(
    paid.amount,
    refunds.map((refund) => refund.gatewayAmount.amount),
  );
  if (!orderLeft || !paidLeft || compareDecimal(amount.amount, orderLeft) > 0)
    return { ok: false, reason: 'more-than-paid' };
  if (compareDecimal(amount.amount, orderLeft) === 0)
    return { ok: true, gatewayAmount: { ...paid, amount: paidLeft } };
  const converted = invoice.rate ? multiplyDecimal(amount.amount, invoice.rate.value) : amount.amount;
  const rounded = roundDecimal(converted, decimalsOf(paid.currency, paid.network) ?? 8, 'down');
  return {
    ok: true,
    gatewayAmount: { ...paid, amount: compareDecimal(rounded, paidLeft) > 0 ? paidLeft : rounded },
  };
};
