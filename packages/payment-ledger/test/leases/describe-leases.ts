import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createInTurn, type LeaseName, type OpenedSqlLedger, type TurnParts } from '../../src/index.ts';
import { virtualClock } from '../temp-ledger.ts';

const name: LeaseName = 'work:one';
const by = (holder: string) => ({ name, holder });
const times = { leaseMs: 15, renewMs: 5, looks: 4, lookMs: 1 };

const openScene = ({ ledger }: OpenedSqlLedger) => {
  const clock = virtualClock(0);
  const slept: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    slept.push(ms);
    await wait(1);
  };
  const parts: TurnParts = { ledger, clock, random: randomBytes, sleep };
  return {
    clock,
    slept,
    parts,
    inTurn: createInTurn(parts, times),
    patient: createInTurn(parts, { ...times, leaseMs: 1_000_000, looks: 10_000 }),
    take: (holder: string, now: number, endsAt: number) =>
      ledger.transact(({ leases }) => leases.take(by(holder), now, endsAt)),
    renew: (holder: string, endsAt: number) =>
      ledger.transact(({ leases }) => leases.renew(by(holder), endsAt)),
    endsAt: async () => {
      const [row] = await ledger.transact(({ sql }) => sql`select ends_at from leases where name = ${name}`);
      return Number(row?.ends_at);
    },
    giveBack: (holder: string) => ledger.transact(({ leases }) => leases.giveBack(by(holder))),
  };
};

type Scene = ReturnType<typeof openScene>;

/** Whose turn it is, over one kind of ledger. */
export const describeLeases = (engine: string, open: () => Promise<OpenedSqlLedger>): void => {
  const withScene = (test: (scene: Scene) => Promise<void>) => async () => {
    const opened = await open();
    try {
      await test(openScene(opened));
    } finally {
      await opened.close();
    }
  };
  const atOnce = <T>(ask: (holder: string) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: 8 }, (_, i) => ask(`holder-${i}`)));

  describe(`leases on ${engine}`, () => {
    it(
      'go to one of those who ask at once',
      withScene(async ({ take }) => {
        const taken = await atOnce((holder) => take(holder, 1, 10));
        expect(taken.filter((start) => start !== 'held')).toEqual(['fresh']);
      }),
    );

    it(
      'of a dead one go to one of those who ask at once, and it is told',
      withScene(async ({ take, giveBack }) => {
        await take('dead', 1, 10);
        expect(await take('late', 9, 20)).toBe('held');
        const taken = await atOnce((holder) => take(holder, 10, 20));
        expect(taken.filter((start) => start !== 'held')).toEqual(['after-a-dead-one']);
        await giveBack(`holder-${taken.indexOf('after-a-dead-one')}`);
        expect(await take('next', 11, 20)).toBe('fresh');
      }),
    );

    it(
      'are kept by a renewal',
      withScene(async ({ take, renew }) => {
        await take('a', 1, 10);
        expect(await renew('a', 30)).toBe(true);
        expect(await take('b', 29, 40)).toBe('held');
        expect(await take('b', 30, 40)).toBe('after-a-dead-one');
        expect(await renew('a', 50)).toBe(false);
        expect(await take('c', 40, 50)).toBe('after-a-dead-one');
      }),
    );

    it(
      'are given back by their holder alone',
      withScene(async ({ take, giveBack }) => {
        await take('a', 1, 10);
        expect(await giveBack('b')).toBe(false);
        expect(await take('b', 2, 10)).toBe('held');
        expect(await giveBack('a')).toBe(true);
        expect(await giveBack('a')).toBe(false);
        expect(await take('b', 2, 10)).toBe('fresh');
      }),
    );
  });

  describe(`turns on ${engine}`, () => {
    it(
      'come one after the other, and to everybody in the end',
      withScene(async ({ patient, take }) => {
        let inside = 0;
        const met: number[] = [];
        const turns = await atOnce((holder) =>
          patient(name, async (start) => {
            inside += 1;
            await wait(2);
            met.push(inside);
            inside -= 1;
            return `${holder} ${start}`;
          }),
        );
        expect(turns).toEqual(turns.map((_, i) => ({ ok: true, value: `holder-${i} fresh` })));
        expect(met).toEqual(Array(8).fill(1));
        expect(await take('next', 0, 10)).toBe('fresh');
      }),
    );

    it(
      'of other names wait for nobody',
      withScene(async ({ inTurn }) => {
        const both = await inTurn(name, () => inTurn('work:other', async () => 'both'));
        expect(both).toEqual({ ok: true, value: { ok: true, value: 'both' } });
      }),
    );

    it(
      'say that the one before died in the middle',
      withScene(async ({ clock, inTurn, take }) => {
        await take('dead', 0, 15);
        clock.advance(15);
        expect(await inTurn(name, async (start) => start)).toEqual({ ok: true, value: 'after-a-dead-one' });
        expect(await inTurn(name, async (start) => start)).toEqual({ ok: true, value: 'fresh' });
      }),
    );

    it(
      'are busy after the last look, and nothing is done',
      withScene(async ({ inTurn, slept, take, giveBack }) => {
        await take('other', 0, 15);
        let looked = 0;
        const done = inTurn(
          name,
          async () => 'never',
          async () => {
            looked += 1;
            return undefined;
          },
        );
        expect(await done).toEqual({ ok: false, reason: 'busy' });
        expect([looked, slept]).toEqual([4, [1, 1, 1]]);
        expect(await giveBack('other')).toBe(true);
      }),
    );

    it(
      'are not needed once somebody else has done it',
      withScene(async ({ inTurn, take, giveBack }) => {
        await take('other', 0, 15);
        const found = [undefined, undefined, 'done by another'];
        const done = await inTurn(
          name,
          async () => 'never',
          async () => found.shift(),
        );
        expect(done).toEqual({ ok: true, value: 'done by another' });
        expect(await giveBack('other')).toBe(true);
      }),
    );

    it(
      'are given back when the work fails',
      withScene(async ({ inTurn, take }) => {
        const failed = inTurn(name, async () => Promise.reject(new Error('no stock')));
        await expect(failed).rejects.toThrow('no stock');
        expect(await take('next', 0, 10)).toBe('fresh');
      }),
    );

    it(
      'are renewed while the work takes long',
      withScene(async ({ clock, inTurn, endsAt, take }) => {
        const done = await inTurn(name, async () => {
          expect(await endsAt()).toBe(15);
          clock.advance(10);
          await expect.poll(endsAt, { timeout: 20_000 }).toBe(25);
          return take('other', 24, 30);
        });
        expect(done).toEqual({ ok: true, value: 'held' });
      }),
    );

    it(
      'leave nobody asleep when they end',
      withScene(async ({ parts }) => {
        const asleep: (AbortSignal | undefined)[] = [];
        const sleep = async (ms: number, until?: AbortSignal): Promise<void> => {
          asleep.push(until);
          await wait(ms, undefined, { signal: until });
        };
        const slow = createInTurn({ ...parts, sleep }, { ...times, leaseMs: 3_000_000, renewMs: 1_000_000 });
        const ended = () => asleep.map((until) => until?.aborted);
        expect(await slow(name, async () => ended())).toEqual({ ok: true, value: [false] });
        await expect(slow(name, async () => Promise.reject(new Error('no stock')))).rejects.toThrow(
          'no stock',
        );
        expect(ended()).toEqual([true, true]);
      }),
    );

    it(
      'that were overtaken take nothing from the next one',
      withScene(async ({ parts, take, giveBack, renew }) => {
        const never = (): Promise<void> => new Promise(() => undefined);
        const standing = createInTurn({ ...parts, sleep: never }, times);
        const done = await standing(name, () => take('next', 15, 30));
        expect(done).toEqual({ ok: true, value: 'after-a-dead-one' });
        expect([await renew('next', 40), await giveBack('next')]).toEqual([true, true]);
      }),
    );
  });
};
