import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLedger } from '@gatewright/payment-ledger';
import type { Budget } from '../budget.ts';
import { connections } from '../burst/client.ts';
import { inTemporaryFolder } from '../measure/folder.ts';
import { compare, interleave } from '../measure/rounds.ts';
import type { Figure } from '../report/row.ts';
import { newEvent } from './event.ts';

const clock = { now: Date.now };

const openNew = async (path: string) => {
  const opened = await openLedger(`sqlite:${path}`, { clock, random: randomBytes });
  if (!opened.ok) throw new Error(opened.message);
  return opened;
};

/** Stores as many events as connections wait for an answer at once, in one commit. */
type StoreTogether = () => Promise<void> | void;

/** CPU time of this process and its threads for each event, µs, once its code is compiled. */
const cpuFor = async (events: number, store: StoreTogether): Promise<number> => {
  const commits = Math.ceil(events / connections);
  for (let commit = 0; commit < commits / 5; commit += 1) await store();
  const before = process.cpuUsage();
  for (let commit = 0; commit < commits; commit += 1) await store();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (commits * connections);
};

const throughLedger = async (path: string, events: number): Promise<number> => {
  const opened = await openNew(path);
  const store = (): Promise<void> =>
    opened.ledger.transact(async (tx) => {
      const row = newEvent(clock.now());
      await tx.inbox.insert(row);
      await tx.jobs.enqueue({ kind: 'apply-event', inbox: row.id }, row.receivedAt);
    });
  const cpu = await cpuFor(events, async () => {
    await Promise.all(Array.from({ length: connections }, store));
  });
  await opened.close();
  return cpu;
};

/** The same rows in the same tables under the same settings, and nothing else: what is left is SQLite. */
const throughSqlite = async (path: string, events: number): Promise<number> => {
  await (await openNew(path)).close();
  const database = new DatabaseSync(path);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = memory');
  const [begin, savepoint, release, commit] = [
    'begin immediate',
    'savepoint one',
    'release one',
    'commit',
  ].map((sql) => database.prepare(sql));
  const insertRow = database.prepare(
    `insert into inbox (id, account, gateway, headers, body, received_at, dedupe_key, gateway_payment_id, reference,
      facts, state, note) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertJob = database.prepare(
    `insert into jobs (kind, key, body, due_at, leased, lease, attempts) values ('apply-event', ?, ?, ?, 0, 0, 0)
      on conflict (key) where dead_reason is null do nothing`,
  );
  const { headers, facts, body, ...rest } = newEvent(clock.now());
  const [headersText, factsText] = [JSON.stringify(headers), JSON.stringify(facts)];
  const { account, gateway, dedupeKey, gatewayPaymentId, reference, state, note } = rest;
  let stored = 0;
  const cpu = await cpuFor(events, () => {
    begin?.run();
    for (let at = 0; at < connections; at += 1) {
      const now = clock.now();
      stored += 1;
      const id = `${now.toString(36)}${String(stored).padStart(22, '0')}`;
      savepoint?.run();
      insertRow.run(
        ...[id, account, gateway, headersText, body, now, dedupeKey],
        ...[gatewayPaymentId, reference, factsText, state, note],
      );
      insertJob.run(`apply-event:${id}`, `{"kind":"apply-event","inbox":"${id}"}`, now);
      release?.run();
    }
    commit?.run();
  });
  database.close();
  return cpu;
};

/** (c), a part of it: what it costs to store a webhook. */
export const storingFigures = ({ burst, processRounds }: Budget): Promise<readonly Figure[]> =>
  inTemporaryFolder(async (folder) => {
    const fresh = (): string => join(folder, `${randomBytes(8).toString('hex')}.db`);
    const samples = await interleave(
      {
        ours: () => throughLedger(fresh(), burst),
        sqlite: () => throughSqlite(fresh(), burst),
      },
      processRounds,
    );
    return [
      {
        name: `CPU time to store a webhook and its job, ${connections} in a commit: beside node:sqlite alone`,
        unit: 'µs',
        target: null,
        ...compare(samples.ours, samples.sqlite),
        note: 'the same rows, savepoints and fsyncs',
      },
    ];
  });
