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

/**
 * Whether the order may be paid by this account's payment of `expected`, as it was just read (invariants 3, 4 and 8;
 * contract 4.3, 4.4). Medusa compares neither the cart's total nor the webhook's amount with the session, so both are
 * compared here.
 */
export const judgeSettling = (purchase: Purchase, account: string, expected: Money): SettleVerdict => {
  const { cart, collection, order } = purchase;
  const booked = collection.payments.filter(living);
  // Core gives a payment back by itself when a cart could not be completed; what comes after that is a new one.
  const givenBack = booked.filter(refundedInFull);
  const held = booked.filter((payment) => !givenBack.includes(payment));
  const wasGivenBack = givenBack.some(({ provider }) => provider === account);
  if (order && isCanceled(order)) return refused(wasGivenBack ? 'refunded' : 'moved');
  const ours = held.find((payment) => payment.provider === account && payment.captured);
  if (ours && !sameMoney(ours.amount, expected)) return refused('paid_otherwise');
  if (ours && (order || !cart)) return { kind: 'already' };
  if (held.some((payment) => payment.provider !== account)) return refused('paid_otherwise');
  const makeOrder = cart !== null && order === null;
  if (makeOrder) {
    const changed = judgeTotal(cart.total, expected);
    if (changed !== undefined) return refused(changed);
  }
  const session = collection.sessions.find(
    ({ id, provider, amount }) =>
      provider === account &&
      sameMoney(amount, expected) &&
      !givenBack.some((payment) => payment.session === id),
  );
  if (session) return { kind: 'pay', session, makeOrder };
  if (wasGivenBack) return refused('refunded');
  const changed = judgeTotal(collection.amount, expected);
  return changed === undefined ? { kind: 'revive', collection: collection.id } : refused(changed);
};
