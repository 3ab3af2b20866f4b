import { invoiceId, orderKey, sampleOrder, storeId } from '@gatewright/conformance';
import { type Job, jobKey, minutes } from '@gatewright/payment-core';
import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { createJobRunner, defaultJobPolicy } from '../../src/index.ts';
import { openTestLedger, useTempDatabase } from './temp-database.ts';

const database = useTempDatabase();
let schemas = 0;

/** A ledger of its own, its queue, and what pg-boss has in it. */
const openQueue = async () => {
  schemas += 1;
  const schema = `jobs_${schemas}`;
  const opened = await openTestLedger(database.url, { schema });
  const rows = (queue = `ledger/${schema}`) =>
    database.query(
      `select name, state, data, singleton_key, retry_count, output, source_name, source_output
       from gatewright_jobs.job where name = $1 order by created_on`,
      [queue],
    );
  const enqueue = (job: Job, runAt: number) => opened.ledger.transact((tx) => tx.jobs.enqueue(job, runAt));
  return { ...opened, schema, rows, enqueue };
};

const read = (name: string): Job => ({ kind: 'read-invoice', invoice: invoiceId(name) });

describe('jobs on pg-boss', () => {
  it('are rows of pg-boss, written by the transaction that asks for them and gone with it', async () => {
    const { ledger, rows, close } = await openQueue();
    const broken = ledger.transact(async (tx) => {
      await tx.jobs.enqueue(read('rolled-back'), 5);
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await rows()).toEqual([]);
    await ledger.transact(async (tx) => {
      await tx.jobs.enqueue(read('kept'), 5);
      expect(await rows()).toEqual([]);
    });
    expect(await rows()).toMatchObject([
      { state: 'created', data: read('kept'), singleton_key: jobKey(read('kept')) },
    ]);
    await close();
  });

  it('are fetched, retried and finished by pg-boss', async () => {
    const { jobs, rows, enqueue, close } = await openQueue();
    await enqueue(read('one'), 1);
    const [first] = await jobs.lease(1, 50, 1);
    expect(await rows()).toMatchObject([{ state: 'active', retry_count: 0 }]);
    await jobs.retry(first?.id ?? '', 9, 'unreachable');
    expect(await rows()).toMatchObject([{ state: 'retry', output: { reason: 'unreachable' } }]);
    const [second] = await jobs.lease(9, 50, 1);
    expect(await rows()).toMatchObject([{ state: 'active', retry_count: 1 }]);
    await jobs.complete(second?.id ?? '');
    expect(await rows()).toEqual([]);
    await close();
  });

  it('are leased when one of them comes free between the look and the fetch', async () => {
    const { jobs, enqueue, schema, close } = await openQueue();
    await enqueue(read('first'), 1);
    await enqueue(read('second'), 2);
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query('begin');
    await other.query(`select 1 from gatewright_jobs.job where name = $1 and data = $2 for update`, [
      `ledger/${schema}`,
      read('first'),
    ]);
    // Lets others look for jobs, and makes them wait before they take one.
    await other.query('lock table gatewright_jobs.job in share mode');
    const leasing = jobs.lease(5, 50, 1);
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    while ((await database.query(waiting)).length === 0);
    await other.query('commit');
    await other.end();
    expect((await leasing).map(({ job }) => job)).toEqual([read('first')]);
    expect((await jobs.lease(5, 50, 9)).map(({ job }) => job)).toEqual([read('second')]);
    await close();
  });

  it('that are exhausted are dead letters of pg-boss, which know where they came from', async () => {
    const { jobs, rows, enqueue, schema, close } = await openQueue();
    await enqueue(read('one'), 1);
    const [leased] = await jobs.lease(1, 50, 1);
    await jobs.bury(leased?.id ?? '', 'gone for good');
    expect(await rows()).toEqual([]);
    expect(await rows(`ledger/${schema}/dead`)).toMatchObject([
      { data: read('one'), source_name: `ledger/${schema}`, source_output: { reason: 'gone for good' } },
    ]);
    await close();
  });

  it('of a kind that only a newer version knows are left to it', async () => {
    const { jobs, rows, enqueue, schema, close } = await openQueue();
    const newer = new PgBoss({
      connectionString: database.url,
      schema: 'gatewright_jobs',
      supervise: false,
      schedule: false,
    });
    await newer.start();
    await newer.send(`ledger/${schema}`, { kind: 'of-tomorrow', invoice: 'x' }, { startAfter: new Date(0) });
    await newer.stop({ graceful: false });
    await enqueue(read('one'), Date.now());
    const leased = await jobs.lease(Date.now(), 50, 10);
    expect(leased.map(({ job }) => job)).toEqual([read('one')]);
    await jobs.complete(leased[0]?.id ?? '');
    expect(await rows()).toMatchObject([{ data: { kind: 'of-tomorrow' } }]);
    await close();
  });

  it('are left alone by pg-boss’s own upkeep, be they waiting, leased, overdue or dead', async () => {
    const { jobs, enqueue, close } = await openQueue();
    const now = Date.now();
    await enqueue(read('overdue'), now - minutes(60 * 24 * 400));
    await enqueue(read('buried'), now - minutes(60 * 24 * 400) - 1);
    const [buried] = await jobs.lease(now, minutes(2), 1);
    await jobs.bury(buried?.id ?? '', 'dead');
    await enqueue(read('waiting'), now + minutes(60));
    await enqueue(read('leased'), now - minutes(60 * 24 * 500));
    const [leased] = await jobs.lease(now, minutes(2), 1);
    expect(leased?.job).toEqual(read('leased'));
    const keeper = new PgBoss({
      connectionString: database.url,
      schema: 'gatewright_jobs',
      supervise: false,
      schedule: false,
    });
    await keeper.start();
    await keeper.supervise();
    await keeper.stop({ graceful: false });
    expect((await jobs.lease(now, minutes(2), 10)).map(({ job }) => job)).toEqual([read('overdue')]);
    await jobs.complete(leased?.id ?? '');
    expect((await jobs.dead()).map(({ job }) => job)).toEqual([read('buried')]);
    expect(await jobs.nextRunAt()).toBe(now + minutes(2));
    await close();
  });

  it('go by the time that callers give, while pg-boss’s own calls go by the server’s', async () => {
    const { ledger, enqueue, jobs, close } = await openQueue();
    await enqueue(read('one'), 5_000_000_000_000);
    expect(await jobs.lease(4_999_999_999_999, 1, 1)).toEqual([]);
    expect(await jobs.lease(5_000_000_000_000, 1, 1)).toHaveLength(1);
    const clock = `select abs(extract(epoch from gatewright_jobs.job_now() - now())) < 1 as real`;
    expect(await database.query(clock)).toEqual([{ real: true }]);
    await ledger.transact(async () => undefined);
    expect(await database.query(clock)).toEqual([{ real: true }]);
    await close();
  });

  it('that are asked for while they run, by many at once, see what the last of them wrote', async () => {
    const { ledger, jobs, close } = await openQueue();
    const key = [storeId('store-a'), orderKey('order-1')] as const;
    await ledger.transact((tx) => tx.orders.put(sampleOrder({ deadline: 0 })));
    const count = async (): Promise<number> =>
      (await ledger.transact((tx) => tx.orders.byKey(...key)))?.deadline ?? Number.NaN;
    const seen: number[] = [];
    const random = (n: number) => new Uint8Array(n);
    const runner = createJobRunner({
      ...defaultJobPolicy(random),
      queue: jobs,
      clock: { now: Date.now },
      handler: async () => {
        seen.push(await count());
        return { done: true };
      },
      onDead: async () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    const raises = 60;
    const raise = async (): Promise<void> => {
      await ledger.transact(async (tx) => {
        const row = await tx.orders.byKey(...key);
        await tx.orders.put(sampleOrder({ deadline: (row?.deadline ?? 0) + 1 }));
        await tx.jobs.enqueue(read('one'), Date.now());
      });
      runner.kick();
    };
    for (let i = 0; i < raises / 5; i += 1) await Promise.all(Array.from({ length: 5 }, raise));
    await runner.drain();
    expect(await count()).toBe(raises);
    expect(seen.at(-1)).toBe(raises);
    expect(seen.length).toBeGreaterThan(1);
    expect(await jobs.nextRunAt()).toBeUndefined();
    await close();
  });
});
