import type { InstructionRow, OrderStatuses } from '@gatewright/payment-core';

/** Asked of a platform whose own choice is overruled; undefined: its own. */
export type PaidStatus = 'processing' | 'completed';

export const paidStatus = ({ paid }: OrderStatuses): PaidStatus | undefined =>
  paid === 'automatic' ? undefined : paid;

/**
 * The instruction in the statuses that the store's owner chose. Where none is to be set, what there is to say becomes a
 * note. Settling is never turned into anything else.
 */
export const inOwnersStatuses = (
  instruction: InstructionRow,
  { held, unpaid }: OrderStatuses,
): InstructionRow => {
  const { kind } = instruction;
  if (kind === 'hold' && held === 'unchanged') return { ...instruction, kind: 'note' };
  if (kind !== 'cancel') return instruction;
  switch (unpaid) {
    case 'cancelled':
      return instruction;
    case 'failed':
      return { ...instruction, kind: 'fail' };
    case 'unchanged':
      return { ...instruction, kind: 'note' };
    default: {
      const never: never = unpaid;
      return never;
    }
  }
};
