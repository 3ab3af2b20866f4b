import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTempLedger, type TempFolder, tempFolder } from '../../test/temp-ledger.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

describe('group commit', () => {
  let folder: TempFolder;
  let connection: SqliteConnection;
  let outsider: DatabaseSync;
  let group: GroupCommit;
  let commits: number[];

  beforeEach(async () => {
    folder = await tempFolder();
    connection = openConnection(folder.path('group.db'), { readOnly: false });
    connection.execute('create table rows (name text primary key, payload blob)');
    outsider = new DatabaseSync(folder.path('group.db'));
    commits = [];
    group = createGroupCommit({ connection, onCommit: (transactions) => commits.push(transactions) });
  });
  afterEach(async () => {
    await group.close();
    outsider.close();
    connection.close();
    await folder.remove();
  });

  const insert = (name: string): void => {
    connection.execute('insert into rows (name) values (?)', [name]);
  };
  const stored = (): unknown[] =>
    outsider
      .prepare('select name from rows order by name')
      .all()
      .map((row) => row.name);

  it('makes 100 parallel transactions durable with one commit', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, i) => group.run(async () => insert(`row-${i}`))));
    expect(commits).toEqual([100]);
    expect(stored()).toHaveLength(100);
  });

  it('shares the next commit among those that arrive while one is under way', async () => {
    let begun = (): void => undefined;
    const underWay = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = group.run(async () => {
      insert('first');
      begun();
      await new Promise((resolve) => setTimeout(resolve, 5));
    });
    await underWay;
    const later = ['second', 'third'].map((name) => group.run(async () => insert(name)));
    await first;
    expect(commits).toEqual([1]);
    await Promise.all(later);
    expect(commits).toEqual([1, 2]);
  });

  it('acknowledges nothing before the commit', async () => {
    const seen: unknown[] = [];
    const first = group
      .run(async () => insert('a'))
      .then(() => seen.push(['a told', commits.length, stored()]));
    const second = group.run(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      seen.push(['while b runs', commits.length, stored()]);
      insert('b');
    });
    await Promise.all([first, second]);
    expect(seen).toEqual([
      ['while b runs', 0, []],
      ['a told', 1, ['a', 'b']],
    ]);
  });

  it('takes back the failed one only, and does not count it', async () => {
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'a', 'c'].map((name) =>
        group.run(async () => {
          insert(`${name}-extra`);
          insert(name);
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(commits).toEqual([3]);
    expect(stored()).toEqual(['a', 'a-extra', 'b', 'b-extra', 'c', 'c-extra']);
  });

  it('tells everybody of a group whose commit fails, and goes on', async () => {
    connection.execute('create table parents (id integer primary key)');
    connection.execute(
      'create table children (parent integer references parents (id) deferrable initially deferred)',
    );
    const orphan = group.run(async () => {
      connection.execute('insert into children values (1)');
    });
    const outcomes = await Promise.allSettled([group.run(async () => insert('a')), orphan]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([commits, stored()]).toEqual([[], []]);
    await group.run(async () => insert('after'));
    expect(stored()).toEqual(['after']);
  });

  it('tells everybody of a group that SQLite gave up when the disk was full, and goes on', async () => {
    connection.execute('pragma max_page_count = 10');
    const fill = async (): Promise<void> => {
      connection.execute("insert into rows values ('big', zeroblob(100000))");
    };
    const outcomes = [
      group.run(async () => insert('before')),
      group.run(fill),
      group.run(async () => insert('behind')),
    ].map((outcome) => expect(outcome).rejects.toThrow('disk is full'));
    await Promise.all(outcomes);
    expect(stored()).toEqual([]);
    connection.execute('pragma max_page_count = 100000');
    await group.run(fill);
    expect(stored()).toEqual(['big']);
  });

  it('waits for what was asked for before it is closed, and refuses what comes after', async () => {
    const before = group.run(async () => insert('before'));
    await group.close();
    await expect(before).resolves.toBeUndefined();
    expect(stored()).toEqual(['before']);
    await expect(group.run(async () => insert('after'))).rejects.toThrow('closed');
  });
});

describe('the ledger on group commit', () => {
  it('uses far fewer commits than transactions', async () => {
    const commits: number[] = [];
    const { ledger, jobs, close } = await openTempLedger({ onCommit: (count) => commits.push(count) });
    commits.length = 0;
    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        ledger.transact((tx) => tx.jobs.enqueue({ kind: 'apply-event', inbox: `event-${i}` }, 1)),
      ),
    );
    expect(commits.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(commits.length).toBeLessThanOrEqual(2);
    expect(await jobs.lease(1, 1_000, 200)).toHaveLength(100);
    await close();
  });

  it('refuses a transaction inside a transaction instead of waiting for itself', async () => {
    const { ledger, close } = await openTempLedger();
    const inner = ledger.transact(() => ledger.transact(async () => 'never'));
    await expect(inner).rejects.toThrow('inside a transaction');
    const after = ledger.transact(async () => 'one').then(() => ledger.transact(async () => 'another'));
    await expect(after).resolves.toBe('another');
    await close();
  });

  it('lets no write through after SQLite has given up the transaction', async () => {
    const { ledger, close } = await openTempLedger({
      tables: {
        name: 'probe',
        migrations: [{ name: 'probe', statements: ['create table probe (name text)'] }],
      },
    });
    const swallowing = ledger.transact(async (tx) => {
      await tx.sql`insert into probe values ('before')`;
      // What a full disk does by itself.
      await tx.sql`rollback`;
      await tx.sql`insert into probe values ('after')`.catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow();
    expect(await ledger.transact((tx) => tx.sql`select name from probe`)).toEqual([]);
    await close();
  });
});
