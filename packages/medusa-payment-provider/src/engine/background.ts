import { seconds } from '@gatewright/payment-core';
import type { EngineLog, EngineRuntime } from './engine.ts';

/** Wall time between two rounds; what is due in them is decided by the clock. */
const roundMs = seconds(15);

/** Repeats `round`, one at a time. @returns ends it and waits for the round that is under way */
export const inRounds = (
  { every }: Pick<EngineRuntime, 'every'>,
  log: EngineLog,
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
