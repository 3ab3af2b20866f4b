import type { AccountId, OrderKey } from '../../../src/identity/identity.ts';
import type { ReviewAct } from '../scenarios/scenario.ts';
import type { Answered, PortCall } from './port-call.ts';

/** What a process of the bridge was started for. */
export type Task =
  | { readonly kind: 'deliver'; readonly message: string }
  | { readonly kind: 'work' }
  | { readonly kind: 'poll' }
  | { readonly kind: 'checkout'; readonly orderKey: OrderKey; readonly account: AccountId }
  /** The shop says that an order changed. */
  | { readonly kind: 'notice'; readonly orderKey: OrderKey }
  /** The shop's owner wants a part of the order's money paid back. */
  | { readonly kind: 'refund'; readonly orderKey: OrderKey; readonly refundId: string }
  /** An operator ends a review item. */
  | { readonly kind: 'resolve'; readonly review: string; readonly decision: ReviewAct };

/**
 * A running process as data. JavaScript cannot copy a suspended function, but the use cases are deterministic: the task
 * and the answers of its ports so far say where it stands, and running it again with them brings it there.
 */
export interface Process {
  readonly id: number;
  readonly task: Task;
  readonly startedAt: number;
  readonly log: readonly Answered[];
  readonly parked: PortCall;
}

export const taskText = (task: Task): string => {
  switch (task.kind) {
    case 'deliver':
      return `the delivery of ${task.message}`;
    case 'work':
      return 'the worker';
    case 'poll':
      return 'the poller';
    case 'checkout':
      return `the checkout of ${task.orderKey} on ${task.account}`;
    case 'notice':
      return `the shop's notice about ${task.orderKey}`;
    case 'refund':
      return `the refund ${task.refundId} of ${task.orderKey}`;
    case 'resolve':
      return `the decision to ${task.decision}`;
    default: {
      const never: never = task;
      return never;
    }
  }
};
