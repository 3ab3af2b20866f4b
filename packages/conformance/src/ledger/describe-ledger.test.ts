import { createMemoryLedger } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { describeLedger } from './describe-ledger.ts';
import { sampleOrder } from './sample-rows.ts';

describeLedger('the memory ledger', async () => {
  const ledger = createMemoryLedger();
  return { ledger, jobs: ledger.jobs, changes: ledger.changes, close: async () => undefined };
});

describe('the memory ledger', () => {
  it('goes back to a snapshot as often as it is asked to', async () => {
    const ledger = createMemoryLedger();
    const order = sampleOrder();
    const write = (deadline: number) => ledger.transact((tx) => tx.orders.put({ ...order, deadline }));
    const deadline = async () =>
      (await ledger.transact((tx) => tx.orders.byKey(order.store, order.orderKey)))?.deadline;
    await write(1);
    const snapshot = ledger.snapshot();
    for (const later of [2, 3]) {
      await write(later);
      expect(await deadline()).toBe(later);
      ledger.restore(snapshot);
      expect(await deadline()).toBe(1);
    }
  });

  it('refuses to copy a state in the middle of a transaction', async () => {
    const ledger = createMemoryLedger();
    const running = ledger.transact(async () => undefined);
    expect(() => ledger.snapshot()).toThrow('running');
    await running;
    expect(() => ledger.snapshot()).not.toThrow();
  });
});
