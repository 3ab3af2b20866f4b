import type { Job } from '@gatewright/payment-core';
import { expect, it } from 'vitest';
import { type OpenLedger, onLedger } from '../open-ledger.ts';
import { invoiceId, orderKey, storeId } from '../sample-rows.ts';
import { enqueue, leaseOne, read } from './sample-jobs.ts';

const everyKind: readonly Job[] = [
  { kind: 'apply-event', inbox: 'inbox' },
  read('one'),
  { kind: 'tell-storefront', instruction: 'instruction' },
  { kind: 'end-order', store: storeId('store-a'), orderKey: orderKey('order:1') },
  { kind: 'cancel-invoice', invoice: invoiceId('one') },
  { kind: 'no-news', invoice: invoiceId('one') },
  { kind: 'find-invoice', invoice: invoiceId('one') },
];

export const describeAsking = (open: OpenLedger): void => {
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
