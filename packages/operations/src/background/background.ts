import { seconds } from '@gatewright/payment-core';
import type { JobRunner, Timer } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';

/** Wall time between two looks; what is due is decided by the injected clock. */
const pollMs = 500;
const roundMs = seconds(15);

export interface Background {
  readonly runner: JobRunner;
  /** What is repeated, by its name in the log; each waits for itself only. */
  readonly rounds: Readonly<Record<string, () => Promise<unknown>>>;
  readonly timer: Timer;
  readonly log: Logger;
}

/** Repeats `run`, one round at a time. @returns ends it and waits for the round that is under way */
const inRounds = (
  { timer, log }: Pick<Background, 'timer' | 'log'>,
  name: string,
  run: () => Promise<unknown>,
): (() => Promise<void>) => {
  let round: Promise<void> | undefined;
  const once = async (): Promise<void> => {
    try {
      await run();
    } catch (error) {
      log.error({ err: error }, `${name} failed`);
    }
    round = undefined;
  };
  const end = timer(() => {
    if (round === undefined) round = once();
  }, roundMs);
  return async () => {
    end();
    await round;
  };
};

/**
 * Polls for due jobs and repeats the rounds on a schedule.
 * @returns ends the schedules and waits for the rounds that are under way; the runner is stopped by its owner
 */
export const startBackground = (background: Background): (() => Promise<void>) => {
  const { runner, rounds } = background;
  runner.start(pollMs);
  const ends = Object.entries(rounds).map(([name, run]) => inRounds(background, name, run));
  return async () => {
    await Promise.all(ends.map((end) => end()));
  };
};

/** On the machine's own timers. */
export const everyInterval: Timer = (run, ms) => {
  const interval = setInterval(run, ms);
  return () => clearInterval(interval);
};
