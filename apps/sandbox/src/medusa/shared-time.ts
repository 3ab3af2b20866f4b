/** Lets time pass for one of several who share a clock. */
export interface TimeShare {
  /** Resolves when `ms` have passed; they pass only while everybody who takes part waits. */
  pass(ms: number): Promise<void>;
  /** Takes part no longer. */
  leave(): void;
}

export interface SharedTime {
  takePart(): TimeShare;
}

interface Waiting {
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Several stories on one clock: each has its own five minutes, and those of all pass together.
 * @param step moves the clock by so many ms, and does what is due
 * @param longestMs of one step
 */
export const createSharedTime = (
  now: () => number,
  step: (ms: number) => Promise<void>,
  longestMs: number,
): SharedTime => {
  let taking = 0;
  let stepping = false;
  let waiting: readonly Waiting[] = [];

  const release = (due: (each: Waiting) => boolean, how: (each: Waiting) => void): void => {
    const released = waiting.filter(due);
    waiting = waiting.filter((each) => !due(each));
    for (const each of released) how(each);
  };

  const go = async (): Promise<void> => {
    if (stepping || waiting.length === 0 || waiting.length < taking) return;
    stepping = true;
    try {
      const next = Math.min(...waiting.map(({ until }) => until));
      await step(Math.max(0, Math.min(longestMs, next - now())));
      release(
        ({ until }) => until <= now(),
        ({ resolve }) => resolve(),
      );
    } catch (error) {
      release(
        () => true,
        ({ reject }) => reject(error),
      );
    }
    stepping = false;
    await go();
  };

  return {
    takePart: () => {
      taking += 1;
      return {
        pass: (ms) =>
          new Promise((resolve, reject) => {
            waiting = [...waiting, { until: now() + ms, resolve, reject }];
            void go();
          }),
        leave: () => {
          taking -= 1;
          void go();
        },
      };
    },
  };
};
