/**
 * The one clock of all simulated gateways. Timers fire in time order, a timer made by a timer within the window
 * fires too, and `advance` returns only when the HTTP deliveries they caused were answered.
 *
 * A receiver must not await `advance` inside its own request: the delivery would wait for itself until it times out.
 */
export interface VirtualClock {
  /** Milliseconds since the epoch. */
  now(): number;
  advance(ms: number): Promise<void>;
  /** Runs `fire` when the clock reaches `time` (a past time: at the next advance). Returns a function that cancels it. */
  at(time: number, fire: () => void | Promise<void>): () => void;
  /** Resolves when no delivery is in flight. */
  settled(): Promise<void>;
}

/** What the kernel's own parts may do beyond the public clock. */
export interface KernelClock extends VirtualClock {
  /** Makes `settled` and `advance` wait for the work. */
  track<T>(work: Promise<T>): Promise<T>;
  stop(): void;
}

/** Wall time for the CLI: the clock follows it, plus whatever was advanced. */
export interface WallTime {
  /** Milliseconds since some fixed moment, never going back. */
  elapsed(): number;
  /** Calls back once after `ms`; the returned function cancels it. */
  wake(ms: number, callback: () => void): () => void;
}

interface Timer {
  readonly time: number;
  readonly order: number;
  readonly fire: () => void | Promise<void>;
}

/** @param startAt ms since the epoch; without `wall` the clock moves by `advance` alone. */
export const createClock = (startAt: number, wall?: WallTime): KernelClock => {
  const timers = new Set<Timer>();
  const inFlight = new Set<Promise<unknown>>();
  const wallStart = wall?.elapsed() ?? 0;
  let offset = 0;
  let order = 0;
  let turn: Promise<void> = Promise.resolve();
  let cancelWake: (() => void) | undefined;
  let stopped = false;

  const now = (): number =>
    startAt + offset + (wall === undefined ? 0 : Math.floor(wall.elapsed() - wallStart));

  const earliest = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (first === undefined || timer.time < first.time) first = timer;
      else if (timer.time === first.time && timer.order < first.order) first = timer;
    }
    return first;
  };

  const moveTo = (time: number): void => {
    offset += Math.max(0, time - now());
  };

  const settled = async (): Promise<void> => {
    while (inFlight.size > 0) await Promise.allSettled([...inFlight]);
  };

  const run = async (ms: number): Promise<void> => {
    await settled();
    const target = now() + ms;
    for (let next = earliest(); next !== undefined && next.time <= target; next = earliest()) {
      if (stopped) return;
      timers.delete(next);
      moveTo(next.time);
      await next.fire();
      await settled();
    }
    moveTo(target);
  };

  const advance = (ms: number): Promise<void> => {
    if (!Number.isSafeInteger(ms) || ms < 0)
      throw new RangeError('advance: whole milliseconds, not negative');
    const done = turn.then(() => run(ms)).finally(arm);
    turn = done.catch(() => undefined);
    return done;
  };

  const arm = (): void => {
    cancelWake?.();
    cancelWake = undefined;
    const next = earliest();
    if (wall === undefined || next === undefined || stopped) return;
    cancelWake = wall.wake(Math.max(0, next.time - now()), () => void advance(0));
  };

  return {
    now,
    advance,
    settled,
    at: (time, fire) => {
      const timer: Timer = { time, order: order++, fire };
      timers.add(timer);
      arm();
      return () => {
        timers.delete(timer);
        arm();
      };
    },
    track: (work) => {
      inFlight.add(work);
      const forget = (): boolean => inFlight.delete(work);
      work.then(forget, forget);
      return work;
    },
    stop: () => {
      stopped = true;
      timers.clear();
      arm();
    },
  };
};
