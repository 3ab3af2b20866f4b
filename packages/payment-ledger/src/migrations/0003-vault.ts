import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { EngineColumns } from '../engine.ts';

type Db = Kysely<unknown>;

const createStores = async (db: Db, { sequence }: EngineColumns): Promise<void> => {
  await db.schema
    .createTable('stores')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull().unique())
    .addColumn('policy', 'text', (column) => column.notNull())
    .addColumn('settings', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('accounts')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('store', 'text', (column) => column.notNull().references('stores.id'))
    .addColumn('gateway', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('config', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('accounts_store').on('accounts').columns(['store', 'seq']).execute();
};

const createPairing = async (db: Db, { sequence }: EngineColumns): Promise<void> => {
  await db.schema
    .createTable('plugin_keys')
    .addColumn('seq', sequence.type, sequence.build)
    .addColumn('key_id', 'text', (column) => column.notNull().unique())
    .addColumn('store', 'text', (column) => column.notNull().references('stores.id'))
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('plugin_keys_store').on('plugin_keys').columns(['store', 'seq']).execute();
  await db.schema
    .createTable('storefront_credentials')
    .addColumn('store', 'text', (column) => column.primaryKey().references('stores.id'))
    .addColumn('credentials', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('one_time_codes')
    .addColumn('digest', 'text', (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('store', 'text', (column) => column.notNull().references('stores.id'))
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await db.schema.createIndex('one_time_codes_expiry').on('one_time_codes').column('expires_at').execute();
  await db.schema
    .createTable('nonces')
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('nonces_key', ['key_id', 'nonce'])
    .execute();
  await db.schema.createIndex('nonces_expiry').on('nonces').column('expires_at').execute();
};

/** Stores, their accounts and secrets (sealed), and what pairing needs. */
export const vaultMigration = (columns: EngineColumns): Migration => ({
  async up(db: Db) {
    await createStores(db, columns);
    await createPairing(db, columns);
    await db.schema
      .createTable('key_checks')
      .addColumn('key_id', 'text', (column) => column.primaryKey())
      .addColumn('proof', 'text', (column) => column.notNull())
      .execute();
  },
});
