import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type OwnTables, openLedger, openPostgresLedger } from '../../src/index.ts';
import { virtualClock } from '../temp-ledger.ts';
import { openTestLedger, useTempDatabase } from './temp-database.ts';

const parts = { clock: virtualClock(), random: randomBytes };
const database = useTempDatabase();
const inSchema = (schema: string) => openTestLedger(database.url, { schema });

describe('openPostgresLedger', () => {
  it('migrates a new schema once and finds everything there the second time', async () => {
    const first = await inSchema('twice');
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
    expect(first.location).toMatch(/^postgres:\/\/127\.0\.0\.1:\d+\/t[0-9a-f]+ \(schema twice\)$/);
    await first.ledger.transact((tx) => tx.jobs.enqueue({ kind: 'apply-event', inbox: 'a' }, 7));
    await first.close();
    const second = await inSchema('twice');
    expect(second.migrated).toEqual([]);
    expect(await second.jobs.nextRunAt()).toBe(7);
    await second.close();
  });

  it('lets one of several processes migrate, while the others wait for it', async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, () => inSchema('together')));
    const migrated = opened.map((each) => each.migrated.length).sort();
    expect(migrated).toEqual([0, 0, 0, 9]);
    for (const { close } of opened) await close();
  });

  it('keeps the ledgers of two schemas, and their jobs, apart', async () => {
    const [a, b] = [await inSchema('apart_a'), await inSchema('apart_b')];
    const job = { kind: 'apply-event', inbox: 'same' } as const;
    await a.ledger.transact((tx) => tx.jobs.enqueue(job, 1));
    expect(await b.jobs.lease(9, 1, 10)).toEqual([]);
    await b.ledger.transact((tx) => tx.jobs.enqueue(job, 2));
    expect((await a.jobs.lease(9, 1, 10)).map((leased) => leased.job)).toEqual([job]);
    expect(await b.jobs.nextRunAt()).toBe(2);
    await Promise.all([a.close(), b.close()]);
  });

  it('refuses a schema that a newer version has written, and leaves it as it is', async () => {
    await (await inSchema('newer')).close();
    await database.query(
      `insert into newer.gatewright_migrations values ('9999-future', '2026-11-21T00:00:00.000Z')`,
    );
    const refused = await openPostgresLedger({ ...parts, connection: database.url, schema: 'newer' });
    expect(refused).toMatchObject({ ok: false, reason: 'newer-schema' });
    expect(refused.ok ? '' : refused.message).toContain('newer version');
  });

  it('is what openLedger opens for a postgres URL', async () => {
    const opened = await openLedger(database.url, { ...parts, schema: 'by_url', jobs: { supervise: false } });
    expect(opened).toMatchObject({ ok: true, migrated: expect.arrayContaining(['0001-ledger']) });
    if (opened.ok) await opened.close();
  });

  it('says what is wrong in an owner’s words, without the password', async () => {
    const wrong = (change: (url: URL) => void): string => {
      const url = new URL(database.url);
      change(url);
      return url.href;
    };
    const cases: [string, string, string | undefined][] = [
      [wrong((url) => (url.password = 's3cret-word')), 'cannot-open', undefined],
      [wrong((url) => (url.pathname = '/no_such_database')), 'cannot-open', undefined],
      [wrong((url) => (url.port = '1')), 'cannot-open', undefined],
      ['postgres://u:s3cret word@/x y:z', 'unsupported-database', undefined],
      [database.url, 'unsupported-database', 'no"schema'],
      [database.url, 'unsupported-database', 'Upper'],
    ];
    for (const [connection, reason, schema] of cases) {
      const refused = await openPostgresLedger({ ...parts, connection, schema });
      expect(refused, connection).toMatchObject({ ok: false, reason });
      const { message } = refused.ok ? { message: '' } : refused;
      expect(message).not.toMatch(/s3cret|gatewright@|:gatewright/);
      expect(message.length).toBeGreaterThan(40);
    }
  });

  it('takes a database whose user may do nothing but use what is there', async () => {
    await (await inSchema('small_rights')).close();
    await database.query('drop role if exists small_user');
    await database.query(`create role small_user login password 'small'`);
    for (const schema of ['small_rights', 'gatewright_jobs']) {
      await database.query(`grant usage on schema ${schema} to small_user`);
      await database.query(
        `grant select, insert, update, delete on all tables in schema ${schema} to small_user`,
      );
      await database.query(`grant usage on all sequences in schema ${schema} to small_user`);
    }
    const url = new URL(database.url);
    url.username = 'small_user';
    url.password = 'small';
    const opened = await openTestLedger(url.href, { schema: 'small_rights' });
    await opened.ledger.transact((tx) => tx.jobs.enqueue({ kind: 'apply-event', inbox: 'a' }, 7));
    expect(await opened.jobs.lease(9, 1, 10)).toHaveLength(1);
    await opened.close();
    await database.query('drop owned by small_user; drop role small_user');
  });
});

describe('tables of a wrapper', () => {
  const first = {
    name: 'sessions',
    statements: ['create table shop_sessions (id text primary key, shop text)'],
  };
  const second = { name: 'scope', statements: ['alter table shop_sessions add column scope text'] };
  const sessions: OwnTables = { name: 'shop', migrations: [first] };

  it('are written in the same transaction, whole or not at all', async () => {
    const { ledger, jobs, close } = await openTestLedger(database.url, { schema: 'own', tables: sessions });
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
    const later = await openTestLedger(database.url, {
      schema: 'own',
      tables: { name: 'shop', migrations: [first, second] },
    });
    expect(later.migrated).toEqual(['0002-scope']);
    await later.close();
  });

  it('change nothing when one of their migrations fails', async () => {
    const broken = { name: 'broken', statements: ['create table shop_more (id text)', 'create tabel x'] };
    const refused = await openPostgresLedger({
      ...parts,
      connection: database.url,
      schema: 'own_broken',
      tables: { name: 'shop', migrations: [first, broken] },
    });
    expect(refused).toMatchObject({ ok: false, reason: 'migration-failed' });
    expect(refused.ok ? '' : refused.message).toContain('tabel');
    const left = await database.query(`select 1 from pg_namespace where nspname = 'own_broken'`);
    expect(left).toEqual([]);
  });
});
