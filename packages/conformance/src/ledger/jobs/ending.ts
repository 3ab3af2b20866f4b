import { expect, it } from 'vitest';
import { type OpenLedger, onLedger } from '../open-ledger.ts';
import { enqueue, leaseOne, read } from './sample-jobs.ts';

export const describeEnding = (open: OpenLedger): void => {
  it(
    'that failed run again at their time, with one attempt more',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      await jobs.retry((await leaseOne(jobs, 1)).id, 40, 'unreachable');
      expect(await jobs.lease(39, 10, 10)).toEqual([]);
      const second = await leaseOne(jobs, 40);
      expect(second).toMatchObject({ job: read('one'), attempts: 2 });
    }),
  );

  it(
    'that were postponed run again at their time, with attempts counted anew',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      await jobs.retry((await leaseOne(jobs, 1)).id, 2, 'unreachable');
      await jobs.postpone((await leaseOne(jobs, 2)).id, 40, 'too early');
      expect(await jobs.lease(39, 10, 10)).toEqual([]);
      expect((await leaseOne(jobs, 40)).attempts).toBe(1);
    }),
  );

  it(
    'that wait for their next attempt run earlier when they are asked for again',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      await jobs.retry((await leaseOne(jobs, 1)).id, 5_000, 'unreachable');
      await enqueue(ledger, read('one'), 20);
      expect((await leaseOne(jobs, 20)).attempts).toBe(2);
    }),
  );

  it(
    'that are exhausted are kept with their reason, never run, and do not block new work',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      const { id } = await leaseOne(jobs, 1);
      await jobs.bury(id, 'ten attempts failed');
      expect(await jobs.lease(1_000_000, 10, 10)).toEqual([]);
      expect(await jobs.nextRunAt()).toBeUndefined();
      expect(await jobs.dead()).toEqual([
        { id, job: read('one'), attempts: 1, reason: 'ten attempts failed' },
      ]);
      await enqueue(ledger, read('one'), 5);
      await jobs.complete((await leaseOne(jobs, 5)).id);
      expect(await jobs.dead()).toHaveLength(1);
    }),
  );
};
