import { seconds } from '@gatewright/payment-core';
import type { JobRunner, Timer } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';

/** Wall time between two looks; what is due is decided by the injected clock. */
const pollMs = 500;
const reconcileMs = seconds(15);

export interface Background {
  readonly runner: JobRunner;
  readonly reconcile: () => Promise<unknown>;
  readonly timer: Timer;
  readonly log: Logger;
}

/**
 * Polls for due jobs and reconciles on a schedule, one round at a time.
 * @returns ends the schedule and waits for the round that is under way; the runner is stopped by its owner
 */
export const startBackground = ({ runner, reconcile, timer, log }: Background): (() => Promise<void>) => {
  let round: Promise<void> | undefined;
  const reconcileRound = async (): Promise<void> => {
    try {
      await reconcile();
    } catch (error) {
      log.error({ err: error }, 'reconcile failed');
    }
    round = undefined;
  };
  runner.start(pollMs);
  const end = timer(() => {
    if (round === undefined) round = reconcileRound();
  }, reconcileMs);
  return async () => {
    end();
    await round;
  };
};

/** On the machine's own timers. */
export const everyInterval: Timer = (run, ms) => {
  const interval = setInterval(run, ms);
  return () => clearInterval(interval);
};
