import {
  type InstructionRow,
  type Invoice,
  type Money,
  parseDecimal,
  type StorefrontRefusal,
} from '@gatewright/payment-core';
import { isUnpaid, longestTransactionId, metaKeys, type RestOrder, sameMoney } from './rest-order.ts';

export type SettleVerdict =
  | { readonly kind: 'pay' }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly reason: StorefrontRefusal };

const refuse = (reason: StorefrontRefusal): SettleVerdict => ({ kind: 'refused', reason });

/** Paid, whatever a shop's own statuses are called. */
const isPaid = ({ status, datePaid }: RestOrder): boolean =>
  datePaid !== null || status === 'processing' || status === 'completed';

/** Whether the order may be paid by this claim, as it was just read (invariants 3, 4 and 8). */
export const judgeSettling = (
  order: RestOrder,
  claim: string,
  expected: Money,
  methods: readonly string[],
): SettleVerdict => {
  if (order.meta(metaKeys.claim) === claim && isPaid(order)) return { kind: 'already' };
  if (order.status === 'refunded' || order.refunded) return refuse('refunded');
  if (isPaid(order)) return refuse('paid_otherwise');
  if (!methods.includes(order.method)) return refuse('not_ours');
  if (!isUnpaid(order)) return refuse('moved');
  if (order.total.currency !== expected.currency) return refuse('currency_changed');
  if (!sameMoney(order.total, expected)) return refuse('total_changed');
  return { kind: 'pay' };
};

/** Undefined where an instruction names no amount: a bug, and nothing is paid by it. */
export const expectedOf = ({ expected }: InstructionRow, invoice: Invoice | undefined): Money | undefined => {
  const money = expected ?? invoice?.order;
  return money && parseDecimal(money.amount) !== undefined ? money : undefined;
};

/**
 * The one PUT that pays. `set_paid` alone pays pending and failed orders and leaves one on hold as it is, with our
 * transaction id in it; together with `status: pending` it pays that one too (woocommerce.md 2.1). An id that stands
 * there already is another's and is never written over.
 */
export const paymentBody = (
  order: RestOrder,
  claim: string,
  invoice: string,
  transaction: string,
): Readonly<Record<string, unknown>> => ({
  set_paid: true,
  ...(order.status === 'on-hold' ? { status: 'pending' } : {}),
  ...(transaction !== '' && order.transactionId === ''
    ? { transaction_id: transaction.slice(0, longestTransactionId) }
    : {}),
  meta_data: [
    { key: metaKeys.claim, value: claim },
    { key: metaKeys.invoice, value: invoice },
    ...(transaction === '' ? [] : [{ key: metaKeys.transaction, value: transaction }]),
  ],
});

export type SettleProof =
  | {
      readonly kind: 'settled' /** What a person should look at, though it is paid. */;
      readonly odd: string | null;
    }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly reason: StorefrontRefusal };

/** What the order, read again after the PUT, proves: the 200 proves nothing (woocommerce.md 2.1). */
export const proveSettled = (
  before: RestOrder,
  after: RestOrder,
  claim: string,
  sentTransaction: string,
): SettleProof => {
  const holder = after.meta(metaKeys.claim);
  if (holder !== undefined && holder !== claim) return { kind: 'refused', reason: 'paid_otherwise' };
  if (isUnpaid(after) || holder === undefined) return { kind: 'ignored' };
  if (after.datePaid === null) return { kind: 'refused', reason: 'moved' };
  if (!sameMoney(before.total, after.total))
    return { kind: 'settled', odd: 'its total or currency was changed at the same moment' };
  const wanted =
    before.transactionId === '' ? sentTransaction.slice(0, longestTransactionId) : before.transactionId;
  if (after.transactionId !== wanted)
    return { kind: 'settled', odd: 'another transaction id was written at the same moment' };
  return { kind: 'settled', odd: null };
};
