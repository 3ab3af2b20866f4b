import { addDecimal, compareDecimal, type Decimal, subtractDecimal } from '@gatewright/payment-core';
import { exact } from '../../kernel/exact.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import { ALPHANUMERIC, type SeededRandom } from '../../kernel/random.ts';

/** A merchant with the three values of its Integration page. */
export interface Merchant {
  readonly id: number;
  readonly accountId: string;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** An inactive merchant or Bybit account is answered 401. */
  readonly active: boolean;
  readonly sessions: Map<string, Session>;
  readonly payments: Map<number, Payment>;
  readonly refunds: Refund[];
  /** What an Idempotency-Key was answered, and when. */
  readonly idempotent: Map<string, { readonly at: number; readonly reply: Reply }>;
}

/** A checkout session. Its token is in the URL only; the API never names it. Times in ms since the epoch. */
export interface Session {
  readonly token: string;
  readonly merchant: Merchant;
  readonly amount: Decimal;
  readonly note: string | undefined;
  readonly notifyUrl: string | undefined;
  readonly successUrl: string | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** More than one is a double payment (GN-7). */
  readonly payments: Payment[];
}

/** Exists from the moment of payment on (GN-2). */
export interface Payment {
  readonly recordId: number;
  readonly session: Session;
  /** What was really received; `session.amount` is what was asked (GN-6). */
  readonly total: Decimal;
  readonly bybitPayId: string;
  readonly merchantTradeNo: string;
  readonly paidAt: number;
}

export interface Refund {
  readonly id: string;
  readonly payment: Payment;
  readonly amount: Decimal;
}

export type SessionStatus = 'open' | 'completed' | 'expired';

export const sessionStatus = (session: Session, now: number): SessionStatus => {
  if (session.payments.length > 0) return 'completed';
  return now < session.expiresAt ? 'open' : 'expired';
};

export const sum = (amounts: readonly Decimal[]): Decimal => amounts.reduce(addDecimal, exact('0'));

export const refundedOf = (payment: Payment): Decimal =>
  sum(
    payment.session.merchant.refunds
      .filter((refund) => refund.payment === payment)
      .map(({ amount }) => amount),
  );

/** What may still be refunded: all refunds together stay within what was received. */
export const refundableOf = (payment: Payment): Decimal =>
  subtractDecimal(payment.total, refundedOf(payment)) ?? exact('0');

/** The words are an assumption: only `completed` is documented. */
export const paymentStatus = (payment: Payment): 'completed' | 'refunded' =>
  compareDecimal(refundedOf(payment), payment.total) >= 0 ? 'refunded' : 'completed';

export const totalsOf = (merchant: Merchant): { readonly received: Decimal; readonly refunded: Decimal } => ({
  received: sum([...merchant.payments.values()].map(({ total }) => total)),
  refunded: sum(merchant.refunds.map(({ amount }) => amount)),
});

export interface NewMerchant {
  readonly id: number;
  readonly active: boolean;
  readonly webhookSecret: string | undefined;
}

export const createMerchant = (
  random: SeededRandom,
  { id, active, webhookSecret }: NewMerchant,
): Merchant => ({
  id,
  accountId: `merchant-${id}`,
  apiKey: `gn_live_${random.text(40, ALPHANUMERIC)}`,
  webhookSecret: webhookSecret ?? `whsec_${random.text(32, ALPHANUMERIC)}`,
  active,
  sessions: new Map(),
  payments: new Map(),
  refunds: [],
  idempotent: new Map(),
});
