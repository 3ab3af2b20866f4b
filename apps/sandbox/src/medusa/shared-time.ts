/** Does what has become due, where somebody let time pass. */
export type DoDue = () => Promise<void>;

/** Lets time pass for one of several who share a clock. */
export interface TimeShare {
  /** Resolves when `ms` have passed and the due is done; they pass only while everybody who takes part waits. */
  pass(ms: number, doDue: DoDue): Promise<void>;
  /** Takes part no longer. */
  leave(): void;
}

export interface SharedTime {
  takePart(): TimeShare;
}

export interface SharedTimeOptions {
  readonly now: () => number;
  readonly pass: (ms: number) => Promise<void>;
  /** The due is done at least this often. */
  readonly longestMs: number;
  /** Who waits for moments so close together waits for the last of them. */
  readonly togetherMs: number;
}

interface Waiting {
  readonly until: number;
  readonly doDue: DoDue;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Several stories on one clock: each has its own five minutes, and those of all pass together. */
export const createSharedTime = ({ now, pass, longestMs, togetherMs }: SharedTimeOptions): SharedTime => {
  let taking = 0;
  let stepping = false;
  let waiting: readonly Waiting[] = [];

  const release = (due: (each: Waiting) => boolean, how: (each: Waiting) => void): void => {
    const released = waiting.filter(due);
    waiting = waiting.filter((each) => !due(each));
    for (const each of released) how(each);
  };

  const step = async (): Promise<void> => {
    const moments = waiting.map(({ until }) => until);
    const first = Math.min(...moments);
    const target = Math.max(...moments.filter((moment) => moment <= first + togetherMs));
    await pass(Math.max(0, Math.min(longestMs, target - now())));
    // Once for all who wait in the same shop.
    await Promise.all([...new Set(waiting.map(({ doDue }) => doDue))].map((doDue) => doDue()));
    release(
      ({ until }) => until <= now(),
      ({ resolve }) => resolve(),
    );
  };

  const go = async (): Promise<void> => {
    if (stepping || waiting.length === 0 || waiting.length < taking) return;
    stepping = true;
    try {
      await step();
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
        pass: (ms, doDue) =>
          new Promise((resolve, reject) => {
            waiting = [...waiting, { until: now() + ms, doDue, resolve, reject }];
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
