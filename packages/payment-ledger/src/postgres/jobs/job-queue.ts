import { type JobQueue, jobSchema, type LeasedJob } from '@gatewright/payment-core';
import type { Kysely } from 'kysely';
import type { LedgerSchema } from '../../tables/schema.ts';
import type { PostgresEngine } from '../engine.ts';
import type { Boss } from './boss.ts';
import { type Burial, burialSchema } from './burial.ts';
import { setJobClock } from './job-clock.ts';
import { dueJobs, nextDue, placeJob } from './job-rows.ts';
import { bossJobTable } from './job-table.ts';
import { endedLeases, endLease, type Lease, nextLeaseEnd, takeLeases } from './leases.ts';

type Db = Kysely<LedgerSchema>;

const earlier = (a: number | undefined, b: number): number => Math.min(a ?? b, b);

/** Gives jobs whose worker died back to pg-boss, which counts the attempt when it hands them out again. */
const returnEnded = async (db: Db, boss: Boss, now: number, limit: number): Promise<void> => {
  const ended = await endedLeases(db, now, limit);
  if (ended.length === 0) return;
  const jobs = ended.map(({ job }) => job);
  await boss.boss.fail(boss.queue, jobs, { reason: 'the lease ended' }, boss.within(db));
  for (const { job, until } of ended) await placeJob(db, boss, job, until, { anew: false });
};

const lease = async (
  db: Db,
  boss: Boss,
  now: number,
  leaseMs: number,
  limit: number,
): Promise<LeasedJob[]> => {
  await setJobClock(db, now);
  await returnEnded(db, boss, now, limit);
  const due = await dueJobs(db, boss, now, limit);
  if (due.length === 0) return [];
  const options = { batchSize: due.length, ...boss.within(db) };
  const fetched = await boss.boss.fetch<unknown>(boss.queue, options);
  const byId = new Map(fetched.map((row) => [row.id, row]));
  // One that another transaction let go between the two statements may have come in the place of a later one.
  const taken = [...byId.keys()].sort((a, b) => due.indexOf(a) - due.indexOf(b));
  const leases = await takeLeases(db, taken, now, now + leaseMs);
  return taken.flatMap((id) => {
    const row = byId.get(id);
    const number = leases.get(id);
    if (row === undefined || number === undefined) throw new Error('ledger: a job was taken without a lease');
    const job = jobSchema.safeParse(row.data);
    // Of a newer version; a process of that version has it when this lease ends.
    if (!job.success) return [];
    return { id: String(number), job: job.data, attempts: row.retryCount + 1 };
  });
};

const waitAgain = async (
  db: Db,
  boss: Boss,
  job: string,
  at: number,
  output: object | null,
  anew: boolean,
): Promise<void> => {
  await boss.boss.fail(boss.queue, job, output, boss.within(db));
  await placeJob(db, boss, job, at, { anew });
};

const complete = async (db: Db, boss: Boss, { job, againAt }: Lease): Promise<void> => {
  if (againAt !== undefined) return waitAgain(db, boss, job, againAt, null, true);
  await boss.boss.deleteJob(boss.queue, job, boss.within(db));
};

/** Failed for good: pg-boss copies it to the dead letters; the job itself goes, so that its key is free. */
const bury = async (db: Db, boss: Boss, { job, againAt }: Lease, burial: Burial): Promise<void> => {
  const within = boss.within(db);
  const [row] = await boss.boss.findJobs<unknown>(boss.queue, { id: job, ...within });
  await boss.boss.fail(boss.queue, job, burial, within);
  await boss.boss.update(boss.queue, undefined, { id: job, retryLimit: 0, ...within });
  await boss.boss.fail(boss.queue, job, burial, within);
  await boss.boss.deleteJob(boss.queue, job, within);
  if (againAt !== undefined) await bossJobTable(db, boss).enqueue(jobSchema.parse(row?.data), againAt);
};

const dead = async (boss: Boss) => {
  const rows = await boss.boss.findJobs<unknown>(boss.deadLetters);
  return rows
    .flatMap(({ data, sourceOutput, sourceRetryCount }) => {
      const job = jobSchema.safeParse(data);
      const { lease: number, reason } = burialSchema.parse(sourceOutput);
      const attempts = (sourceRetryCount ?? 0) + 1;
      return job.success ? [{ number, job: job.data, attempts, reason }] : [];
    })
    .sort((a, b) => a.number - b.number)
    .map(({ number, ...rest }) => ({ id: String(number), ...rest }));
};

/** The job queue on pg-boss; leases, their fence and their order are ours (docs/decisions/0008). */
export const bossJobQueue = (engine: PostgresEngine, boss: Boss): JobQueue => {
  const end = async (id: string, work: (db: Db, ended: Lease) => Promise<void>): Promise<void> => {
    if (!/^\d{1,15}$/.test(id)) return;
    await engine.lock(async (db) => {
      const ended = await endLease(db, Number(id));
      if (ended !== undefined) await work(db, ended);
    });
  };

  return {
    lease: (now, leaseMs, limit) =>
      limit < 1 ? Promise.resolve([]) : engine.lock((db) => lease(db, boss, now, leaseMs, limit)),
    complete: (id) => end(id, (db, ended) => complete(db, boss, ended)),
    postpone: (id, runAt, reason) =>
      end(id, (db, { job, againAt }) => waitAgain(db, boss, job, earlier(againAt, runAt), { reason }, true)),
    retry: (id, runAt, reason) =>
      end(id, (db, { job, againAt }) => waitAgain(db, boss, job, earlier(againAt, runAt), { reason }, false)),
    bury: (id, reason) => end(id, (db, ended) => bury(db, boss, ended, { lease: Number(id), reason })),
    nextRunAt: () =>
      engine.read(async (db) => {
        const times = [await nextDue(db, boss), await nextLeaseEnd(db)].filter((time) => time !== undefined);
        return times.length === 0 ? undefined : Math.min(...times);
      }),
    dead: () => dead(boss),
  };
};
