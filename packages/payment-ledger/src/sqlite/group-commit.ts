import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqliteConnection } from './connection.ts';

export interface GroupCommit {
  /** Runs `work` in a savepoint of its own and answers after the commit that it shared with its neighbours. */
  run<T>(work: (scope: TransactionScope) => Promise<T>): Promise<T>;
  /** Waits for what was asked for before; refuses what comes after. */
  close(): Promise<void>;
}

export interface TransactionScope {
  readonly open: boolean;
}

export interface GroupCommitOptions {
  readonly connection: SqliteConnection;
  /** Told after every commit how many transactions it made durable. */
  readonly onCommit?: ((transactions: number) => void) | undefined;
}

/** Bounds how long the file is locked and how many wait for one slow neighbour. */
const MAX_GROUP = 128;

interface Member {
  /** Runs the work; answers what tells the caller, once it is durable. */
  attempt(): Promise<() => void>;
  fail(error: unknown): void;
}

/** Lets everything that has arrived at the sockets ask for its transaction before the next group begins. */
const arrivals = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Group commit (architecture.md, Scale): transactions that arrive while a commit is under way share the next
 * BEGIN…COMMIT, one after another and each in its own savepoint. Nothing is acknowledged before the COMMIT; a
 * failed one takes only its own savepoint back.
 */
export const createGroupCommit = ({ connection, onCommit }: GroupCommitOptions): GroupCommit => {
  const queue: Member[] = [];
  const current = new AsyncLocalStorage<TransactionScope | undefined>();
  let pumping: Promise<void> | undefined;
  let closed = false;

  const pump = async (): Promise<void> => {
    do {
      await arrivals();
      await commitTogether(connection, queue.splice(0, MAX_GROUP), onCommit);
    } while (queue.length > 0);
    pumping = undefined;
  };

  return {
    run<T>(work: (scope: TransactionScope) => Promise<T>): Promise<T> {
      if (closed) return Promise.reject(new Error('ledger: it is closed'));
      if (current.getStore()?.open === true) {
        return Promise.reject(new Error('ledger: a transaction inside a transaction would wait for itself'));
      }
      return new Promise<T>((resolve, reject) => {
        queue.push({
          async attempt() {
            const scope = { open: true };
            try {
              const value = await current.run(scope, () => work(scope));
              return () => resolve(value);
            } finally {
              scope.open = false;
            }
          },
          fail: reject,
        });
        // The pump outlives this call, so it must not run inside the caller's async context.
        pumping ??= current.run(undefined, pump);
      });
    },
    async close() {
      closed = true;
      await pumping;
    },
  };
};

const commitTogether = async (
  connection: SqliteConnection,
  members: readonly Member[],
  onCommit: GroupCommitOptions['onCommit'],
): Promise<void> => {
  const acknowledge: (() => void)[] = [];
  try {
    connection.execute('begin immediate');
    for (const member of members) {
      const done = await inSavepoint(connection, member);
      if (done !== undefined) acknowledge.push(done);
    }
    connection.execute('commit');
  } catch (error) {
    if (connection.inTransaction) connection.execute('rollback');
    for (const member of members) member.fail(error);
    return;
  }
  onCommit?.(acknowledge.length);
  for (const tell of acknowledge) tell();
};

/** @throws when the whole transaction is lost, and with it the savepoints before this one. */
const inSavepoint = async (
  connection: SqliteConnection,
  member: Member,
): Promise<(() => void) | undefined> => {
  connection.execute('savepoint member');
  try {
    const done = await member.attempt();
    connection.execute('release member');
    return done;
  } catch (error) {
    // SQLite gives up the whole transaction by itself when the disk is full or broken.
    if (!connection.inTransaction) throw error;
    connection.execute('rollback to member');
    connection.execute('release member');
    member.fail(error);
    return undefined;
  }
};
