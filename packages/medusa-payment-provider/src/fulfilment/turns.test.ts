import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '@gatewright/payment-core';
import type { TurnParts } from '@gatewright/payment-ledger';
import { expect, it } from 'vitest';
import { startWorld } from '../engine/world.fixture.ts';
import { createTurns } from './turns.ts';

const scene = async () => {
  const { engine, simulators } = await startWorld();
  const { ledger, ports } = engine;
  const { clock, random } = ports;
  const parts: TurnParts = { ledger, clock, random, sleep: () => wait(1) };
  const held = () =>
    ledger.transact(({ sql }) => sql`select ends_at from leases where name = 'medusa-order:cart_1'`);
  return { parts, simulators, held, clock };
};

it('lets one in at a time, and everybody in the end', async () => {
  const { parts, held } = await scene();
  let inside = 0;
  let most = 0;
  const job = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await wait(2);
    inside -= 1;
  };
  // Each has turns of its own, as each process has.
  await Promise.all(Array.from({ length: 8 }, () => createTurns(parts).inTurn('cart_1', job)));
  expect(most).toBe(1);
  expect(await held()).toEqual([]);
});

it('keeps nobody of another cart waiting', async () => {
  const { parts } = await scene();
  const turns = createTurns(parts);
  const inner = await turns.inTurn('cart_1', () => turns.inTurn('cart_2', async () => 'both'));
  expect(inner).toBe('both');
});

it('gives the turn back when the job fails', async () => {
  const { parts, held } = await scene();
  const failed = createTurns(parts).inTurn('cart_1', async () => Promise.reject(new Error('no stock')));
  await expect(failed).rejects.toThrow('no stock');
  expect(await held()).toEqual([]);
});

it('takes the turn of a process that died, once its lease has ended', async () => {
  const { parts, simulators, clock } = await scene();
  await parts.ledger.transact(
    ({ sql }) => sql`insert into leases (name, holder, ends_at)
      values ('medusa-order:cart_1', 'dead', ${clock.now() + seconds(15)})`,
  );
  const starts: string[] = [];
  const turns = createTurns(parts);
  const take = () => turns.inTurn('cart_1', async (start) => void starts.push(start));
  const waiting = take();
  await wait(20);
  expect(starts).toEqual([]);
  await simulators.clock.advance(seconds(15));
  await waiting;
  await take();
  expect(starts).toEqual(['after-a-dead-one', 'fresh']);
});

it('renews the turn of a job that takes long', async () => {
  const { parts, simulators, held, clock } = await scene();
  await createTurns(parts).inTurn('cart_1', async () => {
    await simulators.clock.advance(seconds(10));
    await expect.poll(async () => Number((await held())[0]?.ends_at)).toBe(clock.now() + seconds(15));
  });
});

it('gives up when its turn does not come', async () => {
  const { parts, clock } = await scene();
  await parts.ledger.transact(
    ({ sql }) => sql`insert into leases (name, holder, ends_at)
      values ('medusa-order:cart_1', 'busy', ${clock.now() + seconds(15)})`,
  );
  const asked = createTurns(parts).inTurn('cart_1', async () => 'never');
  await expect(asked).rejects.toThrow('completed by somebody else');
});
