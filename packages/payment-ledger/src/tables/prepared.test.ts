import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TempFolder, tempFolder } from '../../test/temp-ledger.ts';
import { openConnection, type SqliteConnection } from '../sqlite/connection.ts';
import { kyselyOn } from '../sqlite/dialect.ts';
import { prepared } from './prepared.ts';
import type { LedgerSchema } from './schema.ts';

interface NonceRow {
  readonly key_id: string;
  readonly nonce: string;
  readonly expires_at: number;
}

describe('prepared statements', () => {
  let folder: TempFolder;
  let connection: SqliteConnection;
  let built: number;

  beforeEach(async () => {
    folder = await tempFolder();
    connection = openConnection(folder.path('prepared.db'), { readOnly: false });
    connection.execute('create table nonces (key_id text, nonce text, expires_at integer)');
    built = 0;
  });

  afterEach(async () => {
    connection.close();
    await folder.remove();
  });

  const insert = prepared((db, row: NonceRow) => {
    built += 1;
    return db.insertInto('nonces').values(row);
  });
  const expiring = prepared((db, { now, limit }: { now: number; limit: number }) =>
    db.selectFrom('nonces').selectAll().where('expires_at', '<=', now).limit(limit).orderBy('nonce'),
  );

  it('are built once and get their values by name, in whatever order these come', async () => {
    const db = kyselyOn<LedgerSchema>(connection);
    const first = await insert(db, { key_id: 'k', nonce: 'a', expires_at: 1 });
    await insert(db, { expires_at: 2, nonce: 'b', key_id: 'l' });
    expect(first.numAffectedRows).toBe(1n);
    expect(built).toBeLessThanOrEqual(1);
    const rows = (now: number, limit: number) => expiring(db, { now, limit }).then((result) => result.rows);
    expect(await rows(2, 10)).toEqual([
      { key_id: 'k', nonce: 'a', expires_at: 1 },
      { key_id: 'l', nonce: 'b', expires_at: 2 },
    ]);
    expect(await rows(2, 1)).toHaveLength(1);
    expect(await rows(1, 10)).toHaveLength(1);
    expect(await rows(0, 10)).toEqual([]);
  });

  it('bind a value that looks like SQL, and null', async () => {
    const db = kyselyOn<LedgerSchema>(connection);
    const nonce = `'); drop table nonces; --`;
    await insert(db, { key_id: 'k', nonce, expires_at: 1 });
    expect((await expiring(db, { now: 1, limit: 9 })).rows).toEqual([{ key_id: 'k', nonce, expires_at: 1 }]);
  });

  it('do not run without a value for every name', async () => {
    const db = kyselyOn<LedgerSchema>(connection);
    await insert(db, { key_id: 'k', nonce: 'a', expires_at: 1 });
    // The types forbid it; what is asked for here is that no row is written with a hole.
    const row = { key_id: 'k', nonce: 'b' } as NonceRow;
    expect(() => insert(db, row)).toThrow('expires_at has no value');
    expect((await expiring(db, { now: 9, limit: 9 })).rows).toHaveLength(1);
  });
});
