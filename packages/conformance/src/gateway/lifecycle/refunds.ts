import { followOrder, minutes, orderKeySchema } from '@gatewright/payment-core';
import { expect } from 'vitest';
import type { Stage } from '../../journey/stage.ts';
import { cannotRefund, canRefund, canRefundInPart } from '../conditions.ts';
import { stories } from '../story.ts';

const paid = async (stage: Stage) => {
  const invoice = await stage.checkout();
  await stage.pay(invoice);
  return invoice;
};

/** Money back: never twice, never more than came, never claimed where a person has to do it. */
export const refunds = stories(
  {
    id: 'refund-in-parts',
    title: 'an order is refunded in parts, never beyond what was paid',
    needs: [canRefundInPart],
    run: async (stage) => {
      await paid(stage);
      expect(await stage.refund('r1', '20.00')).toMatchObject({ outcome: 'done' });
      expect(await stage.refund('r2', '30.01')).toEqual({ outcome: 'refused', reason: 'more-than-paid' });
      expect(await stage.refund('r3', '30.00')).toMatchObject({ outcome: 'done' });
      expect(await stage.refund('r4', '0.01')).toEqual({ outcome: 'refused', reason: 'more-than-paid' });
      await stage.live(minutes(60));
      expect(stage.order()).toMatchObject({ status: 'processing', fulfilments: 1 });
      // What the gateway says of money that it has paid back is no question for anybody.
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'refund-recorded',
    title: 'a refund that a person recorded in the shop counts like one of ours',
    needs: [canRefundInPart],
    run: async (stage) => {
      await paid(stage);
      stage.shop.refund('1', '20.00');
      await followOrder(stage.ports, stage.main.store, orderKeySchema.parse('1'));
      expect(await stage.refund('r2', '30.01')).toEqual({ outcome: 'refused', reason: 'more-than-paid' });
      expect(await stage.refund('r3', '30.00')).toMatchObject({ outcome: 'done' });
    },
  },
  {
    id: 'refund-asked-twice',
    title: 'the same refund asked for twice is made once',
    needs: [canRefund],
    run: async (stage) => {
      await paid(stage);
      const first = await stage.refund('r1', stage.order().total);
      const calls = stage.wire.calls.length;
      expect(await stage.refund('r1', stage.order().total)).toEqual(first);
      expect(stage.wire.calls).toHaveLength(calls);
    },
  },
  {
    id: 'refund-unanswered',
    title: 'a refund whose answer is lost blocks every other one, also under a new id',
    needs: [canRefundInPart],
    run: async (stage) => {
      await paid(stage);
      stage.wire.loseAnswer();
      expect(await stage.refund('r1', '20.00')).toEqual({ outcome: 'checking' });
      const calls = stage.wire.calls.length;
      expect(await stage.refund('r1', '20.00')).toEqual({ outcome: 'checking' });
      expect(await stage.refund('r2', '20.00')).toEqual({ outcome: 'checking' });
      expect(stage.wire.calls).toHaveLength(calls);
      expect(await stage.reviews()).toEqual(['refund_unknown']);
    },
  },
  {
    id: 'refund-broken-off',
    title: 'a refund whose answer could not be written down ends in front of a person, and is not sent again',
    needs: [canRefundInPart],
    run: async (stage) => {
      await paid(stage);
      stage.wire.beforeAnswer(async () => stage.ledgerWorks(false));
      await expect(stage.refund('r1', '20.00')).rejects.toThrow('the disk is full');
      stage.ledgerWorks(true);
      expect(await stage.refund('r2', '20.00')).toEqual({ outcome: 'checking' });
      const calls = stage.wire.calls.length;
      await stage.live(minutes(6));
      expect(await stage.reviews()).toEqual(['refund_unknown']);
      expect(await stage.refund('r1', '20.00')).toEqual({ outcome: 'checking' });
      expect(stage.wire.calls.slice(calls).filter(({ url }) => url.includes('refund'))).toEqual([]);
    },
  },
  {
    id: 'refund-by-hand',
    title: 'a gateway without refunds says what a person has to do, and calls nobody',
    needs: [cannotRefund],
    run: async (stage) => {
      await paid(stage);
      const calls = stage.wire.calls.length;
      const result = await stage.refund('r1', '20.00');
      expect(result).toMatchObject({ outcome: 'manual' });
      expect(result.outcome === 'manual' ? result.instructions : '').toContain('by hand');
      expect(stage.wire.calls).toHaveLength(calls);
    },
  },
  {
    id: 'refund-of-unpaid',
    title: 'an order that was not paid here is not refunded',
    needs: [],
    run: async (stage) => {
      await stage.checkout();
      const calls = stage.wire.calls.length;
      expect(await stage.refund('r1', '20.00')).toEqual({
        outcome: 'refused',
        reason: 'order-not-paid-here',
      });
      expect(stage.wire.calls).toHaveLength(calls);
    },
  },
);
