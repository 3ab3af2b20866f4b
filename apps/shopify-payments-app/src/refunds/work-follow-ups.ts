import { hours, minutes, type Ports } from '@gatewright/payment-core';
import type { SessionMutation } from '../payments-api/mutation.ts';
import { exhaustedAfterMs, waitAfter } from '../payments-api/schedule.ts';
import { type TellShopify, wordOf } from '../payments-api/tell-shopify.ts';
import type { FollowUpKind } from '../sessions/follow-up.ts';
import type { SessionBook } from '../sessions/session-book.ts';
import { declineMessage } from '../words/merchant-words.ts';
import { decideFollowUp } from './decide-follow-up.ts';
import type { FollowUpBook, FollowUpRow } from './follow-up-book.ts';
import { answerAboutRefusal, askAboutRefusal } from './untold-follow-up.ts';

export interface FollowUpWork {
  readonly ports: Ports;
  readonly sessions: SessionBook;
  readonly followUps: FollowUpBook;
  readonly tell: TellShopify;
}

const batch = 20;
/** No call of ours lasts longer; a process that died gives its follow-ups back then. */
const leaseMs = minutes(5);
/** What waits for a person is looked at only to see whether the gateway knows more by now. */
const waitingMs = hours(1);

const resolves: Readonly<
  Record<FollowUpKind, 'refundSessionResolve' | 'captureSessionResolve' | 'voidSessionResolve'>
> = {
  refund: 'refundSessionResolve',
  capture: 'captureSessionResolve',
  void: 'voidSessionResolve',
};

const rejects: Readonly<
  Record<FollowUpKind, 'refundSessionReject' | 'captureSessionReject' | 'voidSessionReject'>
> = {
  refund: 'refundSessionReject',
  capture: 'captureSessionReject',
  void: 'voidSessionReject',
};

const mutationOf = ({ kind, gid, state, note, merchantLocale }: FollowUpRow): SessionMutation =>
  state === 'done'
    ? { operation: resolves[kind], gid }
    : {
        operation: rejects[kind],
        gid,
        merchantMessage: note ?? declineMessage('not-completed', merchantLocale),
      };

const tellOf = async (work: FollowUpWork, row: FollowUpRow): Promise<void> => {
  const { ports, followUps, tell } = work;
  const told = await tell(row.shop, mutationOf(row));
  if (told.outcome === 'done') {
    await answerAboutRefusal(work, row);
    return followUps.told(row, row.state === 'done' ? 'resolved' : 'rejected');
  }
  const now = ports.clock.now();
  const age = now - (row.decidedAt ?? row.createdAt);
  // It holds another end, or has not got our answer to its request: one code for both, so only time tells.
  if (told.outcome === 'refused' && age >= exhaustedAfterMs) {
    await askAboutRefusal(work, row, told.code);
    return followUps.told(row, 'refused');
  }
  return followUps.again(row, now + waitAfter(age), wordOf(told));
};

const carryOut = async (work: FollowUpWork, row: FollowUpRow): Promise<void> => {
  const { ports, sessions, followUps } = work;
  if (row.state === 'done' || row.state === 'declined') return tellOf(work, row);
  if (row.state === 'by-hand') return followUps.again(row, ports.clock.now() + waitingMs, null);
  const verdict = await decideFollowUp(ports, sessions, row);
  const now = ports.clock.now();
  const isDecided = verdict.state === 'done' || verdict.state === 'declined';
  await followUps.decide(row, verdict.state, verdict.note, isDecided ? now : now + waitingMs);
  const decided = isDecided ? await followUps.byKey(row) : undefined;
  if (decided) await tellOf(work, decided);
};

/**
 * One round: what is due is decided, or Shopify is told of what was. A failure of one leaves the others alone and comes
 * back after its lease.
 * @returns how many were looked at
 */
export const workFollowUps = async (
  work: FollowUpWork,
  onError: (error: unknown) => void,
): Promise<number> => {
  const now = work.ports.clock.now();
  const due = await work.followUps.lease(now, now + leaseMs, batch);
  for (const row of due) await carryOut(work, row).catch(onError);
  return due.length;
};
