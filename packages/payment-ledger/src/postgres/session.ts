import type pg from 'pg';
import type { PostgresConnection } from './dialect.ts';

/** How a transaction begins. */
export interface Begin {
  readonly isolation: 'serializable' | 'read committed' | 'repeatable read read only';
  /** Takes its time and runs once: without the limits that keep others from waiting for it. */
  readonly unhurried?: boolean;
}

const beginText = ({ isolation, unhurried = false }: Begin): string => {
  const begin = `begin isolation level ${isolation}`;
  return unhurried
    ? `${begin}; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`
    : begin;
};

/** One client of a pool inside one transaction. */
export interface Session extends PostgresConnection {
  /** What failed first: PostgreSQL gives up a transaction with its first error, whoever catches it. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** A transaction of which nothing is kept. */
export class TransactionFailed extends Error {
  /** What failed first in it, which decides whether it may run again. */
  readonly first: unknown;
  /** What its caller is told: the work's own error where it threw one. */
  readonly thrown: unknown;

  constructor(first: unknown, thrown: unknown) {
    super('a transaction failed');
    this.first = first;
    this.thrown = thrown;
  }
}

/**
 * Runs `work` in one transaction on a client of its own. Statements of parallel promises run one after another.
 * @throws TransactionFailed, also where the work caught what had failed
 */
export const inTransaction = async <T>(
  pool: pg.Pool,
  begin: Begin,
  work: (session: Session) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect();
  let lost: Error | undefined;
  const onLost = (error: Error): void => {
    lost ??= error;
  };
  // A connection that drops while it is checked out has no other listener, which would end the process.
  client.on('error', onLost);
  const { session, end } = openSession(client);
  try {
    await client.query(beginText(begin));
    const value = await work(session);
    await end();
    if (session.failure !== undefined) throw session.failure.error;
    await client.query('commit');
    return value;
  } catch (error) {
    await end();
    await client.query('rollback').catch(onLost);
    throw new TransactionFailed(session.failure === undefined ? error : session.failure.error, error);
  } finally {
    client.removeListener('error', onLost);
    // A client in an unknown state is not given to the next one.
    client.release(lost);
  }
};

const openSession = (client: pg.PoolClient) => {
  let last: Promise<unknown> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  let open = true;
  const session: Session = {
    get failure() {
      return failure;
    },
    execute(text, parameters) {
      if (!open) return Promise.reject(new Error('ledger: this transaction has ended'));
      const run = last.then(() => client.query<Record<string, unknown>>(text, [...parameters]));
      last = run.catch((error: unknown) => {
        failure ??= { error };
      });
      return run;
    },
  };
  return {
    session,
    /** Takes no more statements and waits for those that nobody waited for. */
    end: async (): Promise<void> => {
      open = false;
      await last;
    },
  };
};
