import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TempFolder, tempFolder } from './temp-ledger.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const startWriter = (...argv: readonly string[]): ChildProcess => {
  const hooks = new URL('source-aliases.ts', import.meta.url).href;
  return spawn(process.execPath, ['--import', hooks, here('writer-process.ts'), ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
};

/** Kills the writer in full flight, after it has acknowledged this many events. */
const killAfter = async (writer: ChildProcess, acknowledged: number): Promise<string[]> => {
  let text = '';
  let killed = false;
  writer.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    if (!killed && text.split('\n').length > acknowledged) killed = writer.kill('SIGKILL');
  });
  const [code, signal] = await once(writer, 'close');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return text.split('\n').slice(0, -1);
};

const column = (database: DatabaseSync, query: string): unknown[] =>
  database
    .prepare(query)
    .all()
    .map((row) => Object.values(row)[0]);

describe('processes and one ledger file', () => {
  let folder: TempFolder;
  beforeEach(async () => {
    folder = await tempFolder();
  });
  afterEach(() => folder.remove());

  it.each([1, 150, 400])(
    'what was acknowledged before a kill -9 is there, whole (after %i events)',
    async (count) => {
      const path = folder.path('ledger.db');
      const acknowledged = await killAfter(startWriter('stream', path), count);
      const database = new DatabaseSync(path);
      try {
        expect(column(database, 'pragma integrity_check')).toEqual(['ok']);
        const inbox = column(database, 'select id from inbox order by id');
        expect(acknowledged.length).toBeGreaterThanOrEqual(count);
        expect(inbox).toEqual(expect.arrayContaining(acknowledged));
        expect(column(database, 'select invoice from history order by invoice')).toEqual(inbox);
        expect(column(database, 'select substr(key, 13) from jobs order by key')).toEqual(inbox);
      } finally {
        database.close();
      }
    },
  );

  it('two processes create, open and write one file at the same time without loss', async () => {
    const path = folder.path('ledger.db');
    const writers = Array.from({ length: 2 }, () => startWriter('count', path, '300'));
    const ends = await Promise.all(writers.map((writer) => once(writer, 'close')));
    expect(ends.map(([code]) => code)).toEqual([0, 0]);
    const database = new DatabaseSync(path);
    try {
      expect(column(database, 'select deadline from orders')).toEqual([600]);
      expect(column(database, 'pragma integrity_check')).toEqual(['ok']);
      expect(column(database, 'select name from gatewright_migrations')).toHaveLength(9);
    } finally {
      database.close();
    }
  });
});
