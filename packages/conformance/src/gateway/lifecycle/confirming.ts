import { minutes } from '@gatewright/payment-core';
import { expect } from 'vitest';
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
import { capturePaid, saying } from '../signing.ts';
import { stories } from '../story.ts';

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
      await stage.work();
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
