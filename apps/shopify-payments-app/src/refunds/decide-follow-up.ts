import {
  formatMoney,
  type Money,
  type Ports,
  type RefundResult,
  requestRefund,
} from '@gatewright/payment-core';
import type { SessionBook, SessionRow } from '../sessions/session-book.ts';
import type { DeclineCode } from '../words/merchant-texts.ts';
import { declineMessage, lookItUp, payBackByHand } from '../words/merchant-words.ts';
import type { FollowUpRow, FollowUpState } from './follow-up-book.ts';

/** What has been found out about a follow-up; `asked` again: nobody knows yet. */
export interface Verdict {
  readonly state: Exclude<FollowUpState, 'asked'>;
  readonly note: string | null;
}

type Asked = Pick<FollowUpRow, 'merchantLocale'>;

const declined = ({ merchantLocale }: Asked, code: DeclineCode, reason?: string): Verdict => ({
  state: 'declined',
  note: declineMessage(code, merchantLocale, reason),
});

const ourReasons = ['order-not-paid-here', 'more-than-paid', 'currency-differs', 'amount-zero'] as const;

const refused = (asked: Asked, reason: string): Verdict => {
  const ours = ourReasons.find((known) => known === reason);
  return ours ? declined(asked, ours) : declined(asked, 'gateway-refused', reason);
};

const ofRefund = (asked: Asked, result: RefundResult, amount: Money): Verdict => {
  switch (result.outcome) {
    case 'done':
    case 'accepted':
      return { state: 'done', note: null };
    case 'manual':
      return { state: 'by-hand', note: payBackByHand(formatMoney(amount), asked.merchantLocale) };
    case 'checking':
      return { state: 'checking', note: lookItUp(asked.merchantLocale) };
    case 'refused':
      return refused(asked, result.reason);
    default: {
      const never: never = result;
      return never;
    }
  }
};

const refund = async (ports: Ports, row: FollowUpRow, session: SessionRow): Promise<Verdict> => {
  if (row.amount === null) return declined(row, 'amount-missing');
  const result = await requestRefund(ports, {
    store: session.store,
    orderKey: session.group,
    refundId: row.id,
    amount: row.amount,
    reason: '',
  });
  return ofRefund(row, result, row.amount);
};

/** We take sales only: what was resolved is captured, so a capture has nothing to do and a void comes too late. */
const capture = (asked: Asked, { state }: SessionRow): Verdict =>
  state === 'resolved' ? { state: 'done', note: null } : declined(asked, 'not-completed');

const voided = (asked: Asked, { state }: SessionRow): Verdict =>
  state === 'resolved' ? declined(asked, 'complete-already') : { state: 'done', note: null };

/** Finds out what becomes of a follow-up. Never says `done` for money that has not gone back (invariant 17). */
export const decideFollowUp = async (
  ports: Ports,
  sessions: SessionBook,
  row: FollowUpRow,
): Promise<Verdict> => {
  const session = await sessions.byId(row.shop, row.payment);
  if (!session) return declined(row, 'payment-unknown');
  switch (row.kind) {
    case 'refund':
      return refund(ports, row, session);
    case 'capture':
      return capture(row, session);
    case 'void':
      return voided(row, session);
    default: {
      const never: never = row.kind;
      return never;
    }
  }
};
