import type { Clock } from '@gatewright/payment-core';

/** Whether webhooks crowd in: then storing and answering comes first, and applying makes way. */
export interface Intake {
  /** Counts a webhook as present while `receive` is at work. */
  during<T>(receive: () => Promise<T>): Promise<T>;
  isCrowded(): boolean;
}

/** So many at once are a burst: what a gateway held back, not customers who happen to pay in the same moment. */
const crowd = 8;

/** Connections wait for their answers before they send the next one; the crowd has not gone in between. */
const lingersMs = 100;

export const createIntake = (clock: Clock): Intake => {
  let present = 0;
  let crowdedAt = Number.NEGATIVE_INFINITY;
  return {
    async during(receive) {
      present += 1;
      if (present >= crowd) crowdedAt = clock.now();
      try {
        return await receive();
      } finally {
        present -= 1;
      }
    },
    isCrowded() {
      const since = clock.now() - crowdedAt;
      // A clock that was set back says nothing about a crowd.
      return since >= 0 && since < lingersMs;
    },
  };
};
