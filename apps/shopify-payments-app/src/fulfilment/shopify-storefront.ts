import {
  type Clock,
  hours,
  type InstructionRow,
  type Invoice,
  type Money,
  type Storefront,
  type StorefrontAnswer,
} from '@gatewright/payment-core';
import type { SessionMutation } from '../payments-api/mutation.ts';
import { waitAfter } from '../payments-api/schedule.ts';
import type { TellAnswer, TellShopify } from '../payments-api/tell-shopify.ts';
import type { SessionBook, SessionRow, SessionState } from '../sessions/session-book.ts';
import { chooseSession } from './choose-session.ts';
import { sessionMutation } from './session-mutation.ts';

export interface ShopifyStorefrontDeps {
  readonly sessions: SessionBook;
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
const answerTo = (
  { kind, createdAt }: InstructionRow,
  told: Exclude<TellAnswer, { outcome: 'done' }>,
  now: number,
): StorefrontAnswer => {
  switch (told.outcome) {
    case 'refused':
      return kind === 'settle' ? { outcome: 'refused', reason: 'moved' } : { outcome: 'already' };
    case 'unclear':
      // Our own record says that the session was never rejected, so the reply may just not have arrived (2.6).
      return { outcome: 'unavailable', reason: told.code, retryAfterMs: waitAfter(now - createdAt) };
    case 'not-installed':
      return { outcome: 'unavailable', reason: 'app-uninstalled', retryAfterMs: uninstalledWaitMs };
    case 'unavailable':
      return {
        outcome: 'unavailable',
        reason: told.reason,
        retryAfterMs: Math.max(told.retryAfterMs ?? 0, waitAfter(now - createdAt)),
      };
    default: {
      const never: never = told;
      return never;
    }
  }
};

const expectedOf = ({ expected }: InstructionRow, invoice: Invoice | undefined): Money | undefined =>
  expected ?? invoice?.order;

/** The core's port to Shopify: instructions become mutations of the session that the buyer pays (contract §6). */
export const createShopifyStorefront = ({ sessions, tell, clock }: ShopifyStorefrontDeps): Storefront => {
  const send = async (
    instruction: InstructionRow,
    session: SessionRow,
    mutation: SessionMutation,
  ): Promise<StorefrontAnswer> => {
    const told = await tell(session.shop, mutation);
    if (told.outcome !== 'done') return answerTo(instruction, told, clock.now());
    const state = stateAfter(mutation.operation);
    if (state) await sessions.told(session.shop, session.id, state, told.redirectUrl);
    return { outcome: 'done' };
  };

  return {
    async tell(instruction, invoice) {
      const money = expectedOf(instruction, invoice);
      if (instruction.kind === 'note' || money === undefined) return { outcome: 'done' };
      const all = await sessions.ofGroup(instruction.store, instruction.orderKey);
      const chosen = chooseSession(all, money);
      if (!chosen.ok)
        return instruction.kind === 'settle' || instruction.kind === 'hold'
          ? { outcome: 'refused', reason: chosen.reason }
          : { outcome: 'already' };
      const { session } = chosen;
      // Resolved by us before, whoever asks now: first final state wins, and Shopify gave the same answer already.
      if (session.state === 'resolved') return { outcome: 'already' };
      const mutation = sessionMutation(instruction, session, invoice, clock.now());
      return mutation ? send(instruction, session, mutation) : { outcome: 'done' };
    },
  };
};
