import {
  type Mode,
  newStoreId,
  type Policy,
  policySchema,
  type Store,
  type StoreId,
} from '@gatewright/payment-core';
import type { Selectable } from 'kysely';
import { prepared } from '../tables/prepared.ts';
import type { StoresTable } from './schema.ts';
import { normaliseStoreUrl } from './store-url.ts';
import type { VaultContext } from './vault-context.ts';

/** A shop with what its wrapper keeps about it. */
export interface StoreRecord extends Store {
  readonly platform: string;
  readonly url: string;
  /** The wrapper's own settings, plain JSON; no secrets. */
  readonly settings: unknown;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface NewStore {
  readonly name: string;
  readonly mode: Mode;
  readonly platform: string;
  readonly url: string;
  readonly policy?: Policy;
  readonly settings?: unknown;
}

export type AddStoreResult =
  | { readonly ok: true; readonly store: StoreRecord }
  | { readonly ok: false; readonly reason: 'malformed-url' | 'url-taken' };

export interface StoreVault {
  store(id: StoreId): Promise<StoreRecord | undefined>;
  /** By any spelling of its URL. */
  storeByUrl(url: string): Promise<StoreRecord | undefined>;
  /** Oldest first. */
  stores(): Promise<readonly StoreRecord[]>;
  addStore(store: NewStore): Promise<AddStoreResult>;
  /** False: no such store. */
  setPolicy(id: StoreId, policy: Policy): Promise<boolean>;
  setSettings(id: StoreId, settings: unknown): Promise<boolean>;
  /** Goes live, or back to test: only accounts of the new mode are offered, and invoices of the old one settle nothing. */
  setMode(id: StoreId, mode: Mode): Promise<boolean>;
}

const storeRecord = (row: Selectable<StoresTable>): StoreRecord => ({
  id: row.id,
  name: row.name,
  mode: row.mode,
  policy: policySchema.parse(JSON.parse(row.policy)),
  platform: row.platform,
  url: row.url,
  settings: JSON.parse(row.settings),
  createdAt: row.created_at,
});

const jsonOf = (value: unknown): string => JSON.stringify(value ?? null);

const selectBy = (column: 'id' | 'url') =>
  prepared((db, { value }: { readonly value: string }) =>
    db.selectFrom('stores').selectAll().where(column, '=', value),
  );

const select = { id: selectBy('id'), url: selectBy('url') };

export const storeVault = ({ engine, clock, random }: VaultContext): StoreVault => {
  const find = async (column: 'id' | 'url', value: string): Promise<StoreRecord | undefined> => {
    const [row] = (await engine.read((db) => select[column](db, { value }))).rows;
    return row === undefined ? undefined : storeRecord(row);
  };

  const set = async (
    id: StoreId,
    change: { policy: string } | { settings: string } | { mode: Mode },
  ): Promise<boolean> => {
    const { numUpdatedRows } = await engine.write((db) =>
      db.updateTable('stores').set(change).where('id', '=', id).executeTakeFirstOrThrow(),
    );
    return numUpdatedRows === 1n;
  };

  return {
    store: (id) => find('id', id),
    async storeByUrl(text) {
      const normalised = normaliseStoreUrl(text);
      return normalised.ok ? find('url', normalised.url) : undefined;
    },
    async stores() {
      const rows = await engine.read((db) => db.selectFrom('stores').selectAll().orderBy('seq').execute());
      return rows.map(storeRecord);
    },
    async addStore({ name, mode, platform, url, policy, settings }) {
      const normalised = normaliseStoreUrl(url);
      if (!normalised.ok) return normalised;
      const row = await engine.write((db) =>
        db
          .insertInto('stores')
          .values({
            id: newStoreId(random),
            name,
            mode,
            platform,
            url: normalised.url,
            policy: JSON.stringify(policySchema.parse(policy ?? {})),
            settings: jsonOf(settings),
            created_at: clock.now(),
          })
          .onConflict((conflict) => conflict.column('url').doNothing())
          .returningAll()
          .executeTakeFirst(),
      );
      return row === undefined ? { ok: false, reason: 'url-taken' } : { ok: true, store: storeRecord(row) };
    },
    setPolicy: (id, policy) => set(id, { policy: JSON.stringify(policySchema.parse(policy)) }),
    setSettings: (id, settings) => set(id, { settings: jsonOf(settings) }),
    setMode: (id, mode) => set(id, { mode }),
  };
};
