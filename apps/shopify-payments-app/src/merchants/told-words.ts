import type { InstructionRow } from '@gatewright/payment-core';

/** What Shopify is told by an instruction, for the shop's owner. */
export const toldWords = ({ kind }: Pick<InstructionRow, 'kind'>): string => {
  switch (kind) {
    case 'settle':
      return 'The payment is complete.';
    case 'hold':
      return 'The payment is pending.';
    case 'cancel':
      return 'The payment was not made.';
    case 'fail':
      return 'The payment failed.';
    case 'note':
      return 'A note.';
    default: {
      const never: never = kind;
      return never;
    }
  }
};
