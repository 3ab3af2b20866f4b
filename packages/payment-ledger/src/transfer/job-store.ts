import type { Kysely } from 'kysely';
import type { LedgerSchema } from '../tables/schema.ts';
import type { StoredJob } from './stored-job.ts';

/** An engine's jobs, to be moved. */
export interface JobStore {
  /** Unfinished and dead ones, in any order. */
  all(db: Kysely<LedgerSchema>): Promise<readonly StoredJob[]>;
  put(db: Kysely<LedgerSchema>, job: StoredJob): Promise<void>;
}
