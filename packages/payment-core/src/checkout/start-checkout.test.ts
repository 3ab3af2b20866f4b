import { expect, it } from 'vitest';
import { seconds } from '../identity/clock.ts';
import { dyingCheckout } from './dying-checkout.fixture.ts';

it('looks for the invoice of a checkout that died when the same is asked for again (CP-9)', async () => {
  const { checkOut, attempts, jobsSoon, pass } = dyingCheckout();
  void checkOut();
  await expect.poll(attempts).toHaveLength(1);
  expect(await checkOut()).toEqual({ outcome: 'busy' });
  pass(seconds(46));
  expect(await checkOut()).toMatchObject({ outcome: 'unavailable' });
  const [lost, second] = await attempts();
  expect(lost).toMatchObject({ n: 1, status: 'creating', ambiguous: true, superseded: true });
  expect(second).toMatchObject({ n: 2 });
  expect(await jobsSoon()).toContainEqual({ kind: 'find-invoice', invoice: lost?.id });
});
