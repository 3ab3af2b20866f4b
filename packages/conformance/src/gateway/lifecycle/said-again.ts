import { minutes } from '@gatewright/payment-core';
import { expect } from 'vitest';
import {
  canBeRead,
  canBeUnderpaid,
  signsTime,
  signsWholeBody,
  webhookCanSay,
  webhookHas,
} from '../conditions.ts';
import { expectHeld, expectPaidOnce } from '../expectations.ts';
import { capturePaid, sayAndPay } from '../signing.ts';
import { stories } from '../story.ts';

/** What a gateway repeats, and what came before or after its time. */
export const saidAgain = stories(
  {
    id: 'held-once',
    title: 'a held payment is told to the shop once, however often it is read',
    needs: [canBeUnderpaid],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, '0.9') });
      await expectHeld(stage, 'underpaid');
      await stage.live(minutes(20));
      const { instructions } = await stage.state();
      expect(instructions.map(({ kind }) => kind)).toEqual(['hold']);
    },
  },
  {
    id: 'hold-lifted',
    title: 'a hold that a person has lifted does not come back with the next read',
    needs: [canBeUnderpaid],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, '0.9') });
      await expectHeld(stage, 'underpaid');
      stage.order().status = 'pending';
      await stage.live(minutes(5));
      expect(stage.order().status).toBe('pending');
    },
  },
  {
    id: 'overtaken-unmatched',
    title: 'a webhook that overtook the create answer leaves nothing in front of a person',
    needs: [],
    run: async (stage) => {
      stage.wire.beforeAnswer(async () => {
        const [payment] = stage.main.atGateway.payments();
        const amount = payment?.amount === null ? { amount: '20' } : {};
        await stage.bench.shopper.pay(payment?.id ?? '', amount);
        await stage.work();
      });
      const invoice = await stage.checkout();
      await stage.moment();
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'recheck-after-paid',
    title: 'rechecking a paid order changes nothing',
    needs: [canBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice);
      await stage.sleep(minutes(1));
      await stage.recheck(invoice);
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'stale-and-full',
    title: 'a stale webhook while the ledger cannot store is refused, not thrown',
    needs: [signsTime],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      await stage.sleep(minutes(6));
      stage.ledgerWorks(false);
      const { status } = await stage.deliver(paid);
      expect([401, 503]).toContain(status);
    },
  },
  {
    id: 'failed-then-paid-reviewed',
    title:
      'money after a failure settles and is shown to a person (gateways.md 11.2: failed -> settled "+ review")',
    needs: [webhookHas('status'), webhookCanSay('failed'), signsWholeBody],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await sayAndPay(stage, invoice, 'failed');
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).not.toEqual([]);
    },
  },
);
