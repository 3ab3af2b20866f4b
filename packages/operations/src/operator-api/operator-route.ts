import type { DecidingPorts } from '@gatewright/payment-core';
import type { Operator } from '@gatewright/payment-ledger';
import type { Problem } from '../problem/problem.ts';

/** A call whose token has been checked: everything in it is scoped by the operator's store (invariant 6). */
export interface OperatorCall {
  readonly operator: Operator;
  readonly params: Readonly<Record<string, string>>;
  readonly target: string;
  readonly body: Uint8Array;
}

export type OperatorAnswer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: Problem };

export type OperatorRoute = (call: OperatorCall) => Promise<OperatorAnswer>;

/** What the routes need besides the call. */
export interface OperatorRoutePorts {
  readonly ports: DecidingPorts;
  /** Due jobs are run at once, without waiting for them. */
  readonly kick: () => void;
}

export const refuse = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });
