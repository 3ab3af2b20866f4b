import { jobSchema } from '@gatewright/payment-core';
import { type Kysely, sql } from 'kysely';
import type { LedgerSchema } from '../../tables/schema.ts';
import type { JobStore } from '../../transfer/job-store.ts';
import type { StoredJob } from '../../transfer/stored-job.ts';
import type { Boss } from './boss.ts';
import { burialSchema } from './burial.ts';
import { setAttempts, table } from './job-rows.ts';
import { bossJobTable } from './job-table.ts';

type Db = Kysely<LedgerSchema>;

interface Unfinished {
  readonly data: unknown;
  readonly due: Date;
  readonly until: number | null;
  readonly again_at: number | null;
  readonly attempts: number;
}

const unfinished = async (db: Db, boss: Boss): Promise<StoredJob[]> => {
  const { rows } = await sql<Unfinished>`
    select job.data, job.created_on as due, leases.until, leases.again_at,
      case when job.started_on is null then 0 else job.retry_count + 1 end as attempts
    from ${table(boss)} job left join job_leases leases on leases.job = job.id
    where job.name = ${boss.queue} and job.state <= 'active'
    order by job.created_on`.execute(db);
  return rows.map(({ data, due, until, again_at: againAt, attempts }) => {
    const dueAt = until ?? due.getTime();
    return { job: jobSchema.parse(data), dueAt: Math.min(dueAt, againAt ?? dueAt), attempts, dead: null };
  });
};

const dead = async (db: Db, boss: Boss): Promise<StoredJob[]> => {
  const { rows } = await sql<{ data: unknown; source_output: unknown; attempts: number; due: Date }>`
    select data, source_output, coalesce(source_retry_count, 0) + 1 as attempts, source_created_on as due
    from ${table(boss)} where name = ${boss.deadLetters} order by created_on`.execute(db);
  return rows.map((row) => ({
    job: jobSchema.parse(row.data),
    dueAt: row.due.getTime(),
    attempts: row.attempts,
    dead: burialSchema.parse(row.source_output).reason,
  }));
};

const putDead = async (
  db: Db,
  boss: Boss,
  { job, dueAt, attempts, dead: reason }: StoredJob,
): Promise<void> => {
  const id = await boss.boss.send(boss.deadLetters, job, boss.within(db));
  const burial = JSON.stringify({ lease: 0, reason });
  await sql`
    update ${table(boss)} set source_name = ${boss.queue}, source_output = ${burial}::jsonb,
      source_retry_count = ${attempts - 1}, source_created_on = ${new Date(dueAt).toISOString()}
    where name = ${boss.deadLetters} and id = ${id}`.execute(db);
};

/** pg-boss's jobs, to be moved. */
export const bossJobStore = (boss: Boss): JobStore => ({
  all: async (db) => [...(await unfinished(db, boss)), ...(await dead(db, boss))],
  async put(db, stored) {
    if (stored.dead !== null) return putDead(db, boss, stored);
    await bossJobTable(db, boss).enqueue(stored.job, stored.dueAt);
    if (stored.attempts > 0) await setAttempts(db, boss, stored.job, stored.attempts);
  },
});
