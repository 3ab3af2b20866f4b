import type { Job, JobQueue, Ledger } from '@gatewright/payment-core';
import { expect } from 'vitest';
import { invoiceId } from '../sample-rows.ts';

export const read = (name: string): Job => ({ kind: 'read-invoice', invoice: invoiceId(name) });
export const enqueue = (ledger: Ledger, job: Job, runAt: number): Promise<void> =>
  ledger.transact((tx) => tx.jobs.enqueue(job, runAt));

/** The one job that is due. */
export const leaseOne = async (jobs: JobQueue, now: number, leaseMs = 100) => {
  const leased = await jobs.lease(now, leaseMs, 10);
  const [job] = leased;
  expect(leased).toHaveLength(1);
  if (job === undefined) throw new Error('no job was due');
  return job;
};
