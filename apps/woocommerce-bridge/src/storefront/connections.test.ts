import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { minutes, seconds, storeIdSchema } from '@gatewright/payment-core';
import { openLedger, parseKeyRing } from '@gatewright/payment-ledger';
import { expect, onTestFinished, test } from 'vitest';
import { bridgeTables } from '../bridge-tables.ts';
import { createConnections } from './connections.ts';

const store = storeIdSchema.parse('S'.repeat(22));

/** Two processes with one ledger, and their clock. */
const twoReplicas = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-connections-'));
  const time = { now: 1_795_248_830_000 };
  const clock = { now: () => time.now };
  const random = (count: number) => new Uint8Array(count);
  const keys = parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`);
  if (!keys.ok) throw new Error(keys.message);
  const opened = await openLedger(`sqlite:${join(folder, 'ledger.db')}`, {
    clock,
    random,
    keys: keys.ring,
    tables: bridgeTables,
  });
  if (!opened.ok) throw new Error(opened.message);
  onTestFinished(async () => {
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  });
  const replica = () => createConnections({ kept: opened.ledger, vault: opened.vault, clock, random });
  return { time, one: replica(), other: replica() };
};

test('a fault that one replica saw is ended by another one that the shop answers', async () => {
  const { one, other } = await twoReplicas();
  await one.worked(store);
  await other.failed(store, 'shop-timeout');
  await one.worked(store);
  expect((await other.of(store)).fault).toBeNull();
  await other.failed(store, 'shop-timeout');
  expect((await one.of(store)).fault).toBe('shop-timeout');
});

test('after three failures, whoever saw them, all replicas wait, and one of them asks', async () => {
  const { time, one, other } = await twoReplicas();
  const kinds = async () => [(await one.admit(store)).kind, (await other.admit(store)).kind];
  await one.failed(store, 'shop-timeout');
  await other.failed(store, 'shop-error');
  expect(await kinds()).toEqual(['admitted', 'admitted']);
  await one.failed(store, 'shop-timeout');
  expect(await kinds()).toEqual(['held-back', 'held-back']);
  time.now += seconds(10);
  expect(await kinds()).toEqual(['admitted', 'held-back']);
  await one.failed(store, 'shop-timeout');
  time.now += seconds(19);
  expect(await kinds()).toEqual(['held-back', 'held-back']);
  time.now += seconds(1);
  expect(await kinds()).toEqual(['admitted', 'held-back']);
  await one.worked(store);
  expect(await kinds()).toEqual(['admitted', 'admitted']);
});

test('a process that dies while it asks is replaced, and no shop waits longer than five minutes', async () => {
  const { time, one } = await twoReplicas();
  for (let i = 0; i < 30; i += 1) await one.failed(store, 'shop-unreachable');
  expect(await one.admit(store)).toMatchObject({ kind: 'held-back', retryAfterMs: minutes(5) });
  time.now += minutes(5);
  expect((await one.admit(store)).kind).toBe('admitted');
  expect((await one.admit(store)).kind).toBe('held-back');
  time.now += seconds(30);
  expect((await one.admit(store)).kind).toBe('admitted');
});

test.each(['route-missing', 'write-ignored', 'answer-not-understood', 'shop-busy'] as const)(
  'a shop that says %s has answered: it is not left alone',
  async (fault) => {
    const { one } = await twoReplicas();
    for (let i = 0; i < 9; i += 1) await one.failed(store, fault);
    expect((await one.admit(store)).kind).toBe('admitted');
  },
);
