import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { openPostgresLedger } from '../../src/index.ts';
import { openTestLedger, usePostgresPlaces, useTempDatabase } from '../postgres/temp-database.ts';
import { sqlitePlace, virtualClock } from '../temp-ledger.ts';
import { describeTransfer } from './describe-transfer.ts';
import { exportLines, fill, keys, linesOf } from './filled-ledger.ts';

const postgresPlace = usePostgresPlaces();

describeTransfer('from SQLite to PostgreSQL', sqlitePlace, postgresPlace);
describeTransfer('from PostgreSQL to SQLite', postgresPlace, sqlitePlace);

const sourceDatabase = useTempDatabase();
const targetDatabase = useTempDatabase();

it('a connection that is lost meanwhile is not said to be a changed export', async () => {
  const parts = { clock: virtualClock(), random: randomBytes, jobs: { supervise: false }, keys };
  const source = await openPostgresLedger({ ...parts, connection: sourceDatabase.url });
  if (!source.ok) throw new Error(source.message);
  onTestFinished(source.close);
  await fill(source);
  const lines = await exportLines(source);
  const target = await openTestLedger(targetDatabase.url);
  onTestFinished(target.close);
  const middle = lines.findIndex((line) => line.includes('"many-300'));
  async function* brokenOff(): AsyncGenerator<string> {
    yield* lines.slice(0, middle);
    await targetDatabase.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    yield* lines.slice(middle);
  }
  await expect(target.transfer.import(brokenOff())).rejects.toThrow(/terminat|connection/i);
  expect(await target.transfer.import(linesOf(lines))).toMatchObject({ ok: true });
});
