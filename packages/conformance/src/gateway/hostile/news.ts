import { minutes } from '@gatewright/payment-core';
import { expect } from 'vitest';
import { signsTime, signsWholeBody, webhookHas } from '../conditions.ts';
import { expectPaidOnce, expectUnpaid } from '../expectations.ts';
import { capturePaid, saying } from '../signing.ts';
import { stories } from '../story.ts';

/** Genuine messages with something in them that is new to us, and genuine ones that are not new at all. */
export const news = stories(
  {
    id: 'unknown-status',
    title: 'an unknown status is acknowledged, held for review and never settles',
    needs: [webhookHas('status'), signsWholeBody],
    run: async (stage) => {
      const unpaid = await stage.checkout({ order: '2' });
      const paid = await capturePaid(stage, await stage.checkout());
      const { payment, reference } = stage.subject.webhook.fields;
      const about = {
        ...(payment ? { payment: stage.payment(unpaid).id } : {}),
        ...(reference ? { reference: unpaid.reference } : {}),
      };
      const { status } = await stage.deliver(saying(stage, paid, { ...about, status: 'teleported' }));
      expect(status).toBe(200);
      await stage.live(minutes(3));
      expectUnpaid(stage, '2');
      expect((await stage.current(unpaid)).status).toBe('open');
      expect(await stage.reviews()).toContain('unknown_status');
    },
  },
  {
    id: 'unknown-event',
    title: 'an unknown kind of event is acknowledged and settles nothing',
    needs: [webhookHas('event')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      const { status } = await stage.deliver(saying(stage, paid, { event: 'payment.teleported' }));
      await stage.work();
      expect(status).toBe(200);
      expectUnpaid(stage);
      expect((await stage.current(invoice)).status).toBe('open');
    },
  },
  {
    id: 'replay',
    title: 'a replayed webhook is acknowledged and changes nothing',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      await stage.deliver(paid);
      await stage.work();
      await expectPaidOnce(stage, invoice);
      const before = await stage.state();
      expect((await stage.deliver(paid)).status).toBe(200);
      await stage.work();
      expect(await stage.state()).toEqual(before);
    },
  },
  {
    id: 'replay-later',
    title: 'a webhook replayed after its time is refused and changes nothing',
    needs: [signsTime],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      await stage.deliver(paid);
      await stage.work();
      await stage.sleep(minutes(6));
      const before = await stage.state();
      expect((await stage.deliver(paid)).status).toBe(401);
      await stage.work();
      expect(await stage.state()).toEqual(before);
      await expectPaidOnce(stage, invoice);
    },
  },
);
