import { createHash } from 'node:crypto';
import { type Job, jobKey } from '@gatewright/payment-core';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { type Db, fromKysely, PgBoss } from 'pg-boss';
import type { LedgerSchema } from '../../tables/schema.ts';
import { installJobClock } from './job-clock.ts';

export interface BossOptions {
  readonly pool: pg.Pool;
  /** Where pg-boss keeps its tables; several ledgers of one database may share it. */
  readonly jobsSchema: string;
  /** The ledger's own schema: its jobs are a queue of their own. */
  readonly schema: string;
  /** pg-boss's maintenance: statistics, vacuum and index watch, its own leftovers. For processes that stay. */
  readonly supervise: boolean;
  readonly onError: (error: unknown) => void;
}

export interface Boss {
  readonly boss: PgBoss;
  readonly jobsSchema: string;
  readonly queue: string;
  readonly deadLetters: string;
  /** For calls of pg-boss that belong to a transaction. */
  within(db: Kysely<LedgerSchema>): { readonly db: Db };
  stop(): Promise<void>;
}

/** pg-boss removes a job that waits longer: never. */
const RETENTION_SECONDS = 2_147_483_647;
/** The longest that pg-boss takes. Leases are ours and end earlier (leases.ts). */
const EXPIRE_SECONDS = 24 * 60 * 60;
/** The runner's policy decides when a job has failed for good. */
const RETRY_LIMIT = 2_147_483_647;

const onPool = (pool: pg.Pool): Db => ({
  // Without values pg sends a text of several statements, which pg-boss's installation is.
  executeSql: (text, values = []) => (values.length === 0 ? pool.query(text) : pool.query(text, values)),
});

const openQueues = async (boss: PgBoss, queue: string, deadLetters: string): Promise<void> => {
  const kept = { retentionSeconds: RETENTION_SECONDS, expireInSeconds: EXPIRE_SECONDS };
  if ((await boss.getQueue(deadLetters)) === null) await boss.createQueue(deadLetters, kept);
  if ((await boss.getQueue(queue)) === null)
    await boss.createQueue(queue, { ...kept, retryLimit: RETRY_LIMIT, deadLetter: deadLetters });
};

/** Installs or updates pg-boss in its schema and opens the ledger's queue. The caller holds the migration lock. */
export const startBoss = async (options: BossOptions): Promise<Boss> => {
  const { pool, jobsSchema, schema, supervise, onError } = options;
  const db = onPool(pool);
  const known = await pool.query('select 1 from pg_namespace where nspname = $1', [jobsSchema]);
  const boss = new PgBoss({
    db,
    schema: jobsSchema,
    createSchema: known.rowCount === 0,
    supervise,
    schedule: supervise,
  });
  boss.on('error', onError);
  const stop = () => boss.stop({ graceful: false, close: false });
  const queue = `ledger/${schema}`;
  const deadLetters = `${queue}/dead`;
  try {
    await boss.start();
    await openQueues(boss, queue, deadLetters);
    await installJobClock(db, jobsSchema);
  } catch (error) {
    // Its timers would outlive a start that failed half-way.
    await stop();
    throw error;
  }
  return {
    boss,
    jobsSchema,
    queue,
    deadLetters,
    within: (transaction) => ({ db: fromKysely(transaction) }),
    stop,
  };
};

/** The same work has the same id, so that pg-boss's primary key makes unfinished jobs unique by key. */
export const jobId = (job: Job): string => {
  const hex = createHash('sha256').update(jobKey(job)).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
};
