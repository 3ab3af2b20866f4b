import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import type { SignedWebhook } from './webhooks.ts';

const lookEveryMs = 50;

/** Reads beside the bridge; a write-ahead log lets both work. */
const reading = async <T>(path: string, work: (count: (sql: string) => number) => T): Promise<Awaited<T>> => {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
  try {
    return await work((sql) => Number(Object.values(database.prepare(sql).get() ?? {})[0]));
  } finally {
    database.close();
  }
};

const untold = `select (select count(*) from inbox where state = 'pending')
  + (select count(*) from instructions where state = 'pending')`;

/**
 * Waits until every stored webhook is applied and every shop has heard.
 * @returns `performance.now()` then
 */
export const untilApplied = (path: string): Promise<number> =>
  reading(path, async (count) => {
    while (count(untold) > 0) await wait(lookEveryMs);
    return performance.now();
  });

export interface Stored {
  readonly webhooks: number;
  readonly settledInvoices: number;
  readonly unsettledOrders: number;
}

export const storedIn = (path: string): Promise<Stored> =>
  reading(path, (count) => ({
    webhooks: count('select count(*) from inbox'),
    settledInvoices: count(`select count(*) from invoices where status = 'settled'`),
    unsettledOrders: count(`select count(*) from claims where state <> 'acknowledged'`),
  }));

/** Acknowledged webhooks that are not in the file, by the bytes of their bodies. */
export const missingFrom = (path: string, acknowledged: readonly SignedWebhook[]): number => {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  const bodies = new Set(
    database
      .prepare('select body from inbox')
      .all()
      .map(({ body }) => (body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '')),
  );
  database.close();
  return acknowledged.filter(({ body }) => !bodies.has(body)).length;
};
