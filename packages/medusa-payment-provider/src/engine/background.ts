import { seconds } from '@gatewright/payment-core';
import type { JobRunner } from '@gatewright/payment-ledger';
import type { EngineOptions } from './engine.ts';

/** Wall time between two rounds; what is due in them is decided by the clock. */
const roundMs = seconds(15);

/** Wall time between two looks for due jobs. */
const pollMs = 500;

/** Repeats `round`, one at a time. @returns ends it and waits for the round that is under way */
const inRounds = (
  { every, log }: Pick<EngineOptions, 'every' | 'log'>,
  name: string,
  round: () => Promise<unknown>,
): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  const once = async (): Promise<void> => {
    try {
      await round();
    } catch (error) {
      log.error(`Gatewright: ${name} failed.`, error instanceof Error ? error : new Error(String(error)));
    }
    running = undefined;
  };
  const end = every(() => {
    running ??= once();
  }, roundMs);
  return async () => {
    end();
    await running;
  };
};

export interface Rounds {
  /** Says that this process lives. */
  readonly report: () => Promise<unknown>;
  /** Both absent in a process that leaves the work to others. */
  readonly runner?: JobRunner;
  readonly reconcile?: () => Promise<unknown>;
}

/** @returns ends the rounds and waits for those under way; the runner is stopped by its owner */
export const startBackground = (
  options: Pick<EngineOptions, 'every' | 'log' | 'background'>,
  { report, runner, reconcile }: Rounds,
): (() => Promise<void>) => {
  if (options.background !== true) return async () => undefined;
  // Not at once: commands such as `medusa exec` open an engine too, and are gone before the first round.
  const ends = [inRounds(options, 'reporting this process', report)];
  runner?.start(pollMs);
  if (reconcile) ends.push(inRounds(options, 'reconciling', reconcile));
  return async () => {
    await Promise.all(ends.map((end) => end()));
  };
};
