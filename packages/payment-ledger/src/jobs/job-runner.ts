import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import type { Clock, Job, JobHandler, JobQueue, JobResult, LeasedJob } from '@gatewright/payment-core';
import type { JobPolicy } from './job-policy.ts';
import { type Admission, createLanes, type LanePolicy } from './lanes.ts';

/** Calls `run` every `ms` until the returned function is called. */
export type Timer = (run: () => void, ms: number) => () => void;

export interface JobRunnerOptions extends Omit<JobPolicy, 'waits'>, Partial<Pick<JobPolicy, 'waits'>> {
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly handler: JobHandler;
  /** Brings an exhausted job in front of a person. Called before the job is buried, so at least once. */
  readonly onDead: (job: Job, reason: string) => Promise<void>;
  /** A bug of a handler or a database that cannot be reached; without a job where none is concerned. */
  readonly onError: (error: unknown, job?: Job) => void;
  readonly timer?: Timer;
  /**
   * While it says yes, jobs make way for what crowds in: one begins, and the next when it has ended or has taken
   * `patienceMs`, after some turns of the event loop. So jobs never stop, also when a shop does not answer.
   */
  readonly isCrowded?: () => boolean;
  /** Default: none. */
  readonly lanes?: LanePolicy;
}

/** A job that has run for so long waits for somebody else, and is in nobody's way. */
const patienceMs = 250;
/** In a burst each turn has a commit full of webhooks in it; while there is little to do, turns take next to no time. */
const turnsBetween = 32;

export interface JobRunner {
  /** Runs what is due now, in the background. Called after a commit that enqueued something. */
  kick(): void;
  /** Resolves when nothing is due at `clock.now()` any more. @throws what the queue throws. */
  drain(): Promise<void>;
  /** Looks for due jobs every `pollMs`: the safety net under `kick`. */
  start(pollMs: number): void;
  /** Takes no more jobs and waits for the running ones. */
  stop(): Promise<void>;
}

const everyInterval: Timer = (run, ms) => {
  const interval = setInterval(run, ms);
  return () => clearInterval(interval);
};

const never = (): boolean => false;
const noLanes: LanePolicy = { of: () => undefined, width: 1, line: 0 };
const laneIsFull = 'others for the same shop come first';

export const createJobRunner = (options: JobRunnerOptions): JobRunner => {
  const { queue, clock, leaseMs, onError, timer = everyInterval, isCrowded = never } = options;
  const lanes = createLanes(options.lanes ?? noLanes, leaseMs);
  /** Each with the time of its beginning. */
  const running = new Map<Promise<void>, number>();
  let working: Promise<void> | undefined;
  let wanted = false;
  let stopped = false;
  let wake = (): void => undefined;
  let stopPolling = (): void => undefined;

  const track = (work: Promise<void>): void => {
    const run = work.finally(() => {
      running.delete(run);
      // It may have asked for more work after the last look.
      wanted = true;
    });
    running.set(run, clock.now());
  };

  const sendBack = (leased: LeasedJob, at: number): Promise<void> =>
    queue.postpone(leased.id, at, laneIsFull).catch((error: unknown) => onError(error, leased.job));

  const runInLane = async (leased: LeasedJob): Promise<void> => {
    await runJob(options, leased);
    for (const admission of lanes.leave(leased, clock.now())) begin(admission);
  };

  const begin = (admission: Admission): void => {
    if (admission.kind === 'run') track(runInLane(admission.job));
    else if (admission.kind === 'later') track(sendBack(admission.job, admission.at));
  };

  const room = (): number => {
    const free = stopped ? 0 : options.concurrency - running.size;
    if (!isCrowded()) return free;
    const ages = [...running.values()].map((begun) => clock.now() - begun);
    return ages.some((age) => age >= 0 && age < patienceMs) ? 0 : Math.min(free, 1);
  };

  /** Until nothing is due and nothing runs; a job that ends makes room for the next at once. */
  const work = async (): Promise<void> => {
    let leased: readonly LeasedJob[];
    do {
      wanted = false;
      for (let turn = 0; turn < turnsBetween && isCrowded(); turn += 1) await turnOfTheEventLoop();
      const free = room();
      leased = free > 0 ? await queue.lease(clock.now(), leaseMs, free) : [];
      for (const job of leased) begin(lanes.enter(job, clock.now()));
      // Kicked while it looked: look again, unless there is no room anyway.
      if (leased.length > 0 || running.size === 0 || (wanted && free > 0)) continue;
      const kicked = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([kicked, ...running.keys()]);
    } while (wanted || leased.length > 0 || running.size > 0);
  };

  const ensureWorking = (): Promise<void> => {
    wanted = true;
    wake();
    working ??= work().finally(() => {
      working = undefined;
      // Kicked after the last look and before this line.
      if (wanted && !stopped) kick();
    });
    return working;
  };

  const kick = (): void => {
    if (!stopped) ensureWorking().catch((error: unknown) => onError(error));
  };

  return {
    kick,
    async drain() {
      do {
        await ensureWorking();
      } while (working !== undefined);
    },
    start(pollMs) {
      stopped = false;
      stopPolling();
      stopPolling = timer(kick, pollMs);
      kick();
    },
    async stop() {
      stopped = true;
      stopPolling();
      wake();
      const waiting = lanes.clear().map((job) => sendBack(job, clock.now()));
      await Promise.allSettled([working, ...running.keys(), ...waiting]);
    },
  };
};

/** One job from its lease to its ending. Never rejects: what fails here is run again when the lease ends. */
const runJob = async (options: JobRunnerOptions, leased: LeasedJob): Promise<void> => {
  try {
    if (leased.attempts > options.maxAttempts) {
      await bury(options, leased, 'it ended its process, or outlived its lease, each time');
      return;
    }
    await finish(options, leased, await attempt(options, leased));
  } catch (error) {
    options.onError(error, leased.job);
  }
};

type Attempted = JobResult | { readonly done: false; readonly failed: true; readonly reason: string };

const attempt = async ({ handler, onError }: JobRunnerOptions, { job }: LeasedJob): Promise<Attempted> => {
  try {
    return await handler(job);
  } catch (error) {
    onError(error, job);
    // The text of an exception may hold what must not be stored (invariant 15); its kind does not.
    return { done: false, failed: true, reason: error instanceof Error ? error.name : 'thrown' };
  }
};

const finish = async (options: JobRunnerOptions, leased: LeasedJob, result: Attempted): Promise<void> => {
  const { queue, clock, waits } = options;
  if (result.done) return queue.complete(leased.id);
  if ('giveUp' in result) return queue.bury(leased.id, result.reason);
  if ('failed' in result) return tryAgain(options, leased, result.reason, 0);
  if (waits?.(leased.job, result.reason) !== true)
    return tryAgain(options, leased, result.reason, result.again);
  return queue.postpone(leased.id, clock.now() + Math.max(1, result.again), result.reason);
};

const tryAgain = async (
  options: JobRunnerOptions,
  leased: LeasedJob,
  reason: string,
  atLeast: number,
): Promise<void> => {
  const { queue, clock, backoff, maxAttempts } = options;
  if (leased.attempts >= maxAttempts) return bury(options, leased, reason);
  // In the future, or draining would never end.
  const delay = Math.max(1, atLeast, backoff(leased.attempts));
  return queue.retry(leased.id, clock.now() + delay, reason);
};

const bury = async (
  { queue, onDead }: JobRunnerOptions,
  leased: LeasedJob,
  reason: string,
): Promise<void> => {
  await onDead(leased.job, reason);
  await queue.bury(leased.id, reason);
};
