import { expect, it } from 'vitest';
import { dyingCheckout } from '../checkout/dying-checkout.fixture.ts';
import { seconds } from '../identity/clock.ts';
import { endOrder } from './end-order.ts';

it('waits for an attempt that is being created, also when the order is over, and has it looked for', async () => {
  const { ports, store, orderKey, checkOut, attempts, jobsSoon, pass } = dyingCheckout();
  void checkOut();
  await expect.poll(attempts).toHaveLength(1);
  await ports.ledger.transact(async (tx) => {
    const order = await tx.orders.byKey(store, orderKey);
    if (order) await tx.orders.put({ ...order, state: 'ended' });
  });
  pass(seconds(10));
  expect(await endOrder(ports, store, orderKey)).toMatchObject({ done: false, again: seconds(35) });
  expect(await attempts()).toMatchObject([{ ambiguous: false }]);
  pass(seconds(35));
  // Nobody needs the account for that: its credentials may be unreadable at the moment.
  const closed = { ...ports, directory: { ...ports.directory, account: async () => undefined } };
  expect(await endOrder(closed, store, orderKey)).toEqual({ done: true });
  const [lost] = await attempts();
  expect(lost).toMatchObject({ status: 'creating', ambiguous: true });
  expect(await jobsSoon()).toContainEqual({ kind: 'find-invoice', invoice: lost?.id });
});
