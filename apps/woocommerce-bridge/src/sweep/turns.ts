import { type StoreId, storeIdSchema } from '@gatewright/payment-core';
import type { SqlLedger, SqlTransaction } from '@gatewright/payment-ledger';
import * as z from 'zod';
import type { SweepMode } from './schedule.ts';
import { cursorAt, readCursor, type SweepCursor } from './sweep-cursor.ts';

/** A shop's turn to be asked for its changed orders, leased. */
export interface Turn {
  readonly store: StoreId;
  readonly mode: SweepMode;
  readonly cursor: SweepCursor;
  /** Turns that failed in a row before this one. */
  readonly failures: number;
}

const rowSchema = z.object({
  store: storeIdSchema,
  sweep_mode: z.enum(['rest-only', 'plugin']),
  swept_until: z.coerce.number(),
  sweep_cursor: z.string().nullable(),
  sweep_failures: z.coerce.number(),
});

/**
 * The one that has been due for longest, so that several processes share the shops and nobody reads one twice. A store
 * that is new to it begins now, not in its past.
 */
export const takeTurn = (
  ledger: SqlLedger,
  now: number,
  leaseMs: number,
  overlapMs: number,
): Promise<Turn | undefined> =>
  ledger.transact(async (tx) => {
    const [taken] = await tx.sql`update woocommerce_connections set next_sweep_at = ${now + leaseMs},
        swept_until = coalesce(swept_until, ${now})
      where next_sweep_at <= ${now} and store in
        (select store from woocommerce_connections where next_sweep_at <= ${now} order by next_sweep_at limit 1)
      returning store, sweep_mode, swept_until, sweep_cursor, sweep_failures`;
    if (taken === undefined) return undefined;
    const row = rowSchema.parse(taken);
    const cursor = readCursor(row.sweep_cursor) ?? cursorAt(row.swept_until - overlapMs);
    return { store: row.store, mode: row.sweep_mode, cursor, failures: row.sweep_failures };
  });

/** After a page: what was read of the shop stays read. */
export const keepCursor = async (tx: SqlTransaction, { store }: Turn, cursor: SweepCursor): Promise<void> => {
  await tx.sql`update woocommerce_connections
    set sweep_cursor = ${JSON.stringify(cursor)},
      swept_until = case when swept_until > ${cursor.at} then swept_until else ${cursor.at} end
    where store = ${store}`;
};

/** All that had changed was read. @param until by the shop's clock: what has changed before needs no second look */
export const endTurn = async (ledger: SqlLedger, { store }: Turn, until: number, next: number) => {
  await ledger.transact(
    (tx) => tx.sql`update woocommerce_connections set sweep_cursor = null,
      swept_until = case when swept_until > ${until} then swept_until else ${until} end,
      sweep_failures = ${0}, next_sweep_at = ${next} where store = ${store}`,
  );
};

/** More is left, or the shop did not answer: the cursor stays. */
export const putOff = async (
  ledger: SqlLedger,
  { store }: Turn,
  failures: number,
  next: number,
): Promise<void> => {
  await ledger.transact(
    (tx) => tx.sql`update woocommerce_connections
      set sweep_failures = ${failures}, next_sweep_at = ${next} where store = ${store}`,
  );
};

/** Gives every store its turns, in the mode it is in now. One that is new to REST-only mode begins it now. */
export const seedTurns = (
  ledger: SqlLedger,
  stores: ReadonlyMap<StoreId, SweepMode>,
  now: number,
): Promise<void> =>
  ledger.transact(async (tx) => {
    const rows = await tx.sql`select store, sweep_mode from woocommerce_connections`;
    const known = new Map(rows.map((row) => [String(row.store), row.sweep_mode]));
    for (const [store, mode] of stores) {
      if (!known.has(store) || known.get(store) === mode) continue;
      await tx.sql`update woocommerce_connections set sweep_mode = ${mode}, sweep_cursor = null,
        swept_until = case when ${mode} = 'plugin' then swept_until end, sweep_failures = ${0}, next_sweep_at = ${now} where store = ${store}`;
    }
  });
