import { cancelOrder, followOrder, minutes, orderKeySchema } from '@gatewright/payment-core';
import { expect } from 'vitest';
import type { Stage } from '../../journey/stage.ts';
import { canCancel, cannotCancel } from '../conditions.ts';
import { expectPaidOnce } from '../expectations.ts';
import { capturePaid } from '../signing.ts';
import { stories } from '../story.ts';

const orderKey = orderKeySchema.parse('1');

/** The platform tells us that an order has changed. */
const tellOfChange = async (stage: Stage): Promise<void> => {
  await followOrder(stage.ports, stage.main.store, orderKey);
  await stage.work();
};

/** What a person decided in the shop stands (invariant 4). */
export const people = stories(
  {
    id: 'cancelled-after-paid',
    title: 'a paid order that a person cancels is not revived by anything that comes later',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      await stage.deliver(paid);
      await stage.work();
      await expectPaidOnce(stage, invoice);
      stage.order().status = 'cancelled';
      await tellOfChange(stage);
      await stage.deliver(paid);
      await stage.live(minutes(5));
      await stage.recheck(invoice);
      expect(stage.order()).toMatchObject({ status: 'cancelled', fulfilments: 1 });
    },
  },
  {
    id: 'refunded-after-paid',
    title: 'a paid order that a person refunds in the shop stays refunded, and the money is not sent twice',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      await stage.deliver(paid);
      await stage.work();
      stage.shop.refund('1', stage.order().total);
      await tellOfChange(stage);
      await stage.deliver(paid);
      await stage.live(minutes(5));
      expect(stage.order()).toMatchObject({ status: 'refunded', fulfilments: 1 });
      expect(await stage.refund('r2', '1.00')).toEqual({ outcome: 'refused', reason: 'more-than-paid' });
    },
  },
  {
    id: 'cancelled-then-paid',
    title: 'money for an order that a person cancelled meanwhile is shown and revives nothing',
    needs: [cannotCancel],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.order().status = 'cancelled';
      await tellOfChange(stage);
      await stage.pay(invoice);
      expect(stage.order()).toMatchObject({ status: 'cancelled', fulfilments: 0 });
      expect(await stage.reviews()).toContain('storefront_refused');
    },
  },
  {
    id: 'cancelled-at-gateway',
    title: 'an order that a person cancels can no longer be paid at the gateway',
    needs: [canCancel],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const { id } = stage.payment(invoice);
      stage.order().status = 'cancelled';
      await tellOfChange(stage);
      expect((await stage.current(invoice)).status).toBe('canceled');
      await expect(stage.bench.shopper.pay(id)).rejects.toThrow();
    },
  },
  {
    id: 'cancel-race',
    title: 'paid and cancelled at the same moment: the gateway decides, and the money is shown',
    needs: [canCancel],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.order().status = 'cancelled';
      await capturePaid(stage, invoice);
      expect(await cancelOrder(stage.ports, stage.main.store, orderKey)).toEqual({
        canceled: [],
        watched: [invoice.id],
      });
      await stage.work();
      expect((await stage.current(invoice)).status).toBe('settled');
      expect(stage.order()).toMatchObject({ status: 'cancelled', fulfilments: 0 });
      expect(await stage.reviews()).toEqual(['storefront_refused']);
    },
  },
  {
    id: 'paid-otherwise',
    title: 'money for an order that was paid in another way is shown and fulfils nothing more',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.shop.payOtherwise('1');
      await stage.pay(invoice);
      expect(stage.order()).toMatchObject({ status: 'processing', claim: null, fulfilments: 1 });
      expect(await stage.reviews()).toEqual(['storefront_refused']);
      expect((await stage.current(invoice)).exceptions).toContain('duplicate_payment');
    },
  },
  {
    id: 'order-gone',
    title: 'money for an order that a person deleted is shown',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.shop.remove('1');
      await stage.pay(invoice);
      expect((await stage.current(invoice)).status).toBe('settled');
      expect(await stage.reviews()).toEqual(['storefront_refused']);
    },
  },
);
