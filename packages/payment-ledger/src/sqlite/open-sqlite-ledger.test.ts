import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TempFolder, tempFolder, virtualClock } from '../../test/temp-ledger.ts';
import type { OwnTables } from '../own-tables.ts';
import { openConnection } from './connection.ts';
import { openSqliteLedger } from './open-sqlite-ledger.ts';

describe('openSqliteLedger', () => {
  let folder: TempFolder;
  beforeEach(async () => {
    folder = await tempFolder();
  });
  afterEach(() => folder.remove());

  const open = (tables?: OwnTables, path = folder.path('ledger.db')) =>
    openSqliteLedger({ path, clock: virtualClock(), random: randomBytes, ...(tables && { tables }) });
  const mustOpen = async (tables?: OwnTables) => {
    const opened = await open(tables);
    if (!opened.ok) throw new Error(opened.message);
    return opened;
  };

  it('migrates a new file once and finds everything there the second time', async () => {
    const first = await mustOpen();
    expect(first.migrated).toEqual([
      '0001-ledger',
      '0002-jobs',
      '0003-vault',
      '0004-operators',
      '0005-pages',
      '0006-review-keys',
      '0007-pending-events',
      '0008-reviews-of-order',
      '0009-leases',
    ]);
    expect(first.location).toBe(`sqlite:${folder.path('ledger.db')}`);
    await first.ledger.transact((tx) => tx.jobs.enqueue({ kind: 'apply-event', inbox: 'a' }, 7));
    await first.close();
    const second = await mustOpen();
    expect(second.migrated).toEqual([]);
    expect(await second.jobs.nextRunAt()).toBe(7);
    await second.close();
  });

  it('keeps a write-ahead log, syncs every commit, enforces foreign keys', () => {
    const connection = openConnection(folder.path('ledger.db'), { readOnly: false });
    const pragma = (name: string) => Object.values(connection.execute(`pragma ${name}`).rows[0] ?? {})[0];
    expect(['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map(pragma)).toEqual([
      'wal',
      2,
      1,
      10_000,
    ]);
    connection.close();
  });

  it('makes the file and its log readable for its owner only', async () => {
    const opened = await mustOpen();
    for (const suffix of ['', '-wal', '-shm']) {
      expect(statSync(folder.path('ledger.db') + suffix).mode & 0o777, suffix).toBe(0o600);
    }
    await opened.close();
  });

  it('refuses a folder that is not there and a file that is no database', async () => {
    const missing = await open(undefined, folder.path('nowhere/ledger.db'));
    expect(missing).toMatchObject({ ok: false, reason: 'cannot-open' });
    writeFileSync(
      folder.path('text.db'),
      'this is a text file, and longer than a header of SQLite '.repeat(20),
    );
    const text = await open(undefined, folder.path('text.db'));
    expect(text).toMatchObject({ ok: false, reason: 'cannot-open' });
  });

  it('refuses a file that a newer version has written, and leaves it as it is', async () => {
    await (await mustOpen()).close();
    const database = new DatabaseSync(folder.path('ledger.db'));
    database.exec("insert into gatewright_migrations values ('9999-future', '2026-11-21T00:00:00.000Z')");
    database.close();
    const refused = await open();
    expect(refused).toMatchObject({ ok: false, reason: 'newer-schema' });
    expect(refused.ok ? '' : refused.message).toContain('newer version');
  });

  describe('with tables of a wrapper', () => {
    const first = {
      name: 'sessions',
      statements: ['create table shop_sessions (id text primary key, shop text)'],
    };
    const second = { name: 'scope', statements: ['alter table shop_sessions add column scope text'] };
    const sessions: OwnTables = { name: 'shop', migrations: [first] };

    it('writes them in the same transaction, whole or not at all', async () => {
      const { ledger, jobs, close } = await mustOpen(sessions);
      const hostile = "'); drop table shop_sessions; --";
      await ledger.transact(async (tx) => {
        await tx.sql`insert into shop_sessions (id, shop) values (${'one'}, ${hostile})`;
        await tx.jobs.enqueue({ kind: 'apply-event', inbox: 'a' }, 7);
      });
      const broken = ledger.transact(async (tx) => {
        await tx.sql`insert into shop_sessions (id, shop) values (${'two'}, ${null})`;
        await tx.jobs.enqueue({ kind: 'apply-event', inbox: 'b' }, 3);
        throw new Error('no');
      });
      await expect(broken).rejects.toThrow('no');
      const rows = await ledger.transact((tx) => tx.sql`select id, shop from shop_sessions`);
      expect(rows).toEqual([{ id: 'one', shop: hostile }]);
      expect(await jobs.nextRunAt()).toBe(7);
      await close();
    });

    it('runs each of its migrations once, in its own order', async () => {
      const opened = await mustOpen(sessions);
      expect(opened.migrated).toContain('0001-sessions');
      await opened.close();
      const later = await mustOpen({ name: 'shop', migrations: [first, second] });
      expect(later.migrated).toEqual(['0002-scope']);
      await later.close();
    });

    it('changes nothing when one of its migrations fails', async () => {
      const broken = { name: 'broken', statements: ['create table shop_more (id text)', 'create tabel x'] };
      const refused = await open({ name: 'shop', migrations: [first, broken] });
      expect(refused).toMatchObject({ ok: false, reason: 'migration-failed' });
      const database = new DatabaseSync(folder.path('ledger.db'));
      expect(database.prepare('select count(*) as tables from sqlite_master').get()).toEqual({ tables: 0 });
      database.close();
    });

    it('refuses a name that could reach into our tables', async () => {
      for (const name of ['gatewright', 'Shop', 'a b', '']) {
        await expect(open({ name, migrations: [] })).rejects.toThrow('name');
      }
    });
  });
});
