import type { WallTime } from './clock.ts';

/** A Node timer cannot wait longer than this; the clock looks again and arms the rest. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's own monotonic time. */
export const machineTime: WallTime = {
  elapsed: () => performance.now(),
  wake: (ms, callback) => {
    const timer = setTimeout(callback, Math.min(ms, LONGEST_TIMER_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Ms since the epoch. */
export const machineNow = (): number => Date.now();
