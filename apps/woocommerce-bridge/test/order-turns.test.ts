import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { minutes, orderKeySchema, type StoreId } from '@gatewright/payment-core';
import { openLedger, parseKeyRing } from '@gatewright/payment-ledger';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bridgeTables } from '../src/bridge-tables.ts';
import { createOrderTurns } from '../src/rest-mode/order-turns.ts';
import { sandboxKeys } from './support/world.ts';

const order = orderKeySchema.parse('4711');

const temporaryFile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-turns-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'ledger.db');
};

const open = async (file: string, clock: { now(): number }, tables = bridgeTables) => {
  const keys = parseKeyRing(sandboxKeys);
  if (!keys.ok) throw new Error(keys.message);
  const opened = await openLedger(`sqlite:${file}`, { clock, random: randomBytes, keys: keys.ring, tables });
  if (!opened.ok) throw new Error(opened.message);
  return opened;
};

/** Two processes with one ledger and one clock; the first one can stand still. */
const openScene = async () => {
  let now = 1_795_248_830_000;
  const clock = { now: () => now };
  const { ledger, vault, close } = await open(await temporaryFile(), clock);
  onTestFinished(close);
  const storeOf = async (host: string): Promise<StoreId> => {
    const url = `https://${host}.example`;
    const added = await vault.addStore({ name: host, mode: 'test', platform: 'woocommerce', url });
    if (!added.ok) throw new Error(added.reason);
    return added.store.id;
  };
  const asleep: (() => void)[] = [];
  const sleep = (): Promise<void> => new Promise((resolve) => void asleep.push(resolve));
  const endsAt = async (): Promise<number> => {
    const [row] = await ledger.transact(({ sql }) => sql`select ends_at from leases`);
    return Number(row?.ends_at) - now;
  };
  const parts = { ledger, clock, random: randomBytes };
  return {
    store: await storeOf('one'),
    otherStore: await storeOf('other'),
    here: createOrderTurns({ ...parts, sleep }),
    there: createOrderTurns({ ...parts, sleep: (ms, until) => wait(ms, undefined, { signal: until }) }),
    names: () => ledger.transact(({ sql }) => sql`select name from leases`),
    standStill: (ms: number): void => {
      now += ms;
    },
    /** A minute goes by, and the first process renews what it has. */
    live: async (): Promise<void> => {
      await expect.poll(() => asleep.length, { timeout: 20_000 }).toBe(1);
      now += minutes(1);
      asleep.pop()?.();
      await expect.poll(endsAt, { timeout: 20_000 }).toBe(minutes(3));
    },
  };
};

describe('whose turn it is to write an order over plain wc/v3', () => {
  test('a process that lives keeps the order for as long as it takes', async () => {
    const { store, here, there, live } = await openScene();
    const met = await here.inTurn(store, order, async () => {
      for (let minute = 1; minute <= 5; minute += 1) await live();
      return [await there.inTurn(store, order, async () => 'there')];
    });
    expect(met).toEqual([undefined]);
    expect(await there.inTurn(store, order, async () => 'there')).toBe('there');
  });

  test('one that stands still for three minutes is overtaken, and takes nothing from the next one', async () => {
    const { store, here, there, live, standStill, names } = await openScene();
    const met = await here.inTurn(store, order, async () => {
      await live();
      standStill(minutes(3) - 1);
      const early = await there.inTurn(store, order, async () => 'early');
      standStill(1);
      return [early, await there.inTurn(store, order, async () => 'overtaken')];
    });
    expect(met).toEqual([undefined, 'overtaken']);
    await there.inTurn(store, order, async () => {
      expect(await names()).toEqual([{ name: `woocommerce-order:${store} 4711` }]);
    });
    expect(await names()).toEqual([]);
  });

  test('another order under the same number has the same turn, an order of another shop its own', async () => {
    const { store, otherStore, here, there } = await openScene();
    const again = orderKeySchema.parse('4711.2');
    const met = await here.inTurn(store, order, async () => [
      await there.inTurn(store, again, async () => 'again'),
      await there.inTurn(otherStore, order, async () => 'other shop'),
      await there.inTurn(store, orderKeySchema.parse('471'), async () => 'other order'),
    ]);
    expect(met).toEqual([undefined, 'other shop', 'other order']);
  });

  test('works of one process wait for each other and all come to their turn', async () => {
    const { store, here } = await openScene();
    let inside = 0;
    const work = async (): Promise<number> => {
      inside += 1;
      await wait(1);
      const met = inside;
      inside -= 1;
      return met;
    };
    const turns = Array.from({ length: 8 }, () => here.inTurn(store, order, work));
    expect(await Promise.all(turns)).toEqual(Array(8).fill(1));
  });

  test('the bridge that kept turns in a table of its own leaves none behind', async () => {
    const file = await temporaryFile();
    const clock = { now: Date.now };
    const before = { ...bridgeTables, migrations: bridgeTables.migrations.slice(0, 4) };
    const tablesOf = async (tables: typeof bridgeTables) => {
      const { ledger, close } = await open(file, clock, tables);
      const rows = await ledger.transact(
        ({ sql }) => sql`select name from sqlite_master where type = 'table' and name = 'woocommerce_turns'`,
      );
      await close();
      return rows;
    };
    expect(await tablesOf(before)).toHaveLength(1);
    expect(await tablesOf(bridgeTables)).toEqual([]);
  });
});
