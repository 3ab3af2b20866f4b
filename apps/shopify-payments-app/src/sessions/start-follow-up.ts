import type { Clock } from '@gatewright/payment-core';
import type { FollowUpBook, FollowUpRow } from '../refunds/follow-up-book.ts';
import { type FollowUp, type FollowUpKind, followUpSchemas } from './follow-up.ts';
import { readSessionRequest } from './read-session-request.ts';
import { conflict, paymentUnknown, taken } from './session-answers.ts';
import type { SessionBook } from './session-book.ts';

export interface FollowUpDeps {
  readonly sessions: SessionBook;
  readonly followUps: FollowUpBook;
  readonly clock: Clock;
  /** There is something to do: at once, without waiting for it. */
  readonly kick: () => void;
}

const isSame = (row: FollowUpRow, asked: FollowUp): boolean =>
  row.payment === asked.payment &&
  row.amount?.amount === asked.amount?.amount &&
  row.amount?.currency === asked.amount?.currency;

/**
 * Takes a refund, capture or void: written down, answered 201, carried out afterwards. A repeat finds the row, so three
 * parallel ones are one (contract 2.3, 2.7). An uninstalled shop's refunds are still taken: the money is still owed.
 */
export const startFollowUp =
  ({ sessions, followUps, clock, kick }: FollowUpDeps, kind: FollowUpKind) =>
  async (request: Request): Promise<Response> => {
    const asked = await readSessionRequest(request, followUpSchemas[kind]);
    if (!asked.ok) return asked.response;
    const { headers, body } = asked;
    const payment = await sessions.byId(headers.shop, body.payment);
    if (!payment) return paymentUnknown();
    const row = await followUps.begin({
      ...body,
      kind,
      shop: headers.shop,
      state: 'asked',
      note: null,
      told: null,
      createdAt: clock.now(),
      decidedAt: null,
      trouble: null,
    });
    if (!isSame(row, body)) return conflict();
    if (row.decidedAt !== null) await followUps.askedAgain(row, clock.now());
    kick();
    return taken();
  };
