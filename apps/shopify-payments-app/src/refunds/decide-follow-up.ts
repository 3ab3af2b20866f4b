import {
  formatMoney,
  type Money,
  type Ports,
  type RefundResult,
  requestRefund,
} from '@gatewright/payment-core';
import type { SessionBook, SessionRow } from '../sessions/session-book.ts';
import type { FollowUpRow, FollowUpState } from './follow-up-book.ts';

/** What has been found out about a follow-up; `asked` again: nobody knows yet. */
export interface Verdict {
  readonly state: Exclude<FollowUpState, 'asked'>;
  readonly note: string | null;
}

const declined = (note: string): Verdict => ({ state: 'declined', note });

const refusalNote = (reason: string): string => {
  switch (reason) {
    case 'order-not-paid-here':
      return 'This payment was not completed, so there is nothing to refund.';
    case 'more-than-paid':
      return 'The refunds would come to more than was paid.';
    case 'currency-differs':
      return 'The refund is in another currency than the payment.';
    case 'amount-zero':
      return 'A refund of nothing is not sent.';
    default:
      return `The gateway refused the refund (${reason}). Nothing was sent back.`;
  }
};

const ofRefund = (result: RefundResult, amount: Money): Verdict => {
  switch (result.outcome) {
    case 'done':
    case 'accepted':
      return { state: 'done', note: null };
    case 'manual':
      return {
        state: 'by-hand',
        note: `The gateway cannot send money back by itself. Pay ${formatMoney(amount)} back to the buyer by hand, then say so here.`,
      };
    case 'checking':
      return {
        state: 'checking',
        note: 'The gateway was asked to refund and did not answer. Look at the payment there, then decide here.',
      };
    case 'refused':
      return declined(refusalNote(result.reason));
    default: {
      const never: never = result;
      return never;
    }
  }
};

const refund = async (ports: Ports, row: FollowUpRow, session: SessionRow): Promise<Verdict> => {
  if (row.amount === null) return declined('The refund names no amount.');
  const result = await requestRefund(ports, {
    store: session.store,
    orderKey: session.group,
    refundId: row.id,
    amount: row.amount,
    reason: '',
  });
  return ofRefund(result, row.amount);
};

/** We take sales only: what was resolved is captured, so a capture has nothing to do and a void comes too late. */
const capture = ({ state }: SessionRow): Verdict =>
  state === 'resolved' ? { state: 'done', note: null } : declined('The payment was not completed.');

const voided = ({ state }: SessionRow): Verdict =>
  state === 'resolved'
    ? declined('The payment is complete and cannot be voided. Refund it instead.')
    : { state: 'done', note: null };

/** Finds out what becomes of a follow-up. Never says `done` for money that has not gone back (invariant 17). */
export const decideFollowUp = async (
  ports: Ports,
  sessions: SessionBook,
  row: FollowUpRow,
): Promise<Verdict> => {
  const session = await sessions.byId(row.shop, row.payment);
  if (!session) return declined('There is no such payment.');
  switch (row.kind) {
    case 'refund':
      return refund(ports, row, session);
    case 'capture':
      return capture(session);
    case 'void':
      return voided(session);
    default: {
      const never: never = row.kind;
      return never;
    }
  }
};
