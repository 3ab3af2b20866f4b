import type { Clock } from '@gatewright/payment-core';

export interface ThrottleStatus {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
}

/** The leaky bucket of one shop: points come back with time (rule 13). */
export interface RequestBudget {
  status(): ThrottleStatus;
  /** False, and nothing taken, when too little is left. */
  take(points: number): boolean;
  /** What a call cost less than it had asked for. */
  giveBack(points: number): void;
}

export const createRequestBudget = (
  clock: Clock,
  { maximumAvailable, restoreRate }: { readonly maximumAvailable: number; readonly restoreRate: number },
): RequestBudget => {
  let available = maximumAvailable;
  let countedAt = clock.now();
  const restore = (): void => {
    const now = clock.now();
    const restored = Math.floor(((now - countedAt) * restoreRate) / 1_000);
    available = Math.min(maximumAvailable, available + restored);
    countedAt = now;
  };
  return {
    status: () => {
      restore();
      return { maximumAvailable, currentlyAvailable: available, restoreRate };
    },
    take: (points) => {
      restore();
      if (points > available) return false;
      available -= points;
      return true;
    },
    giveBack: (points) => {
      available = Math.min(maximumAvailable, available + points);
    },
  };
};
