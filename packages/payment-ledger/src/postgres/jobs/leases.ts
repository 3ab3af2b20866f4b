import { type Kysely, sql } from 'kysely';
import type { LedgerSchema } from '../../tables/schema.ts';

type Db = Kysely<LedgerSchema>;

/**
 * Who has which job and until when. pg-boss's own expiry counts whole seconds, is fixed when a job is sent and swept
 * by the minute; and it has no place for work that is asked for again while its job runs.
 */

export interface Lease {
  readonly job: string;
  /** When it was asked for again meanwhile. */
  readonly againAt: number | undefined;
}

/** Gives each job a lease with a number that was never used; what was asked for until now is covered by it. */
export const takeLeases = async (
  db: Db,
  jobs: readonly string[],
  now: number,
  until: number,
): Promise<ReadonlyMap<string, number>> => {
  const rows = await db
    .insertInto('job_leases')
    .values(jobs.map((job) => ({ job, until, again_at: null })))
    .onConflict((conflict) =>
      conflict.column('job').doUpdateSet({
        lease: sql`excluded.lease`,
        until,
        again_at: sql`case when job_leases.again_at > ${now} then job_leases.again_at end`,
      }),
    )
    .returning(['job', 'lease'])
    .execute();
  return new Map(rows.map(({ job, lease }) => [job, lease]));
};

/** Ends a lease; undefined when it is no longer the last one of its job. */
export const endLease = async (db: Db, lease: number): Promise<Lease | undefined> => {
  const row = await db
    .deleteFrom('job_leases')
    .where('lease', '=', lease)
    .returning(['job', 'again_at'])
    .executeTakeFirst();
  return row === undefined ? undefined : { job: row.job, againAt: row.again_at ?? undefined };
};

/** False: nobody has this job. */
export const askAgain = async (db: Db, job: string, at: number): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('job_leases')
    .set({ again_at: sql`least(again_at, ${at}::bigint)` })
    .where('job', '=', job)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

/** Leases whose worker did not come back, the longest ended first. */
export const endedLeases = (db: Db, now: number, limit: number) =>
  db
    .selectFrom('job_leases')
    .select(['job', 'until'])
    .where('until', '<=', now)
    .orderBy('until')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();

export const nextLeaseEnd = async (db: Db): Promise<number | undefined> => {
  const row = await db.selectFrom('job_leases').select('until').orderBy('until').limit(1).executeTakeFirst();
  return row?.until;
};
