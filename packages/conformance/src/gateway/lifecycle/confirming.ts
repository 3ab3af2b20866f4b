import { minutes, seconds } from '@gatewright/payment-core';
import { expect } from 'vitest';
import type { Stage } from '../../journey/stage.ts';
import { runDueJobs } from '../../journey/work.ts';
import {
  canBeRead,
  happens,
  readConfirms,
  readIsPreferred,
  readIsRequired,
  signsNoTime,
  signsTime,
  webhookHas,
} from '../conditions.ts';
import { expectPaidOnce, expectPaidOrHeldAsLate, expectUnpaid } from '../expectations.ts';
import { capturePaid, hintAbout, saying } from '../signing.ts';
import { stories } from '../story.ts';

/** How many calls to the gateway something takes. */
const callsOf = async ({ wire }: Stage, happens: () => Promise<void>): Promise<number> => {
  const before = wire.calls.length;
  await happens();
  return wire.calls.length - before;
};

/** What a message is worth, and what is final. */
export const confirming = stories(
  {
    id: 'seen',
    title: 'money that is not final holds the order and fulfils nothing',
    needs: [happens('seen-before-final')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const { id } = stage.payment(invoice);
      await stage.bench.shopper.see?.(id);
      await stage.work();
      await stage.recheck(invoice);
      expect(stage.order()).toMatchObject({ status: 'on-hold', fulfilments: 0 });
      await stage.bench.shopper.finish?.(id);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'reorg-before-final',
    title: 'money that is gone again before it was final fulfils nothing, and can still come',
    needs: [happens('dropped-before-final'), canBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const { id } = stage.payment(invoice);
      await stage.bench.shopper.see?.(id);
      await stage.work();
      expect((await stage.current(invoice)).status).toBe('processing');
      await stage.bench.shopper.drop?.(id);
      await stage.live(minutes(3));
      expect((await stage.current(invoice)).status).toBe('open');
      expect(stage.order().fulfilments).toBe(0);
      await stage.pay(invoice);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'reorg-after-final',
    title: 'final money that is gone again is shown to a person; the order stays paid',
    needs: [happens('withdrawn-after-final'), canBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice);
      await stage.sleep(minutes(1));
      await stage.bench.shopper.withdraw?.(stage.payment(invoice).id);
      await stage.recheck(invoice);
      await expectPaidOnce(stage, invoice);
      expect((await stage.current(invoice)).exceptions).toContain('reorged');
      expect(await stage.reviews()).toEqual(['reorged']);
    },
  },
  {
    id: 'signed-fact-stands',
    title: 'the signed message counts when no read answers within a minute',
    needs: [readIsPreferred],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.wire.cut();
      await stage.pay(invoice);
      expectUnpaid(stage);
      await stage.live(minutes(2));
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'hint-waits',
    title: 'a webhook that is only a hint changes nothing until a read answers',
    needs: [readIsRequired],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.wire.cut();
      await stage.pay(invoice);
      await stage.live(minutes(5));
      expectUnpaid(stage);
      stage.wire.mend();
      await stage.live(minutes(2));
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'hint-copies',
    title:
      'a hundred copies of a hint at once cost at most two reads, and the money after them is not missed',
    needs: [readIsRequired, webhookHas('payment')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const hint = await hintAbout(stage, invoice);
      const cost = await callsOf(stage, async () => {
        await Promise.all(Array.from({ length: 100 }, () => stage.deliver(hint)));
        await Promise.all(Array.from({ length: 8 }, () => runDueJobs(stage.jobs, stage.ports)));
        await stage.moment();
      });
      expect((await stage.current(invoice)).status).toBe('open');
      const oneRead = await callsOf(stage, () => stage.recheck(invoice));
      expect(oneRead).toBeGreaterThan(0);
      expect(cost).toBeLessThanOrEqual(2 * oneRead);
      await stage.pay(invoice);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'hint-stream',
    title: 'hints that come every second are read once in some seconds, and the last one is not missed',
    needs: [readIsRequired, webhookHas('payment')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const hint = await hintAbout(stage, invoice);
      const cost = await callsOf(stage, async () => {
        for (let second = 0; second < 60; second += 1) {
          await stage.deliver(hint);
          await runDueJobs(stage.jobs, stage.ports);
          await stage.sleep(seconds(1));
        }
      });
      await stage.pay(invoice);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
      const oneRead = await callsOf(stage, () => stage.recheck(invoice));
      expect(cost).toBeLessThanOrEqual(30 * oneRead);
    },
  },
  {
    id: 'hint-during-read',
    title: 'a hint that arrives while a read is under way leads to a read that begins after it',
    needs: [readIsRequired],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      const held = stage.wire.holdAnswer();
      await stage.deliver(paid);
      const working = stage.work();
      await held.answered;
      await stage.deliver(paid);
      const arrived = stage.ports.clock.now();
      held.release();
      await working;
      await stage.live(minutes(1));
      expect((await stage.current(invoice)).lastReadAt).toBeGreaterThan(arrived);
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'stale-copies',
    title: 'a hundred copies of a webhook that is too old cost at most two reads',
    needs: [signsTime, canBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      await stage.sleep(minutes(6));
      const cost = await callsOf(stage, async () => {
        await Promise.all(Array.from({ length: 100 }, () => stage.deliver(paid)));
        await Promise.all(Array.from({ length: 8 }, () => stage.work()));
      });
      await expectPaidOnce(stage, invoice);
      const oneRead = await callsOf(stage, () => stage.recheck(invoice));
      expect(oneRead).toBeGreaterThan(0);
      expect(cost).toBeLessThanOrEqual(2 * oneRead);
    },
  },
  {
    id: 'signed-but-denied',
    title: 'a signed "paid" that the gateway\'s own record denies books nothing',
    needs: [readConfirms, webhookHas('payment')],
    run: async (stage) => {
      const unpaid = await stage.checkout({ order: '2' });
      const paid = await capturePaid(stage, await stage.checkout());
      const other = stage.payment(unpaid);
      const reference = stage.subject.webhook.fields.reference ? { reference: unpaid.reference } : {};
      const { status } = await stage.deliver(saying(stage, paid, { payment: other.id, ...reference }));
      expect(status).toBe(200);
      await stage.live(minutes(3));
      expectUnpaid(stage, '2');
      expect((await stage.current(unpaid)).status).toBe('open');
    },
  },
  {
    id: 'stale-webhook',
    title: 'a genuine webhook that is too old is refused, and a read settles the order',
    needs: [signsTime, canBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      await stage.sleep(minutes(6));
      expect(await stage.deliver(paid)).toMatchObject({ status: 401, reason: 'timestamp-stale' });
      await stage.work();
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'slow-webhook',
    title: 'a genuine webhook that took 36 minutes is accepted',
    needs: [signsNoTime],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      await stage.sleep(minutes(36));
      expect((await stage.deliver(paid)).status).toBe(200);
      await stage.work();
      await expectPaidOrHeldAsLate(stage, invoice);
    },
  },
);
