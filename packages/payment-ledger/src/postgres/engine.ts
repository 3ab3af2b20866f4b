import { AsyncLocalStorage } from 'node:async_hooks';
import type { RandomBytes } from '@gatewright/payment-core';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { Engine } from '../engine.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import { kyselyOn } from './dialect.ts';
import { once, retrying } from './retry.ts';
import { type Begin, inTransaction, type Session } from './session.ts';

export interface PostgresEngine extends Engine {
  /** A transaction whose correctness rests on row locks, not on the order PostgreSQL finds for it: the jobs' own. */
  lock<T>(work: (db: Kysely<LedgerSchema>) => Promise<T>): Promise<T>;
  /** Refuses new transactions and waits for the running ones. */
  close(): Promise<void>;
}

export interface PostgresEngineOptions {
  readonly writers: pg.Pool;
  /** Apart from the writers: a look-up inside a transaction must not wait for a connection that waits for it. */
  readonly readers: pg.Pool;
  readonly random: RandomBytes;
  readonly onCommit?: ((transactions: number) => void) | undefined;
}

/**
 * Transactions are serializable: PostgreSQL itself finds an order in which they could have run one after another, or
 * fails one of them, which then runs again. So `work` may run more than once; only its last run is kept.
 */
export const postgresEngine = ({
  writers,
  readers,
  random,
  onCommit,
}: PostgresEngineOptions): PostgresEngine => {
  const committed = kyselyOn<LedgerSchema>({
    execute: (text, parameters) => readers.query(text, [...parameters]),
  });
  const current = new AsyncLocalStorage<{ open: boolean }>();
  const running = new Set<Promise<unknown>>();
  let closed = false;

  const run = <T>(begin: Begin, work: (db: Kysely<LedgerSchema>) => Promise<T>): Promise<T> => {
    if (closed) return Promise.reject(new Error('ledger: it is closed'));
    if (current.getStore()?.open === true) {
      return Promise.reject(new Error('ledger: a transaction inside a transaction would wait for itself'));
    }
    const inScope = (session: Session): Promise<T> => {
      const scope = { open: true };
      return current
        .run(scope, async () => work(kyselyOn<LedgerSchema>(session)))
        .finally(() => {
          scope.open = false;
        });
    };
    const attempt = () => inTransaction(writers, begin, inScope);
    const done = begin.unhurried === true ? once(attempt) : retrying(random, attempt);
    const settled = done.then(
      () => onCommit?.(1),
      () => undefined,
    );
    running.add(settled);
    settled.finally(() => running.delete(settled)).catch(() => undefined);
    return done;
  };

  return {
    write: (work) => run({ isolation: 'serializable' }, work),
    lock: (work) => run({ isolation: 'read committed' }, work),
    snapshot: (work) => run({ isolation: 'repeatable read read only', unhurried: true }, work),
    bulk: (work) => run({ isolation: 'serializable', unhurried: true }, work),
    read: (work) => work(committed),
    async close() {
      closed = true;
      await Promise.all(running);
    },
  };
};
