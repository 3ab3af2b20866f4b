import type { ShopperState } from '../state/shopper-state.ts';

/** Nothing that a shopper could wait for comes after it. A late payment of an ended order is the shop's business. */
export const isFinal = (state: ShopperState): boolean => {
  switch (state.kind) {
    case 'paid':
    case 'overpaid':
    case 'refunded':
    case 'ended':
      return true;
    case 'expired':
    case 'cancelled':
    case 'failed':
      return !state.canPayAgain;
    case 'choose':
    case 'preparing':
    case 'waiting':
    case 'seen':
    case 'underpaid':
    case 'time-up':
    case 'late':
    case 'held':
      return false;
    default: {
      const never: never = state;
      return never;
    }
  }
};

/** Seconds until a browser without a script looks again: soon where news is near, never while somebody is choosing. */
export const refreshAfter = (state: ShopperState): number | null => {
  switch (state.kind) {
    case 'preparing':
      return 3;
    case 'waiting':
    case 'seen':
      return 15;
    case 'underpaid':
    case 'time-up':
      return 30;
    case 'late':
    case 'held':
      return 60;
    case 'choose':
    case 'expired':
    case 'cancelled':
    case 'failed':
    case 'paid':
    case 'overpaid':
    case 'refunded':
    case 'ended':
      return null;
    default: {
      const never: never = state;
      return never;
    }
  }
};
