import { type Job, type JobQueue, jobSchema, type LeasedJob } from '@gatewright/payment-core';
import { type Kysely, sql } from 'kysely';
import type { Engine } from '../engine.ts';
import { jobTable } from '../tables/jobs.ts';
import { prepared } from '../tables/prepared.ts';
import type { LedgerSchema } from '../tables/schema.ts';

type Db = Kysely<LedgerSchema>;

/** A process of an older version leaves jobs alone that only a newer one knows. */
const knownKinds = jobSchema.options.map((option) => option.shape.kind.value);

interface Lease {
  readonly n: number;
  readonly lease: number;
}

const leaseId = ({ n, lease }: Lease): string => `${n}.${lease}`;

const parseLeaseId = (id: string): Lease | undefined => {
  const [, n, lease] = /^(\d{1,15})\.(\d{1,15})$/.exec(id) ?? [];
  return n === undefined || lease === undefined ? undefined : { n: Number(n), lease: Number(lease) };
};

const readJob = (body: string): Job => jobSchema.parse(JSON.parse(body));

const unfinished = (db: Db) =>
  db.selectFrom('jobs').where('dead_reason', 'is', null).where('kind', 'in', knownKinds);

const selectDue = prepared((db, { now, limit }: { readonly now: number; readonly limit: number }) =>
  unfinished(db)
    .where('due_at', '<=', now)
    .select(['n', 'lease', 'attempts', 'body'])
    .orderBy('due_at')
    .orderBy('n')
    .limit(limit),
);

interface Leasing {
  readonly n: number;
  readonly next_lease: number;
  readonly attempts: number;
  readonly until: number;
  readonly now: number;
}

const updateLeased = prepared((db, { n, next_lease, attempts, until, now }: Leasing) =>
  db
    .updateTable('jobs')
    .set({
      leased: 1,
      due_at: until,
      lease: next_lease,
      attempts,
      // A lease that ended without a word covers what was asked for until now.
      again_at: sql<number | null>`case when again_at > ${now} then again_at end`,
    })
    .where('n', '=', n),
);

const deleteDone = prepared((db, { n, lease: held }: Lease) =>
  db
    .deleteFrom('jobs')
    .where('n', '=', n)
    .where('lease', '=', held)
    .where('leased', '=', 1)
    .where('again_at', 'is', null),
);

const updateAskedAgain = prepared((db, { n, lease: held }: Lease) =>
  db
    .updateTable('jobs')
    .set({ leased: 0, due_at: sql`again_at`, again_at: null, attempts: 0, note: null })
    .where('n', '=', n)
    .where('lease', '=', held)
    .where('leased', '=', 1),
);

/** Leases one job after the other: they are few, and the order of RETURNING is not defined. */
const lease = async (db: Db, now: number, leaseMs: number, limit: number): Promise<LeasedJob[]> => {
  const due = (await selectDue(db, { now, limit })).rows;
  const leased: LeasedJob[] = [];
  for (const row of due) {
    const next = { n: row.n, lease: row.lease + 1 };
    const attempts = row.attempts + 1;
    await updateLeased(db, { n: row.n, next_lease: next.lease, attempts, until: now + leaseMs, now });
    leased.push({ id: leaseId(next), job: readJob(row.body), attempts });
  }
  return leased;
};

const complete = async (db: Db, held: Lease): Promise<void> => {
  const { numAffectedRows } = await deleteDone(db, held);
  if (numAffectedRows !== 1n) await updateAskedAgain(db, held);
};

const waitAgain = async (
  db: Db,
  held: Lease,
  runAt: number,
  change: { note: string; attempts?: 0 },
): Promise<void> => {
  await db
    .updateTable('jobs')
    .set({
      ...change,
      leased: 0,
      due_at: sql`case when again_at < ${runAt} then again_at else ${runAt} end`,
      again_at: null,
    })
    .where('n', '=', held.n)
    .where('lease', '=', held.lease)
    .where('leased', '=', 1)
    .execute();
};

const bury = async (db: Db, held: Lease, reason: string): Promise<void> => {
  const buried = await db
    .updateTable('jobs')
    .set({ leased: 0, dead_reason: reason })
    .where('n', '=', held.n)
    .where('lease', '=', held.lease)
    .where('leased', '=', 1)
    .returning(['body', 'again_at'])
    .executeTakeFirst();
  if (buried === undefined || buried.again_at === null) return;
  await jobTable(db).enqueue(readJob(buried.body), buried.again_at);
};

const nextRunAt = async (db: Db): Promise<number | undefined> => {
  const next = unfinished(db).select('due_at').orderBy('due_at').orderBy('n').limit(1);
  return (await next.executeTakeFirst())?.due_at;
};

const dead = async (db: Db) => {
  const rows = await db
    .selectFrom('jobs')
    .select(['n', 'lease', 'body', 'attempts', 'dead_reason'])
    .where('dead_reason', 'is not', null)
    .where('kind', 'in', knownKinds)
    .orderBy('n')
    .execute();
  return rows.map((row) => ({
    id: leaseId(row),
    job: readJob(row.body),
    attempts: row.attempts,
    reason: row.dead_reason ?? '',
  }));
};

/** The job queue in the ledger's own tables; every ending is a transaction that shares the group's commit. */
export const sqlJobQueue = (engine: Engine): JobQueue => {
  const end = async (id: string, work: (db: Db, held: Lease) => Promise<void>): Promise<void> => {
    const held = parseLeaseId(id);
    if (held !== undefined) await engine.write((db) => work(db, held));
  };

  return {
    lease: (now, leaseMs, limit) => engine.write((db) => lease(db, now, leaseMs, limit)),
    complete: (id) => end(id, complete),
    postpone: (id, runAt, reason) =>
      end(id, (db, held) => waitAgain(db, held, runAt, { note: reason, attempts: 0 })),
    retry: (id, runAt, reason) => end(id, (db, held) => waitAgain(db, held, runAt, { note: reason })),
    bury: (id, reason) => end(id, (db, held) => bury(db, held, reason)),
    nextRunAt: () => engine.read(nextRunAt),
    dead: () => engine.read(dead),
  };
};
