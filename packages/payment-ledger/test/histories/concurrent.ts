import { createMemoryLedger, type JobQueue, jobKey, type Ledger } from '@gatewright/payment-core';
import fc from 'fast-check';
import { meetingStep, readAll, type Step } from './steps.ts';

type Work = readonly Step[];

const work = fc.array(meetingStep, { minLength: 1, maxLength: 4 });

/** Some transactions one after another, then a few at once. */
export const concurrentHistory = fc.record({
  before: fc.array(work, { maxLength: 5 }),
  atOnce: fc.array(work, { minLength: 2, maxLength: 4 }),
});
export type ConcurrentHistory =
  typeof concurrentHistory extends fc.Arbitrary<infer History> ? History : never;

/** What one transaction heard, or that it was refused. */
const hear = async (ledger: Ledger, steps: Work): Promise<string> => {
  let heard: unknown[] = [];
  const run = ledger.transact(async (tx) => {
    // An engine may run the work again; only its last run counts.
    heard = [];
    for (const step of steps) heard.push(await step(tx));
  });
  return run.then(
    () => JSON.stringify(heard),
    () => 'refused',
  );
};

const later = 1_000;

/** Everything that a history left behind, its jobs included; takes the jobs. */
const leftIn = async (ledger: Ledger, jobs: JobQueue): Promise<string> => {
  const next = await jobs.nextRunAt();
  const waiting = (await jobs.lease(later, 1, later)).map(({ job }) => jobKey(job)).sort();
  return JSON.stringify([await hear(ledger, readAll), next, waiting]);
};

export interface Observed {
  /** In the order of `atOnce`. */
  readonly heard: readonly string[];
  readonly left: string;
}

/** Runs the history as it says, the last transactions all at the same time. */
export const observe = async (
  ledger: Ledger,
  jobs: JobQueue,
  { before, atOnce }: ConcurrentHistory,
): Promise<Observed> => {
  for (const steps of before) await hear(ledger, steps);
  const heard = await Promise.all(atOnce.map((steps) => hear(ledger, steps)));
  return { heard, left: await leftIn(ledger, jobs) };
};

const orders = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((first, i) =>
        orders([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [first, ...rest]),
      );

/** Is there an order in which the same transactions, one after another, hear and leave behind the same? */
export const isSerial = async (
  { before, atOnce }: ConcurrentHistory,
  observed: Observed,
): Promise<boolean> => {
  const memory = createMemoryLedger();
  for (const steps of before) await hear(memory, steps);
  const start = memory.snapshot();
  for (const order of orders(atOnce.map((steps, i) => ({ steps, heard: observed.heard[i] })))) {
    memory.restore(start);
    let same = true;
    for (const { steps, heard } of order) same = (await hear(memory, steps)) === heard && same;
    if (same && (await leftIn(memory, memory.jobs)) === observed.left) return true;
  }
  return false;
};
