import type { Engine } from '../engine.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import type { SqliteConnection } from './connection.ts';
import { transactionsOn } from './dialect.ts';
import type { GroupCommit } from './group-commit.ts';

/** `reader` is a connection of its own: the writer's would show what its group has not committed yet. */
export const sqliteEngine = (
  writer: SqliteConnection,
  reader: SqliteConnection,
  group: GroupCommit,
): Engine => {
  const committed = transactionsOn<LedgerSchema>(reader)(() => true);
  const transaction = transactionsOn<LedgerSchema>(writer);
  const write: Engine['write'] = (work) =>
    group.run((scope) => work(transaction(() => scope.open && writer.inTransaction)));
  return {
    // Outside a transaction every write would be durable on its own, which nobody asked for.
    write,
    read: (work) => work(committed),
    async snapshot(work) {
      reader.execute('begin');
      try {
        return await work(committed);
      } finally {
        reader.execute('commit');
      }
    },
    bulk: write,
  };
};
