import { expect, it } from 'vitest';
import { seconds } from '../identity/clock.ts';
import { reportDeadJob } from '../ledger/report-dead-job.ts';
import { dyingCheckout } from './dying-checkout.fixture.ts';

it('looks for the invoice of a checkout that died when the same is asked for again (CP-9)', async () => {
  const { ports, store, checkOut, attempts, jobsSoon, pass } = dyingCheckout();
  void checkOut();
  await expect.poll(attempts).toHaveLength(1);
  expect(await checkOut()).toEqual({ outcome: 'busy' });
  pass(seconds(46));
  expect(await checkOut()).toMatchObject({ outcome: 'unavailable' });
  const [lost, second] = await attempts();
  expect(lost).toMatchObject({ n: 1, status: 'creating', ambiguous: true, superseded: true });
  expect(second).toMatchObject({ n: 2 });
  const search = (await jobsSoon()).find(({ kind }) => kind === 'find-invoice');
  expect(search).toEqual({ kind: 'find-invoice', invoice: lost?.id });
  // A search that fails each time ends in front of a person (invariant 14).
  if (search) await reportDeadJob(ports, search, 'TypeError');
  const reviews = await ports.ledger.transact((tx) => tx.reviews.page(store, { state: 'open', limit: 100 }));
  expect(reviews).toMatchObject([{ kind: 'create_ambiguous', invoice: lost?.id }]);
});
