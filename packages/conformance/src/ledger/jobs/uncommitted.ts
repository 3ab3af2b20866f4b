import type { Ledger } from '@gatewright/payment-core';
import { expect, it } from 'vitest';
import { type OpenLedger, onLedger } from '../open-ledger.ts';
import { enqueue, leaseOne, read } from './sample-jobs.ts';

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

export const describeUncommitted = (open: OpenLedger): void => {
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
