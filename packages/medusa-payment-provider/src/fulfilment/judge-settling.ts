import {
  addDecimal,
  compareDecimal,
  equalDecimal,
  type Money,
  parseDecimal,
  type StorefrontRefusal,
} from '@gatewright/payment-core';
import { isCanceled, type Purchase, type ShopPayment, type ShopSession } from './purchase.ts';

export type SettleVerdict =
  /** The session waits for exactly this money; `makeOrder`: the cart has to become an order first. */
  | { readonly kind: 'pay'; readonly session: ShopSession; readonly makeOrder: boolean }
  /** The cart still asks for exactly this money, but its session is gone: a new one takes it. */
  | { readonly kind: 'revive'; readonly collection: string }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly reason: StorefrontRefusal };

const refused = (reason: StorefrontRefusal): SettleVerdict => ({ kind: 'refused', reason });

export const sameMoney = (a: Money | undefined, b: Money): boolean =>
  a !== undefined && a.currency === b.currency && equalDecimal(a.amount, b.amount);

const zero = parseDecimal('0');

const refundedInFull = ({ amount, refunds }: ShopPayment): boolean => {
  if (amount === undefined || zero === undefined || refunds.length === 0) return false;
  const sum = refunds.reduce(
    (total, { amount: part }) => (part ? addDecimal(total, part.amount) : total),
    zero,
  );
  return compareDecimal(sum, amount.amount) >= 0;
};

const living = (payment: ShopPayment): boolean => !payment.canceled;

/** What the shop asks for now, against what was paid. */
const judgeTotal = (asked: Money | undefined, expected: Money): StorefrontRefusal | undefined => {
  if (sameMoney(asked, expected)) return undefined;
  return asked !== undefined && asked.currency !== expected.currency ? 'currency_changed' : 'total_changed';
};

/** The money that came, as the ledger has it. */
export interface PaidBy {
  readonly account: string;
  readonly invoice: string;
  readonly expected: Money;
}

/** What the shop asks for: a cart until it is an order, then its collection, which follows an edited order. */
const askedFor = ({ cart, collection, order }: Purchase): Money | undefined =>
  cart !== null && order === null ? cart.total : collection.amount;

/**
 * Whether the order may be paid by this account's payment of `expected`, as it was just read (invariants 3, 4 and 8;
 * contract 4.3, 4.4). Medusa compares neither the cart's total nor the webhook's amount with the session, so both are
 * compared here. What this very invoice has paid is `already`, whatever a person made of the order since.
 */
export const judgeSettling = (purchase: Purchase, { account, invoice, expected }: PaidBy): SettleVerdict => {
  const { cart, collection, order } = purchase;
  const booked = collection.payments.filter(living);
  // Core gives a payment back by itself when a cart could not be completed; what comes after that is a new one.
  const givenBack = booked.filter(refundedInFull);
  const held = booked.filter((payment) => !givenBack.includes(payment));
  const wasGivenBack = givenBack.some(({ provider }) => provider === account);
  const isOurs = (payment: ShopPayment): boolean => payment.provider === account && payment.captured;
  const byThis = booked.find((payment) => isOurs(payment) && payment.invoice === invoice);
  if (byThis && sameMoney(byThis.amount, expected) && (order || !cart)) return { kind: 'already' };
  if (order && isCanceled(order)) return refused(wasGivenBack ? 'refunded' : 'moved');
  const ours = held.find(isOurs);
  const paidByAnother = ours !== undefined && ours.invoice !== null && ours.invoice !== invoice;
  if (ours && (paidByAnother || !sameMoney(ours.amount, expected))) return refused('paid_otherwise');
  if (ours && (order || !cart)) return { kind: 'already' };
  if (held.some((payment) => payment.provider !== account)) return refused('paid_otherwise');
  // Before an order there is nothing that a person could have refunded.
  if (order && givenBack.length > 0) return refused('refunded');
  const changed = judgeTotal(askedFor(purchase), expected);
  if (changed !== undefined) return refused(changed);
  const makeOrder = cart !== null && order === null;
  const session = collection.sessions.find(
    ({ id, provider, amount }) =>
      provider === account &&
      sameMoney(amount, expected) &&
      !givenBack.some((payment) => payment.session === id),
  );
  if (session) return { kind: 'pay', session, makeOrder };
  if (wasGivenBack) return refused('refunded');
  const other = judgeTotal(collection.amount, expected);
  return other === undefined ? { kind: 'revive', collection: collection.id } : refused(other);
};
