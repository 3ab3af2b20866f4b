import type { JobQueue, Ledger } from '@gatewright/payment-core';
import { expect, it } from 'vitest';
import { type OpenLedger, onLedger } from '../open-ledger.ts';
import { enqueue, leaseOne, read } from './sample-jobs.ts';

export const describeAskingAgain = (open: OpenLedger): void => {
  const askedWhileLeased = async (ledger: Ledger, jobs: JobQueue, ...runAt: readonly number[]) => {
    await enqueue(ledger, read('one'), 1);
    const leased = await leaseOne(jobs, 10, 50);
    for (const at of runAt) await enqueue(ledger, read('one'), at);
    expect(await jobs.lease(40, 50, 10)).toEqual([]);
    return leased;
  };

  it(
    'that are asked for while they run, run again after they are complete',
    onLedger(open, async ({ ledger, jobs }) => {
      const { id } = await askedWhileLeased(ledger, jobs, 90, 30, 60);
      await jobs.complete(id);
      expect(await jobs.nextRunAt()).toBe(30);
      const again = await leaseOne(jobs, 40);
      expect(again).toMatchObject({ job: read('one'), attempts: 1 });
      await jobs.complete(again.id);
      expect(await jobs.nextRunAt()).toBeUndefined();
    }),
  );

  it(
    'that are asked for while they run and fail, run at the earlier of both times',
    onLedger(open, async ({ ledger, jobs }) => {
      const { id } = await askedWhileLeased(ledger, jobs, 30);
      await jobs.retry(id, 5_000, 'unreachable');
      expect(await jobs.nextRunAt()).toBe(30);
      const second = await leaseOne(jobs, 40);
      await enqueue(ledger, read('one'), 900);
      await jobs.postpone(second.id, 800, 'too early');
      expect(await jobs.nextRunAt()).toBe(800);
    }),
  );

  it(
    'that are asked for while they run for the last time, run anew',
    onLedger(open, async ({ ledger, jobs }) => {
      const { id } = await askedWhileLeased(ledger, jobs, 30);
      await jobs.bury(id, 'exhausted');
      expect(await jobs.dead()).toHaveLength(1);
      expect(await leaseOne(jobs, 40)).toMatchObject({ job: read('one'), attempts: 1 });
    }),
  );

  it(
    'that are asked for while a dying worker has them, run once for it and once for what is later still',
    onLedger(open, async ({ ledger, jobs }) => {
      await askedWhileLeased(ledger, jobs, 30);
      await jobs.complete((await leaseOne(jobs, 60, 50)).id);
      expect(await jobs.nextRunAt()).toBeUndefined();

      await askedWhileLeased(ledger, jobs, 500);
      await jobs.complete((await leaseOne(jobs, 60, 50)).id);
      expect(await jobs.nextRunAt()).toBe(500);
    }),
  );
};
