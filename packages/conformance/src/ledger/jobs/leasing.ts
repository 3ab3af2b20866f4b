import { expect, it } from 'vitest';
import { type OpenLedger, onLedger } from '../open-ledger.ts';
import { enqueue, leaseOne, read } from './sample-jobs.ts';

export const describeLeasing = (open: OpenLedger): void => {
  it(
    'are leased to one of 20 parallel workers',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      await enqueue(ledger, read('two'), 1);
      const taken = await Promise.all(Array.from({ length: 20 }, () => jobs.lease(1, 50, 10)));
      expect(taken.flat().map(({ job }) => job)).toEqual([read('one'), read('two')]);
    }),
  );

  it(
    'of a worker that died are leased again at the end of the lease, which counts as an attempt',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      expect((await leaseOne(jobs, 10, 50)).attempts).toBe(1);
      expect(await jobs.nextRunAt()).toBe(60);
      expect(await jobs.lease(59, 50, 10)).toEqual([]);
      expect((await leaseOne(jobs, 60)).attempts).toBe(2);
    }),
  );

  it(
    'cannot be ended by a worker whose lease was taken over',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      const stale = await leaseOne(jobs, 1, 50);
      const current = await leaseOne(jobs, 51, 50);
      await jobs.complete(stale.id);
      await jobs.retry(stale.id, 52, 'stale');
      await jobs.postpone(stale.id, 52, 'stale');
      await jobs.bury(stale.id, 'stale');
      expect(await jobs.nextRunAt()).toBe(101);
      expect(await jobs.dead()).toEqual([]);
      await jobs.complete(current.id);
      expect(await jobs.nextRunAt()).toBeUndefined();
    }),
  );

  it(
    'cannot be ended by the lease of an earlier job that is finished',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      const { id } = await leaseOne(jobs, 1);
      await jobs.complete(id);
      await enqueue(ledger, read('two'), 1);
      await leaseOne(jobs, 1, 50);
      await jobs.complete(id);
      expect(await jobs.nextRunAt()).toBe(51);
    }),
  );

  it(
    'end once: what comes after the first ending changes nothing',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      const { id } = await leaseOne(jobs, 1);
      await jobs.retry(id, 30, 'not yet');
      await jobs.complete(id);
      await jobs.bury(id, 'late');
      await jobs.retry(id, 20, 'late');
      expect(await jobs.nextRunAt()).toBe(30);
      expect(await jobs.dead()).toEqual([]);
    }),
  );
};
