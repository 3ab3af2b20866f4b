import type pg from 'pg';
import type { PostgresConnection } from './dialect.ts';

export type Isolation = 'serializable' | 'read committed' | 'repeatable read read only';

/** One client of a pool inside one transaction. */
export interface Session extends PostgresConnection {
  /** What failed first: PostgreSQL gives up a transaction with its first error, whoever catches it. */
  readonly failure: { readonly error: unknown } | undefined;
}

/**
 * Runs `work` in one transaction on a client of its own. Statements of parallel promises run one after another.
 * @throws what failed first inside, even where the work caught it: nothing of such a transaction is kept
 */
export const inTransaction = async <T>(
  pool: pg.Pool,
  isolation: Isolation,
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
    await client.query(`begin isolation level ${isolation}`);
    const value = await work(session);
    await end();
    if (session.failure !== undefined) throw session.failure.error;
    await client.query('commit');
    return value;
  } catch (error) {
    await end();
    await client.query('rollback').catch(onLost);
    throw session.failure?.error ?? error;
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
