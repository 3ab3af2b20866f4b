import { type JobTable, jobKey } from '@gatewright/payment-core';
import { type Insertable, type Kysely, sql } from 'kysely';
import { prepared } from './prepared.ts';
import type { JobsTable, LedgerSchema } from './schema.ts';

type NewJob = Pick<
  Insertable<JobsTable>,
  'kind' | 'key' | 'body' | 'due_at' | 'leased' | 'lease' | 'attempts'
>;

/** The earlier one of the two; SQLite's `min` has another name in PostgreSQL. */
const earlier = (column: 'due_at' | 'again_at', runAt: number) =>
  sql<number>`case when ${sql.ref(`jobs.${column}`)} <= ${runAt} then ${sql.ref(`jobs.${column}`)} else ${runAt} end`;

const insertJob = prepared((db, job: NewJob) =>
  db
    .insertInto('jobs')
    .values(job)
    .onConflict((conflict) =>
      conflict
        .column('key')
        .where('dead_reason', 'is', null)
        .doUpdateSet({
          due_at: sql`case when jobs.leased = 1 then jobs.due_at else ${earlier('due_at', job.due_at)} end`,
          again_at: sql`case when jobs.leased = 1 then ${earlier('again_at', job.due_at)} else jobs.again_at end`,
        }),
    ),
);

export const jobTable = (db: Kysely<LedgerSchema>): JobTable => ({
  async enqueue(job, runAt) {
    await insertJob(db, {
      kind: job.kind,
      key: jobKey(job),
      body: JSON.stringify(job),
      due_at: runAt,
      leased: 0,
      lease: 0,
      attempts: 0,
    });
  },
});
