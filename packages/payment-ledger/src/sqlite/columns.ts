import type { EngineColumns } from '../engine.ts';

export const sqliteColumns: EngineColumns = {
  bytes: 'blob',
  sequence: { type: 'integer', build: (column) => column.primaryKey() },
  counter: { type: 'integer', build: (column) => column.primaryKey().autoIncrement() },
};
