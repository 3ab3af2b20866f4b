import type { StoreId } from '@gatewright/payment-core';
import type { Kysely, Selectable } from 'kysely';
import type { LedgerSchema } from '../tables/schema.ts';
import type { PluginKeysTable } from './schema.ts';
import { openSealed, type SealedPlace } from './seal.ts';
import type { VaultContext } from './vault-context.ts';

/** Signs the calls between one shop's plugin and the bridge (bridge-api.md, Authentication). */
export interface PluginKey {
  readonly keyId: string;
  readonly store: StoreId;
  readonly secret: string;
  readonly createdAt: number;
}

export interface PluginKeyVault {
  /** Makes the key the store's newest; the one before stays valid until the rotation ends, older ones do not. */
  setPluginKey(
    store: StoreId,
    key: { readonly keyId: string; readonly secret: string },
  ): Promise<SetPluginKeyResult>;
  findPluginKey(keyId: string): Promise<PluginKey | undefined>;
  /** The newest first: the one to sign with. At most two. */
  pluginKeysOf(store: StoreId): Promise<readonly PluginKey[]>;
  /** Leaves the newest key only. */
  endPluginKeyRotation(store: StoreId): Promise<void>;
  /** Leaves none: the shop is unpaired. */
  removePluginKeys(store: StoreId): Promise<void>;
}

export type SetPluginKeyResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown-store' | 'key-id-taken' };

export const pluginKeyPlace = (row: { readonly store: StoreId; readonly key_id: string }): SealedPlace => ({
  store: row.store,
  owner: row.key_id,
  field: 'plugin-secret',
});

export const pluginKeyVault = ({ engine, sealer, clock }: VaultContext): PluginKeyVault => {
  const pluginKey = (row: Selectable<PluginKeysTable>): PluginKey => ({
    keyId: row.key_id,
    store: row.store,
    secret: openSealed(sealer, pluginKeyPlace(row), row.secret),
    createdAt: row.created_at,
  });

  /** Keeps the store's `kept` newest keys. */
  const removeAllBut = async (db: Kysely<LedgerSchema>, store: StoreId, kept: number): Promise<void> => {
    const newest = db.selectFrom('plugin_keys').select('seq').where('store', '=', store);
    const oldestKept = newest
      .orderBy('seq', 'desc')
      .limit(1)
      .offset(kept - 1);
    await db.deleteFrom('plugin_keys').where('store', '=', store).where('seq', '<', oldestKept).execute();
  };

  return {
    setPluginKey: (store, { keyId, secret }) =>
      engine.write(async (db): Promise<SetPluginKeyResult> => {
        const owner = await db.selectFrom('stores').select('id').where('id', '=', store).executeTakeFirst();
        if (owner === undefined) return { ok: false, reason: 'unknown-store' };
        const sealed = sealer.seal(pluginKeyPlace({ store, key_id: keyId }), secret);
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('plugin_keys')
          .values({ key_id: keyId, store, secret: sealed, created_at: clock.now() })
          .onConflict((conflict) => conflict.column('key_id').doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows !== 1n) return { ok: false, reason: 'key-id-taken' };
        await removeAllBut(db, store, 2);
        return { ok: true };
      }),
    async findPluginKey(keyId) {
      const row = await engine.read((db) =>
        db.selectFrom('plugin_keys').selectAll().where('key_id', '=', keyId).executeTakeFirst(),
      );
      return row === undefined ? undefined : pluginKey(row);
    },
    async pluginKeysOf(store) {
      const rows = await engine.read((db) =>
        db.selectFrom('plugin_keys').selectAll().where('store', '=', store).orderBy('seq', 'desc').execute(),
      );
      return rows.map(pluginKey);
    },
    endPluginKeyRotation: (store) => engine.write((db) => removeAllBut(db, store, 1)),
    removePluginKeys: (store) =>
      engine.write(async (db) => {
        await db.deleteFrom('plugin_keys').where('store', '=', store).execute();
      }),
  };
};
