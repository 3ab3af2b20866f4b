import { randomBytes } from 'node:crypto';
import { orderKey, sampleInboxRow, sampleOrder, storeId } from '@gatewright/conformance';
import { afterEach, describe, expect, it } from 'vitest';
import { openPostgresLedger, type PostgresOptions } from '../../src/index.ts';
import { virtualClock } from '../temp-ledger.ts';
import { openTestLedger, useTempDatabase } from './temp-database.ts';

const database = useTempDatabase();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});
const open = async (options: Partial<PostgresOptions> = {}, url = database.url) => {
  const ledger = await openTestLedger(url, options);
  opened.push(ledger);
  return ledger;
};
const order = (name: string) => sampleOrder({ orderKey: orderKey(name) });
const readOrder = (name: string) => [storeId('store-a'), orderKey(name)] as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('transactions on PostgreSQL', () => {
  it('refuse a transaction inside a transaction instead of waiting for a connection', async () => {
    const { ledger } = await open();
    const inner = ledger.transact(() => ledger.transact(async () => 'never'));
    await expect(inner).rejects.toThrow('inside a transaction');
    const after = ledger.transact(async () => 'one').then(() => ledger.transact(async () => 'another'));
    await expect(after).resolves.toBe('another');
  });

  it('look things up beside themselves, however many run', async () => {
    const keys = { current: 'k', keys: new Map([['k', new Uint8Array(32)]]) };
    const ledger = await openPostgresLedger({
      connection: database.url,
      clock: virtualClock(),
      random: randomBytes,
      keys,
      connections: 2,
      jobs: { supervise: false },
    });
    if (!ledger.ok) throw new Error(ledger.message);
    opened.push(ledger);
    const seen = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        ledger.ledger.transact(async (tx) => {
          await tx.orders.put(order(`look-up-${i}`));
          return ledger.vault.stores();
        }),
      ),
    );
    expect(seen).toHaveLength(12);
  });

  it('that swallow an error keep nothing, and say which it was', async () => {
    const { ledger } = await open();
    const swallowing = ledger.transact(async (tx) => {
      await tx.inbox.insert(sampleInboxRow('swallowed'));
      await tx.inbox.insert(sampleInboxRow('swallowed')).catch(() => undefined);
      return 'as if nothing had happened';
    });
    await expect(swallowing).rejects.toThrow('duplicate key');
    expect(await ledger.transact((tx) => tx.inbox.byId('swallowed'))).toBeUndefined();
  });

  it('store what strangers write, NUL included', async () => {
    const { ledger } = await open();
    const row = sampleInboxRow('strange', {
      note: 'a\0b',
      reference: `\ud83d\ude00 ' " \\ \u202e`,
      headers: { x: 'a\0b' },
    });
    await ledger.transact((tx) => tx.inbox.insert(row));
    expect(await ledger.transact((tx) => tx.inbox.byId('strange'))).toEqual({ ...row, note: 'a\uFFFDb' });
  });

  it('of a process that stands still lose their locks, and the others go on', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c idle_in_transaction_session_timeout=400');
    const paused = await open({}, url.href);
    const other = await open();
    await other.ledger.transact((tx) => tx.orders.put(order('paused')));
    const standing = paused.ledger.transact(async (tx) => {
      await tx.orders.put({ ...order('paused'), deadline: 1 });
      await pause(1_500);
      await tx.orders.put({ ...order('paused'), deadline: 2 });
    });
    const outcome = expect(standing).rejects.toThrow();
    await pause(100);
    await other.ledger.transact((tx) => tx.orders.put({ ...order('paused'), deadline: 3 }));
    await outcome;
    const row = await paused.ledger.transact((tx) => tx.orders.byKey(...readOrder('paused')));
    expect(row?.deadline).toBe(3);
  });

  it('whose connections the server ends are refused; the next ones get new connections', async () => {
    const errors: unknown[] = [];
    const { ledger, jobs } = await open({ onError: (error) => errors.push(error) });
    const cut = ledger.transact(async (tx) => {
      await tx.orders.put(order('cut'));
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await tx.orders.put(order('cut'));
    });
    await expect(cut).rejects.toThrow();
    expect(await ledger.transact((tx) => tx.orders.byKey(...readOrder('cut')))).toBeUndefined();
    expect(await jobs.nextRunAt()).toBeUndefined();
    for (const error of errors) expect(Object.keys(error as object)).not.toContain('client');
  });

  it('are refused once the ledger is closed, and those before are waited for', async () => {
    const { ledger, close } = await open();
    const before = ledger.transact((tx) => tx.orders.put(order('before')));
    await close();
    await expect(before).resolves.toBeUndefined();
    await expect(ledger.transact(async () => 'after')).rejects.toThrow('closed');
  });
});
