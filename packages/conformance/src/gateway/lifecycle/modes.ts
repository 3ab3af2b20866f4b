import { minutes, resolveReview } from '@gatewright/payment-core';
import { expect } from 'vitest';
import type { Stage } from '../../journey/stage.ts';
import { canBeRead } from '../conditions.ts';
import { expectPaidOnce, expectUnpaid } from '../expectations.ts';
import { stories } from '../story.ts';

/** A person decides about the one item that waits. */
const decide = async (stage: Stage, kind: 'accept' | 'ignore'): Promise<void> => {
  const { ports, main } = stage;
  const [item] = await ports.ledger.transact((tx) =>
    tx.reviews.page(main.store, { state: 'open', limit: 100 }),
  );
  const amount = (await stage.state()).invoices[0]?.order;
  if (!item || !amount) throw new Error('nothing waits for a person');
  const decision = kind === 'accept' ? { kind, amount } : { kind };
  const fields = { store: main.store, review: item.id, by: 'ann', reason: 'looked at it', decision };
  expect(await resolveReview(ports, fields)).toEqual({ ok: true });
  await stage.work();
};

/** A person has been told, once, and the shop has not. */
const expectShownOnly = async (stage: Stage): Promise<void> => {
  expectUnpaid(stage);
  const { instructions, claims } = await stage.state();
  expect({ instructions, claims }).toEqual({ instructions: [], claims: [] });
  expect(await stage.reviews()).toEqual(['review']);
};

/** Test money never settles a live order, and real money is never taken for test money (invariant 13). */
export const modes = stories(
  {
    id: 'test-money-after-going-live',
    title:
      'test money for an invoice from before the store went live settles nothing, and a person is told once',
    needs: [],
    settings: { accountMode: 'test' },
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.storeBecomes('live');
      await stage.pay(invoice);
      await stage.live(minutes(5));
      await expectShownOnly(stage);
      await decide(stage, 'ignore');
      await stage.live(minutes(20));
      expectUnpaid(stage);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'test-money-not-accepted',
    title: 'test money does not settle a live order by the hand of a person either',
    needs: [],
    settings: { accountMode: 'test' },
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.storeBecomes('live');
      await stage.pay(invoice);
      await stage.moment();
      await decide(stage, 'accept');
      await stage.live(minutes(5));
      expectUnpaid(stage);
      expect((await stage.state()).claims.map(({ state }) => state)).toEqual(['released']);
      expect(await stage.reviews()).toEqual(['review']);
    },
  },
  {
    id: 'test-money-untold',
    title: 'test money that the shop could not be told of before the store went live is not told after it',
    needs: [],
    settings: { accountMode: 'test' },
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.shop.trouble('unreachable');
      await stage.pay(invoice);
      expectUnpaid(stage);
      stage.storeBecomes('live');
      await stage.live(minutes(5));
      expectUnpaid(stage);
      expect((await stage.state()).claims.map(({ state }) => state)).toEqual(['released']);
      expect(await stage.reviews()).toEqual(['review']);
    },
  },
  {
    id: 'live-money-in-test-mode',
    title: 'real money that comes while the store is in test mode is shown to a person, who can book it',
    needs: [],
    settings: { accountMode: 'live' },
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.storeBecomes('test');
      await stage.pay(invoice);
      await stage.live(minutes(5));
      await expectShownOnly(stage);
      await decide(stage, 'accept');
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'live-money-read-again',
    title:
      'real money that came while the store was in test mode settles at the next read when it is live again',
    needs: [canBeRead],
    settings: { accountMode: 'live' },
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.storeBecomes('test');
      await stage.pay(invoice);
      await stage.live(minutes(40));
      await expectShownOnly(stage);
      stage.storeBecomes('live');
      await stage.live(minutes(16));
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'live-money-untold',
    title: 'real money that the shop could not be told of before the store went back to test mode is told',
    needs: [],
    settings: { accountMode: 'live' },
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.shop.trouble('unreachable');
      await stage.pay(invoice);
      stage.storeBecomes('test');
      await stage.live(minutes(5));
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
);
