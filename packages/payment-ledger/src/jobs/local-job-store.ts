import { jobKey, jobSchema } from '@gatewright/payment-core';
import type { JobStore } from '../transfer/job-store.ts';

/** The local runner's jobs, to be moved. */
export const localJobStore: JobStore = {
  async all(db) {
    const rows = await db
      .selectFrom('jobs')
      .select(['body', 'due_at', 'again_at', 'attempts', 'dead_reason'])
      .orderBy('n')
      .execute();
    return rows.map((row) => ({
      job: jobSchema.parse(JSON.parse(row.body)),
      dueAt: Math.min(row.due_at, row.again_at ?? row.due_at),
      attempts: row.attempts,
      dead: row.dead_reason,
    }));
  },
  async put(db, { job, dueAt, attempts, dead }) {
    await db
      .insertInto('jobs')
      .values({
        kind: job.kind,
        key: jobKey(job),
        body: JSON.stringify(job),
        due_at: dueAt,
        leased: 0,
        lease: 0,
        attempts,
        dead_reason: dead,
      })
      .execute();
  },
};
