import {
  type InstructionRow,
  type Invoice,
  parseDecimal,
  type StorefrontAnswer,
  type StorefrontRefusal,
} from '@gatewright/payment-core';
import type { TurnStart } from '@gatewright/payment-ledger';
import { judgeSettling, type PaidBy, type SettleVerdict, sameMoney } from './judge-settling.ts';
import type { Purchase } from './purchase.ts';
import { readPurchase } from './read-purchase.ts';
import { runWorkflow, type WorkflowFailure, type WorkflowRun, workflowIds } from './run-workflow.ts';
import type { Shop } from './shop.ts';
import type { Turns } from './turns.ts';

/** Puts the true reason in front of a person, where the kind of refusal does not tell it. */
export interface SettleReports {
  /** The shop declined to make the order of a paid cart. */
  declined(instruction: InstructionRow, why: string): Promise<void>;
  /** Paid, and something about the order is not as it was. */
  odd(instruction: InstructionRow, what: string): Promise<void>;
}

/** The claim of the payment that the core has settle an order; undefined: none holds it. */
export type ClaimOf = (order: Pick<InstructionRow, 'store' | 'orderKey'>) => Promise<string | undefined>;

export interface Settling {
  readonly shop: Shop;
  readonly turns: Turns;
  readonly reports: SettleReports;
  readonly claimOf: ClaimOf;
  readonly instruction: InstructionRow;
  readonly paid: PaidBy;
}

/** Undefined where an instruction names no amount or no invoice: a bug, and nothing is paid by it. */
export const settlingOf = (
  parts: Pick<Settling, 'shop' | 'turns' | 'reports' | 'claimOf'>,
  instruction: InstructionRow,
  invoice: Invoice | undefined,
): Settling | undefined => {
  const expected = instruction.expected ?? invoice?.order;
  if (!invoice || !expected || parseDecimal(expected.amount) === undefined) return undefined;
  return { ...parts, instruction, paid: { account: invoice.account, invoice: invoice.id, expected } };
};

const refused = (reason: StorefrontRefusal): StorefrontAnswer => ({ outcome: 'refused', reason });
const unavailable = (reason: string): StorefrontAnswer => ({ outcome: 'unavailable', reason });

const readAgain = ({ shop, instruction }: Settling): Promise<Purchase | undefined> =>
  readPurchase(shop.query, instruction.orderKey);

const judgeAgain = async (settling: Settling): Promise<SettleVerdict> => {
  const purchase = await readAgain(settling);
  if (!purchase) return { kind: 'refused', reason: 'order_missing' };
  return judgeSettling(purchase, settling.paid);
};

/** Whose run of core's made the order that is there now. */
type MadeBy = 'us' | 'another';

/**
 * The cart becomes an order before Medusa books the payment: stock is reserved first and our provider is asked for the
 * authorization last. Core's own webhook flow captures first, so that a cart without stock is paid and refunded by
 * itself (contract 4.4); here it stays unpaid, and the money stands in front of a person.
 */
const makeOrder = async (settling: Settling): Promise<MadeBy | StorefrontAnswer> => {
  const { shop, instruction, reports } = settling;
  const ran = await runWorkflow(shop, workflowIds.completeCart, { id: instruction.orderKey });
  if (ran.kind === 'done') return ran.steps.has('create-orders') ? 'us' : 'another';
  const verdict = await judgeAgain(settling);
  // Somebody else completes the cart meanwhile. Whether that run is over is asked at the next look.
  if (verdict.kind === 'already' || (verdict.kind === 'pay' && !verdict.makeOrder))
    return unavailable('order-made-meanwhile');
  if (verdict.kind === 'refused') return refused(verdict.reason);
  if (ran.kind === 'failed') return unavailable(ran.reason);
  await reports.declined(instruction, ran.why);
  return refused('order_missing');
};

/** Paid by us, and the order is worth what was paid: what was read before the workflows proves nothing. */
const prove = async (settling: Settling, booked: WorkflowRun): Promise<StorefrontAnswer> => {
  const { paid, instruction, reports } = settling;
  const purchase = await readAgain(settling);
  const verdict = purchase && judgeSettling(purchase, paid);
  if (verdict?.kind === 'refused') return refused(verdict.reason);
  if (verdict?.kind !== 'already')
    return unavailable(booked.kind === 'failed' ? booked.reason : 'not-booked-yet');
  const total = purchase?.order?.total;
  if (total !== undefined && !sameMoney(total, paid.expected))
    await reports.odd(instruction, 'its total is another one than the shopper paid');
  return { outcome: 'done' };
};

const pay = async (
  settling: Settling,
  { session, makeOrder: orderIsMissing }: Extract<SettleVerdict, { kind: 'pay' }>,
): Promise<StorefrontAnswer> => {
  const { shop, instruction } = settling;
  const made = orderIsMissing ? await makeOrder(settling) : 'another';
  if (typeof made === 'object') return made;
  if (made === 'another' && (await shop.isBeingCompleted(instruction.orderKey)))
    return unavailable('order-being-made');
  const booked = await runWorkflow(shop, workflowIds.processPayment, {
    action: 'captured',
    data: { session_id: session.id, amount: session.exactAmount },
  });
  return prove(settling, booked);
};

/** The shopper paid on a session that Medusa threw away, and the cart still asks for exactly that: it gets a session again. */
const revive = async (settling: Settling, collection: string): Promise<StorefrontAnswer> => {
  const ran = await runWorkflow(settling.shop, workflowIds.createSessions, {
    payment_collection_id: collection,
    provider_id: settling.paid.account,
    data: {},
  });
  const verdict = await judgeAgain(settling);
  switch (verdict.kind) {
    case 'pay':
      return pay(settling, verdict);
    case 'already':
      return { outcome: 'already' };
    case 'refused':
      return refused(verdict.reason);
    case 'revive':
      if (ran.kind !== 'declined')
        return unavailable(ran.kind === 'failed' ? ran.reason : 'session-lost-again');
      await settling.reports.declined(settling.instruction, ran.why);
      return refused('order_missing');
    default: {
      const never: never = verdict;
      return never;
    }
  }
};

const cartLocked: WorkflowFailure = 'cart-locked';

const settleInTurn = async (settling: Settling, start: TurnStart): Promise<StorefrontAnswer> => {
  // It died inside core's workflow, which locks the cart for two minutes.
  const { instruction, claimOf, shop } = settling;
  if (start === 'after-a-dead-one') await shop.dropDeadLock(instruction.orderKey);
  // Medusa keeps no claim of ours, so the ledger's own says whose payment the order waits for (invariant 3).
  const holder = await claimOf(instruction);
  if (holder !== undefined && holder !== instruction.claim) return refused('paid_otherwise');
  const verdict = await judgeAgain(settling);
  switch (verdict.kind) {
    case 'pay':
      return pay(settling, verdict);
    case 'revive':
      return revive(settling, verdict.collection);
    case 'already':
      return { outcome: 'already' };
    case 'refused':
      return refused(verdict.reason);
    default: {
      const never: never = verdict;
      return never;
    }
  }
};

/**
 * Books one payment in Medusa (contract 4.1) and proves it: the order is there, is paid once, by us, with exactly this
 * amount. What was booked before is `already`.
 */
export const settleOrder = async (settling: Settling): Promise<StorefrontAnswer> => {
  const { shop, turns, instruction } = settling;
  const answer = await turns.inTurn(instruction.orderKey, (start) => settleInTurn(settling, start));
  if (answer.outcome === 'unavailable' && answer.reason === cartLocked)
    await shop.dropExpiredLock(instruction.orderKey);
  return answer;
};
