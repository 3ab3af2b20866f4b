import { type JobQueue, jobKey, type LeasedJob, type Ledger } from '@gatewright/payment-core';
import fc from 'fast-check';
import { anyStep, instant, limit, type Step } from './steps.ts';

/** How an engine may differ from the memory ledger without breaking a promise. */
export interface Leeway {
  /** A call that throws ends its transaction, even where the work catches it. */
  readonly errorsEnd: boolean;
  /** Jobs that are due at the same time come in any order. */
  readonly tiesAreOpen: boolean;
}

/** The lease ids of one ledger, in the order it gave them: the other one's look different. */
type QueueStep = (jobs: JobQueue, leases: string[], leeway: Leeway) => Promise<unknown>;
type Transaction = { readonly steps: readonly Step[]; readonly fails: boolean };
export type Action = Transaction | { readonly queue: QueueStep };

/** Ids are left out: they are the ledger's own. */
const withoutId = <T extends { readonly id: string }>({ id: _own, ...rest }: T) => rest;

const byKey = (a: LeasedJob, b: LeasedJob): number => jobKey(a.job).localeCompare(jobKey(b.job));
const everyJob = 10;

const lease =
  (now: number, most: number): QueueStep =>
  async (jobs, leases, { tiesAreOpen }) => {
    const leased = await jobs.lease(now, 2, tiesAreOpen ? everyJob : most);
    const ordered = tiesAreOpen ? [...leased].sort(byKey) : leased;
    leases.push(...ordered.map(({ id }) => id));
    return ordered.map(withoutId);
  };

const dead: QueueStep = async (jobs, _leases, { tiesAreOpen }) => {
  const buried = (await jobs.dead()).map(withoutId);
  return tiesAreOpen ? buried.map((row) => JSON.stringify(row)).sort() : buried;
};

const which = fc.nat({ max: 5 });
const queueStep = fc.oneof(
  fc.tuple(instant, limit).map(([now, most]) => lease(now, most)),
  which.map(
    (i): QueueStep =>
      (jobs, leases) =>
        jobs.complete(leases.at(-i) ?? ''),
  ),
  fc.tuple(which, instant).map(
    ([i, at]): QueueStep =>
      (jobs, leases) =>
        jobs.retry(leases.at(-i) ?? '', at, 'r'),
  ),
  fc.tuple(which, instant).map(
    ([i, at]): QueueStep =>
      (jobs, leases) =>
        jobs.postpone(leases.at(-i) ?? '', at, 'r'),
  ),
  which.map(
    (i): QueueStep =>
      (jobs, leases) =>
        jobs.bury(leases.at(-i) ?? '', 'dead'),
  ),
  fc.constant<QueueStep>((jobs) => jobs.nextRunAt()),
  fc.constant<QueueStep>(dead),
);

const transaction: fc.Arbitrary<Action> = fc.record({
  steps: fc.array(anyStep, { minLength: 1, maxLength: 6 }),
  fails: fc.boolean(),
});

/** A history of transactions and of what workers do, one after another. */
export const actions = fc.array(
  fc.oneof(
    { arbitrary: transaction, weight: 2 },
    { arbitrary: queueStep.map((queue): Action => ({ queue })), weight: 1 },
  ),
  { minLength: 10, maxLength: 40 },
);

/** What a ledger answers to a history, call by call. */
export const answers = async (
  ledger: Ledger,
  jobs: JobQueue,
  script: readonly Action[],
  leeway: Leeway,
): Promise<unknown[]> => {
  const leases: string[] = [];
  const heard: unknown[] = [];
  for (const action of script) {
    if ('queue' in action) {
      heard.push(await action.queue(jobs, leases, leeway).catch(() => 'throws'));
      continue;
    }
    heard.push(await transactionAnswers(ledger, action, leeway));
  }
  return heard;
};

const transactionAnswers = async (
  ledger: Ledger,
  { steps, fails }: Transaction,
  { errorsEnd }: Leeway,
): Promise<unknown[]> => {
  let heard: unknown[] = [];
  const run = ledger.transact(async (tx) => {
    // An engine may run the work again; only its last run counts.
    heard = [];
    for (const step of steps) {
      try {
        heard.push(await step(tx));
      } catch (error) {
        heard.push('throws');
        if (errorsEnd) throw error;
      }
    }
    if (fails) throw new Error('rolled back');
  });
  await run.catch(() => undefined);
  return heard;
};
