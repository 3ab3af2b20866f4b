import type { Kysely } from 'kysely';
import type { LedgerSchema } from '../tables/schema.ts';

/** What is done by one at a time: what it is for, a colon, and whose it is. @example `shopify-tokens:${shop}` */
export type LeaseName = `${string}:${string}`;

export interface Lease {
  readonly name: LeaseName;
  /** Whoever asks, by a name that nobody else has. */
  readonly holder: string;
}

/** What a turn began with. `after-a-dead-one`: whoever had it before died in the middle of it. */
export type TurnStart = 'fresh' | 'after-a-dead-one';

/**
 * Whose turn it is, over all processes. No lock and no connection is held while somebody has it. Instants are ms since
 * epoch.
 */
export interface LeaseTable {
  /** `held`: somebody has it until later than `now`. */
  take(lease: Lease, now: number, endsAt: number): Promise<TurnStart | 'held'>;
  /** False: it was overtaken or given back. */
  renew(lease: Lease, endsAt: number): Promise<boolean>;
  /** False: it was not the holder's, and nothing was done. */
  giveBack(lease: Lease): Promise<boolean>;
}

export const leaseTable = (db: Kysely<LedgerSchema>): LeaseTable => ({
  async take({ name, holder }, now, endsAt) {
    // Whoever lives takes its row away at the end.
    const dead = await db
      .deleteFrom('leases')
      .where('name', '=', name)
      .where('ends_at', '<=', now)
      .executeTakeFirstOrThrow();
    const taken = await db
      .insertInto('leases')
      .values({ name, holder, ends_at: endsAt })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .executeTakeFirstOrThrow();
    if (taken.numInsertedOrUpdatedRows !== 1n) return 'held';
    return dead.numDeletedRows === 1n ? 'after-a-dead-one' : 'fresh';
  },
  async renew({ name, holder }, endsAt) {
    const { numUpdatedRows } = await db
      .updateTable('leases')
      .set({ ends_at: endsAt })
      .where('name', '=', name)
      .where('holder', '=', holder)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  },
  async giveBack({ name, holder }) {
    const { numDeletedRows } = await db
      .deleteFrom('leases')
      .where('name', '=', name)
      .where('holder', '=', holder)
      .executeTakeFirstOrThrow();
    return numDeletedRows === 1n;
  },
});
