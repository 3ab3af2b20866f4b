import { type JobTable, jobKey } from '@gatewright/payment-core';
import { type Kysely, sql } from 'kysely';
import type { LedgerSchema } from './schema.ts';

export const jobTable = (db: Kysely<LedgerSchema>): JobTable => ({
  async enqueue(job, runAt) {
    const earlier = (column: 'due_at' | 'again_at') =>
      sql<number>`case when ${sql.ref(`jobs.${column}`)} <= ${runAt} then ${sql.ref(`jobs.${column}`)} else ${runAt} end`;
    await db
      .insertInto('jobs')
      .values({
        kind: job.kind,
        key: jobKey(job),
        body: JSON.stringify(job),
        due_at: runAt,
        leased: 0,
        lease: 0,
        attempts: 0,
      })
      .onConflict((conflict) =>
        conflict
          .column('key')
          .where('dead_reason', 'is', null)
          .doUpdateSet({
            due_at: sql`case when jobs.leased = 1 then jobs.due_at else ${earlier('due_at')} end`,
            again_at: sql`case when jobs.leased = 1 then ${earlier('again_at')} else jobs.again_at end`,
          }),
      )
      .execute();
  },
});
