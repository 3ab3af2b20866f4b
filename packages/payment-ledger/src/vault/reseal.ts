import type { Kysely } from 'kysely';
import type { LedgerSchema } from '../tables/schema.ts';
import { accountPlace } from './accounts.ts';
import type { KeyRing } from './key-ring.ts';
import { pluginKeyPlace } from './plugin-keys.ts';
import { openSealed, type SealedPlace, type Sealer } from './seal.ts';
import { storefrontPlace } from './storefront-credentials.ts';

type Db = Kysely<LedgerSchema>;

const proofPlace = (keyId: string): SealedPlace => ({ store: '', owner: keyId, field: 'key-check' });

export type KeyCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'missing-key' | 'wrong-key'; readonly keyId: string };

/** Proves the ring against every key that has sealed something in this ledger. */
export const checkKeys = async (db: Db, sealer: Sealer): Promise<KeyCheck> => {
  const checks = await db.selectFrom('key_checks').selectAll().orderBy('key_id').execute();
  for (const { key_id: keyId, proof } of checks) {
    const opened = sealer.open(proofPlace(keyId), proof);
    if (!opened.ok) return opened;
  }
  return { ok: true };
};

/** From now on this ledger needs the key. */
export const rememberKey = async (db: Db, { current }: KeyRing, sealer: Sealer): Promise<void> => {
  const known = await db
    .selectFrom('key_checks')
    .select('key_id')
    .where('key_id', '=', current)
    .executeTakeFirst();
  if (known !== undefined) return;
  await db
    .insertInto('key_checks')
    .values({ key_id: current, proof: sealer.seal(proofPlace(current), current) })
    .execute();
};

/** Seals everything anew with the current key; afterwards no other key is needed. Answers how many secrets there are. */
export const resealAll = async (db: Db, { current }: KeyRing, sealer: Sealer): Promise<number> => {
  const anew = (place: SealedPlace, sealed: string): string =>
    sealer.seal(place, openSealed(sealer, place, sealed));
  const accounts = await db.selectFrom('accounts').select(['id', 'store', 'config']).execute();
  for (const row of accounts) {
    const config = anew(accountPlace(row), row.config);
    await db.updateTable('accounts').set({ config }).where('id', '=', row.id).execute();
  }
  const pluginKeys = await db.selectFrom('plugin_keys').select(['key_id', 'store', 'secret']).execute();
  for (const row of pluginKeys) {
    const secret = anew(pluginKeyPlace(row), row.secret);
    await db.updateTable('plugin_keys').set({ secret }).where('key_id', '=', row.key_id).execute();
  }
  const storefronts = await db
    .selectFrom('storefront_credentials')
    .select(['store', 'credentials'])
    .execute();
  for (const row of storefronts) {
    const credentials = anew(storefrontPlace(row.store), row.credentials);
    await db
      .updateTable('storefront_credentials')
      .set({ credentials })
      .where('store', '=', row.store)
      .execute();
  }
  await db.deleteFrom('key_checks').where('key_id', '!=', current).execute();
  return accounts.length + pluginKeys.length + storefronts.length;
};
