import { seconds } from '../../../src/identity/clock.ts';
import { jobHandler } from '../../../src/ledger/handle-job.ts';
import { type JobResult, jobKey, type LeasedJob } from '../../../src/ledger/job.ts';
import type { JobQueue } from '../../../src/ledger/job-queue.ts';
import type { Ports } from '../../../src/ports.ts';
import type { Door } from '../process/port-call.ts';

/** Shorter than the steps of the read schedule, so that leases end within a run. */
const leaseMs = seconds(45);

const leaseText = (leased: readonly LeasedJob[]): string =>
  leased.map(({ id, job }) => `${id.replace(/^\[(\d+),(\d+)\]$/, 'job $1.$2')} ${jobKey(job)}`).join();

const ending = { what: 'ending the job', outcomes: ['ok'] } as const;

const finish = async (queue: JobQueue, door: Door, ports: Ports, leased: LeasedJob, result: JobResult) => {
  const end = (work: () => Promise<void>) => door.ask(ending, work);
  if (result.done) return end(() => queue.complete(leased.id));
  if ('giveUp' in result) return end(() => queue.bury(leased.id, result.reason));
  const runAt = ports.clock.now() + Math.max(1, result.again);
  return end(() => queue.retry(leased.id, runAt, result.reason));
};

/**
 * One job from its lease to its ending, as the job runner of payment-ledger does it, without its backoff and its last
 * attempt: a job that is not done comes back exactly when it asked to.
 */
export const workOneJob = async (ports: Ports, queue: JobQueue, door: Door): Promise<void> => {
  const [leased] = await door.ask(
    { what: 'taking a job', outcomes: ['ok'] },
    () => queue.lease(ports.clock.now(), leaseMs, 1),
    leaseText,
  );
  if (leased) await finish(queue, door, ports, leased, await jobHandler(ports)(leased.job));
};
