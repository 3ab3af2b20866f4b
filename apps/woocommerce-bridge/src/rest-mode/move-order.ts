import type { StorefrontRefusal } from '@gatewright/payment-core';
import { isUnpaid, metaKeys, type RestOrder } from './rest-order.ts';

export type Move = 'hold' | 'cancel' | 'fail' | 'note';

const targets = { hold: 'on-hold', cancel: 'cancelled', fail: 'failed' } as const;

export type MoveVerdict =
  | { readonly kind: 'write'; readonly status: string | null }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly reason: StorefrontRefusal };

const remembered = 10;

const toldOf = (order: RestOrder): readonly string[] => order.meta(metaKeys.told)?.split(' ') ?? [];

/** Whether the order says of itself that this instruction has moved it. */
export const wasMovedBy = (order: RestOrder, instruction: string): boolean =>
  toldOf(order).includes(instruction);

/** Moves the order and writes into it by which instruction, so that the same one never undoes what a person did since. */
export const moveBody = (
  order: RestOrder,
  status: string,
  instruction: string,
): Readonly<Record<string, unknown>> => ({
  status,
  meta_data: [{ key: metaKeys.told, value: [...toldOf(order), instruction].slice(-remembered).join(' ') }],
});

/** Only an order that waits for money and is ours is moved; what a person decided stays (invariant 4). */
export const judgeMove = (
  order: RestOrder,
  move: Move,
  instruction: string,
  methods: readonly string[],
): MoveVerdict => {
  if (!methods.includes(order.method)) return { kind: 'refused', reason: 'not_ours' };
  if (move === 'note') return { kind: 'write', status: null };
  if (order.meta(metaKeys.claim) !== undefined && !isUnpaid(order)) return { kind: 'already' };
  // The note may still be missing: the process can have died between the two.
  if (order.status === targets[move] || wasMovedBy(order, instruction))
    return { kind: 'write', status: null };
  return isUnpaid(order) ? { kind: 'write', status: targets[move] } : { kind: 'refused', reason: 'moved' };
};
