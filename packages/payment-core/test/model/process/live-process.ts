import type { Clock } from '../../../src/identity/clock.ts';
import type { RandomBytes } from '../../../src/identity/identity.ts';
import { jsonText } from './canonical-text.ts';
import type { Answered, Door, Outcome, PortCall } from './port-call.ts';
import type { Process } from './process.ts';
import { drawnBytes } from './random-ids.ts';

interface CarriedOut {
  readonly result: Answered['result'];
  readonly text: string;
  /** Gives the result to the process. */
  resume(): void;
}

interface Parked {
  readonly call: PortCall;
  carryOut(outcome: Outcome): Promise<CarriedOut>;
}

/** What a process sees of the world: its door, its clock and its chance. */
export interface Surroundings {
  readonly door: Door;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

export type Body = (surroundings: Surroundings) => Promise<void>;

export interface LiveProcess {
  /** Carries out the parked call and runs on to the next one. Undefined: the process has ended. */
  step(outcome: Outcome): Promise<Process | undefined>;
  /** Where it stands now; undefined when it ended without any call. */
  readonly standing: () => Process | undefined;
}

const expectSame = (known: Answered, what: string): void => {
  if (known.what !== what) throw new Error(`model: a process ran differently: ${known.what}, then ${what}`);
};

/**
 * Runs a process to where its log ends: recorded answers are given again at once and at their own times, the first
 * call without one parks. The core uses its ports one after another and waits for nothing else, so a process has
 * stopped exactly when it parks or ends.
 */
export const bringToLife = async (
  process: Omit<Process, 'parked'>,
  body: Body,
  now: () => number,
): Promise<LiveProcess> => {
  const log: Answered[] = [...process.log];
  let cursor = 0;
  let ranAt = process.startedAt;
  let performing = false;
  let draw = 0;
  let parked: Parked | undefined;
  let over = false;
  let failure: { readonly error: unknown } | undefined;
  let stopped = (): void => undefined;

  const append = (entry: Answered): void => {
    log.push(entry);
    cursor = log.length;
    ranAt = entry.at;
    draw = 0;
  };
  const recorded = (what: string): Answered | undefined => {
    const known = log[cursor];
    if (!known) return undefined;
    expectSame(known, what);
    cursor += 1;
    ranAt = known.at;
    draw = 0;
    return known;
  };
  const door: Door = {
    async ask<T>(
      call: PortCall,
      perform: (outcome: Outcome) => Promise<T>,
      text: (value: T) => string = jsonText,
    ) {
      const known = recorded(call.what);
      if (known?.result.ok === false) throw known.result.error;
      // The log holds what `perform` of this very call answered.
      if (known?.result.ok) return known.result.value as T;
      // A second one would take the first one's place, and the process would wait for ever.
      if (parked) throw new Error(`model: two calls at once: ${parked.call.what}, and ${call.what}`);
      return new Promise<T>((resolve, reject) => {
        const carryOut = (outcome: Outcome): Promise<CarriedOut> =>
          perform(outcome).then(
            (value) => ({ result: { ok: true, value }, text: text(value), resume: () => resolve(value) }),
            (error: unknown) => ({
              result: { ok: false, error },
              text: `thrown ${jsonText(error)}`,
              resume: () => reject(error),
            }),
          );
        parked = { call, carryOut };
        stopped();
      });
    },
    tell(what, perform) {
      if (recorded(what)) return;
      perform();
      append({ what, at: now(), result: { ok: true, value: null }, text: '' });
    },
  };
  const surroundings: Surroundings = {
    door,
    clock: { now: () => (performing ? now() : ranAt) },
    random: drawnBytes(() => {
      draw += 1;
      return { process: process.id, step: 2 * cursor + (performing ? 1 : 0), draw };
    }),
  };
  const untilStopped = (): Promise<void> =>
    new Promise((resolve) => {
      stopped = resolve;
    });
  const standing = (): Process | undefined => {
    if (failure) throw failure.error;
    return parked && { ...process, log: [...log], parked: parked.call };
  };

  const started = untilStopped();
  void body(surroundings)
    .catch((error: unknown) => {
      failure = { error };
    })
    .then(() => {
      over = true;
      stopped();
    });
  await started;

  return {
    standing,
    async step(outcome) {
      if (!parked) throw new Error('model: this process has ended');
      const { call, carryOut } = parked;
      parked = undefined;
      performing = true;
      draw = 0;
      const { result, text, resume } = await carryOut(outcome);
      performing = false;
      append({ what: call.what, at: now(), result, text });
      // It may have failed beside the call that it was parked at.
      const running = over ? Promise.resolve() : untilStopped();
      resume();
      await running;
      return standing();
    },
  };
};
