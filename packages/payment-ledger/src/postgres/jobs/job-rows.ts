import type { Job } from '@gatewright/payment-core';
import { type Kysely, sql } from 'kysely';
import type { LedgerSchema } from '../../tables/schema.ts';
import { type Boss, jobId } from './boss.ts';

type Db = Kysely<LedgerSchema>;

/**
 * The statements of our own on pg-boss's job table. pg-boss hands out jobs in the order of `created_on`; ours are
 * kept there at the time they are due, so that the longest due comes first and its fetch index finds it at once.
 */

export const table = ({ jobsSchema }: Boss) => sql.id(jobsSchema, 'job');
const instant = (ms: number) => new Date(ms).toISOString();

/** Moves a waiting job. `anew` also forgets its attempts. */
export const placeJob = async (
  db: Db,
  boss: Boss,
  id: string,
  at: number,
  { anew }: { readonly anew: boolean },
): Promise<void> => {
  const attempts = anew ? sql`, retry_count = 0, started_on = null` : sql``;
  await sql`
    update ${table(boss)} set start_after = ${instant(at)}, created_on = ${instant(at)} ${attempts}
    where name = ${boss.queue} and id = ${id} and state < 'active'`.execute(db);
};

/**
 * Moves a waiting job to `at` when that is earlier, and locks it either way: no worker takes and finishes it before
 * what this transaction wrote can be seen. False: it is not waiting.
 */
export const moveEarlier = async (db: Db, boss: Boss, id: string, at: number): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update ${table(boss)}
    set start_after = least(start_after, ${instant(at)}), created_on = least(created_on, ${instant(at)})
    where name = ${boss.queue} and id = ${id} and state < 'active'`.execute(db);
  return numAffectedRows === 1n;
};

/** What is due and nobody else is taking, longest due first; locked, so that a fetch of as many takes the same ones. */
export const dueJobs = async (db: Db, boss: Boss, now: number, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from ${table(boss)}
    where name = ${boss.queue} and state < 'active' and not blocked and priority = 0 and created_on <= ${instant(now)}
    order by priority desc, created_on limit ${limit} for update skip locked`.execute(db);
  return rows.map(({ id }) => id);
};

export const nextDue = async (db: Db, boss: Boss): Promise<number | undefined> => {
  const { rows } = await sql<{ created_on: Date }>`
    select created_on from ${table(boss)}
    where name = ${boss.queue} and state < 'active' and not blocked and priority = 0
    order by priority desc, created_on limit 1`.execute(db);
  return rows[0]?.created_on.getTime();
};

/** For a job that was moved here: as if it had been handed out so often and given back. */
export const setAttempts = async (db: Db, boss: Boss, job: Job, attempts: number): Promise<void> => {
  await sql`
    update ${table(boss)} set retry_count = ${attempts - 1}, started_on = created_on
    where name = ${boss.queue} and id = ${jobId(job)}`.execute(db);
};
