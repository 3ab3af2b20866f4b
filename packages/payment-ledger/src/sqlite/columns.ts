import type { EngineColumns } from '../engine.ts';
import { localJobsMigration } from '../migrations/0002-jobs.ts';

export const sqliteColumns: EngineColumns = {
  bytes: 'blob',
  sequence: { type: 'integer', build: (column) => column.primaryKey() },
  counter: { type: 'integer', build: (column) => column.primaryKey().autoIncrement() },
  jobs: localJobsMigration,
};
