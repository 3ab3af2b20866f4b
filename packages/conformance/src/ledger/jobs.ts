import type { Job, JobQueue, Ledger } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { type OpenLedger, onLedger } from './open-ledger.ts';
import { invoiceId, orderKey, storeId } from './sample-rows.ts';

const read = (name: string): Job => ({ kind: 'read-invoice', invoice: invoiceId(name) });
const enqueue = (ledger: Ledger, job: Job, runAt: number): Promise<void> =>
  ledger.transact((tx) => tx.jobs.enqueue(job, runAt));

/** The one job that is due. */
const leaseOne = async (jobs: JobQueue, now: number, leaseMs = 100) => {
  const leased = await jobs.lease(now, leaseMs, 10);
  const [job] = leased;
  expect(leased).toHaveLength(1);
  if (job === undefined) throw new Error('no job was due');
  return job;
};

const everyKind: readonly Job[] = [
  { kind: 'apply-event', inbox: 'inbox' },
  read('one'),
  { kind: 'tell-storefront', instruction: 'instruction' },
  { kind: 'end-order', store: storeId('store-a'), orderKey: orderKey('order:1') },
  { kind: 'cancel-invoice', invoice: invoiceId('one') },
  { kind: 'no-news', invoice: invoiceId('one') },
  { kind: 'find-invoice', invoice: invoiceId('one') },
];

const describeEnqueue = (open: OpenLedger): void => {
  it(
    'of every kind come back as they were written, longest due first, up to the limit',
    onLedger(open, async ({ ledger, jobs }) => {
      for (const [i, job] of everyKind.entries()) await enqueue(ledger, job, 100 - i);
      const expected = [...everyKind].reverse();
      const first = await jobs.lease(100, 50, 3);
      const rest = await jobs.lease(100, 50, 100);
      expect([...first, ...rest].map(({ job }) => job)).toEqual(expected);
      expect(first).toHaveLength(3);
      expect(new Set([...first, ...rest].map(({ id }) => id)).size).toBe(everyKind.length);
    }),
  );

  it(
    'are gone when the transaction that asked for them fails',
    onLedger(open, async ({ ledger, jobs }) => {
      const broken = ledger.transact(async (tx) => {
        await tx.jobs.enqueue(read('one'), 1);
        throw new Error('no');
      });
      await expect(broken).rejects.toThrow('no');
      expect(await jobs.lease(1_000, 50, 10)).toEqual([]);
    }),
  );

  it(
    'with one key are one job, at the earliest time that was asked for',
    onLedger(open, async ({ ledger, jobs }) => {
      await Promise.all([70, 50, 90, 60].map((runAt) => enqueue(ledger, read('one'), runAt)));
      await enqueue(ledger, read('two'), 80);
      expect(await jobs.nextRunAt()).toBe(50);
      expect(await jobs.lease(49, 10, 10)).toEqual([]);
      const job = await leaseOne(jobs, 50);
      await jobs.complete(job.id);
      expect(await jobs.nextRunAt()).toBe(80);
    }),
  );

  it(
    'that are finished can be asked for again',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      await jobs.complete((await leaseOne(jobs, 1)).id);
      expect(await jobs.nextRunAt()).toBeUndefined();
      await enqueue(ledger, read('one'), 2);
      expect((await leaseOne(jobs, 2)).attempts).toBe(1);
    }),
  );
};

const describeLeases = (open: OpenLedger): void => {
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

const describeEndings = (open: OpenLedger): void => {
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

const describeAgain = (open: OpenLedger): void => {
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

/** Resolves when `open` is called. */
const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

/** A transaction that asks for a job and then stays open until it is let go. */
const askAndStay = async (ledger: Ledger, runAt: number) => {
  const [asked, go] = [gate(), gate()];
  const state = { ended: false };
  const transaction = ledger.transact(async (tx) => {
    await tx.jobs.enqueue(read('one'), runAt);
    asked.open();
    await go.opened;
  });
  await asked.opened;
  const end = async (): Promise<void> => {
    go.open();
    await transaction;
    state.ended = true;
  };
  return { state, end };
};

/** Long enough for a queue that does not wait to answer. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50));

const describeUncommitted = (open: OpenLedger): void => {
  it(
    'that wait and are asked for again are taken by nobody before what was written with the asking can be seen',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      const { state, end } = await askAndStay(ledger, 5);
      const taken = jobs.lease(10, 50, 10).then((leased) => ({ leased, early: !state.ended }));
      await aMoment();
      await end();
      const first = await taken;
      if (first.early) expect(first.leased).toEqual([]);
      const later = await jobs.lease(10, 50, 10);
      expect([...first.leased, ...later].map(({ job }) => job)).toEqual([read('one')]);
    }),
  );

  it(
    'that run and end while somebody asks for them again run again after it',
    onLedger(open, async ({ ledger, jobs }) => {
      await enqueue(ledger, read('one'), 1);
      const { id } = await leaseOne(jobs, 1, 50);
      const { end } = await askAndStay(ledger, 5);
      const completed = jobs.complete(id);
      await aMoment();
      await end();
      await completed;
      expect(await leaseOne(jobs, 5)).toMatchObject({ job: read('one'), attempts: 1 });
    }),
  );
};

export const describeJobs = (open: OpenLedger): void => {
  describe('jobs', () => {
    describeUncommitted(open);
    describeEnqueue(open);
    describeLeases(open);
    describeEndings(open);
    describeAgain(open);
  });
};
