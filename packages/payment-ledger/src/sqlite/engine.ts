import type { Engine } from '../engine.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import type { SqliteConnection } from './connection.ts';
import { kyselyOn, transactionsOn } from './dialect.ts';
import type { GroupCommit } from './group-commit.ts';

/** `reader` is a connection of its own: the writer's would show what its group has not committed yet. */
export const sqliteEngine = (
  writer: SqliteConnection,
  reader: SqliteConnection,
  group: GroupCommit,
): Engine => {
  const committed = kyselyOn<LedgerSchema>(reader);
  const transaction = transactionsOn<LedgerSchema>(writer);
  return {
    // Outside a transaction every write would be durable on its own, which nobody asked for.
    write: (work) => group.run((scope) => work(transaction(() => scope.open && writer.inTransaction))),
    read: (work) => work(committed),
  };
};
