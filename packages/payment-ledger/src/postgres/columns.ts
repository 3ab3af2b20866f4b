import type { EngineColumns } from '../engine.ts';
import { jobLeasesMigration } from '../migrations/0002-job-leases.ts';

const sequence: EngineColumns['sequence'] = {
  type: 'bigint',
  // By default, not always: an import brings its own numbers.
  build: (column) => column.generatedByDefaultAsIdentity().primaryKey(),
};

export const postgresColumns: EngineColumns = {
  bytes: 'bytea',
  sequence,
  counter: sequence,
  jobs: jobLeasesMigration,
};
