import {
  type Clock,
  hours,
  type InstructionRow,
  type Invoice,
  type Money,
  type Storefront,
  type StorefrontAnswer,
} from '@gatewright/payment-core';
import { holdsOtherEnd } from '../payments-api/answer.ts';
import { paymentOperations, type SessionMutation } from '../payments-api/mutation.ts';
import { exhaustedAfterMs, waitAfter } from '../payments-api/schedule.ts';
import type { TellAnswer, TellShopify } from '../payments-api/tell-shopify.ts';
import type { RejectionBook } from '../sessions/rejection-book.ts';
import type { SessionBook, SessionRow, SessionState } from '../sessions/session-book.ts';
import { type ChosenSession, chooseSession } from './choose-session.ts';
import { sessionStep } from './session-mutation.ts';

export interface ShopifyStorefrontDeps {
  readonly sessions: SessionBook;
  readonly rejections: RejectionBook;
  readonly tell: TellShopify;
  readonly clock: Clock;
}

/** A shop that took the app off is asked about rarely: if it comes back, its orders are still there. */
const uninstalledWaitMs = hours(4);

const stateAfter = (operation: SessionMutation['operation']): SessionState | undefined => {
  switch (operation) {
    case 'paymentSessionResolve':
      return 'resolved';
    case 'paymentSessionReject':
      return 'rejected';
    case 'paymentSessionPending':
      return 'pending';
    default:
      return undefined;
  }
};

/** A settlement that Shopify refuses for good stands in front of a person; a hold or an end that it refuses is none. */
const refusedFor = (kind: InstructionRow['kind']): StorefrontAnswer =>
  kind === 'settle' ? { outcome: 'refused', reason: 'moved' } : { outcome: 'already' };

/** Shopify ends a pending session by itself: what it refuses from then on stays refused. */
const hasRunOut = ({ pendedUntil }: SessionRow, now: number): boolean =>
  pendedUntil !== null && pendedUntil <= now;

const answerTo = (
  { kind, createdAt }: InstructionRow,
  session: SessionRow,
  told: Exclude<TellAnswer, { outcome: 'done' }>,
  now: number,
): StorefrontAnswer => {
  const age = now - createdAt;
  switch (told.outcome) {
    case 'refused':
      return refusedFor(kind);
    case 'unclear':
      // Our own record says that the session was never rejected, so the reply may just not have arrived (2.6).
      return age >= exhaustedAfterMs || hasRunOut(session, now)
        ? refusedFor(kind)
        : { outcome: 'unavailable', reason: told.code, retryAfterMs: waitAfter(age) };
    case 'not-installed':
      return { outcome: 'unavailable', reason: 'app-uninstalled', retryAfterMs: uninstalledWaitMs };
    case 'unavailable':
      return {
        outcome: 'unavailable',
        reason: told.reason,
        retryAfterMs: Math.max(told.retryAfterMs ?? 0, waitAfter(age)),
      };
    default: {
      const never: never = told;
      return never;
    }
  }
};

/** An end of what has ended otherwise is none; a checkout that is not there is missing, whatever it is told. */
const unchosen = (
  kind: InstructionRow['kind'],
  reason: Extract<ChosenSession, { ok: false }>['reason'],
): StorefrontAnswer =>
  kind === 'settle' || kind === 'hold' || reason === 'order_missing'
    ? { outcome: 'refused', reason }
    : { outcome: 'already' };

const expectedOf = ({ expected }: InstructionRow, invoice: Invoice | undefined): Money | undefined =>
  expected ?? invoice?.order;

/** The core's port to Shopify: instructions become mutations of the session that the buyer pays (contract §6). */
export const createShopifyStorefront = (deps: ShopifyStorefrontDeps): Storefront => {
  const { sessions, rejections, tell, clock } = deps;

  /** Shopify keeps no claim of ours, so the ledger's own says whose payment a resolved session is (invariant 3). */
  const isPaidByAnother = async ({ store, orderKey, claim }: InstructionRow): Promise<boolean> => {
    const holder = await sessions.claimOf(store, orderKey);
    return holder !== undefined && holder !== claim;
  };

  const send = async (
    instruction: InstructionRow,
    session: SessionRow,
    mutation: SessionMutation,
  ): Promise<StorefrontAnswer> => {
    const told = await tell(session.shop, mutation);
    if (told.outcome !== 'done') {
      const answer = answerTo(instruction, session, told, clock.now());
      const operation = paymentOperations.find((known) => known === mutation.operation);
      if (operation && answer.outcome !== 'unavailable' && holdsOtherEnd(told))
        await sessions.endedBefore(session.shop, session.id, operation);
      return answer;
    }
    const state = stateAfter(mutation.operation);
    const until = mutation.operation === 'paymentSessionPending' ? mutation.until : undefined;
    if (state) await sessions.told(session.shop, session.id, state, told.redirectUrl, until);
    return { outcome: 'done' };
  };

  const take = async (
    instruction: InstructionRow,
    session: SessionRow,
    invoice: Invoice | undefined,
  ): Promise<StorefrontAnswer> => {
    const now = clock.now();
    const step = sessionStep(instruction, session, invoice, now);
    switch (step.kind) {
      case 'tell':
        return send(instruction, session, step.mutation);
      case 'wait':
        return { outcome: 'unavailable', reason: 'not-final-yet', retryAfterMs: step.ms };
      case 'reject-later':
        await rejections.ask(session, 'CANCELLED_PAYMENT', step.at);
        return { outcome: 'done' };
      case 'nothing':
        return { outcome: 'done' };
      default: {
        const never: never = step;
        return never;
      }
    }
  };

  return {
    async tell(instruction, invoice) {
      const money = expectedOf(instruction, invoice);
      if (instruction.kind === 'note' || money === undefined) return { outcome: 'done' };
      const all = await sessions.ofGroup(instruction.store, instruction.orderKey);
      const chosen = chooseSession(all, money);
      if (!chosen.ok) return unchosen(instruction.kind, chosen.reason);
      if (instruction.kind === 'settle' && (await isPaidByAnother(instruction)))
        return { outcome: 'refused', reason: 'paid_otherwise' };
      // First final state wins, and Shopify gave the same answer already.
      if (chosen.session.state === 'resolved') return { outcome: 'already' };
      return take(instruction, chosen.session, invoice);
    },
  };
};
