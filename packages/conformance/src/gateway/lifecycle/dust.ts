import { type Invoice, minutes } from '@gatewright/payment-core';
import { expect } from 'vitest';
import type { Stage } from '../../journey/stage.ts';
import {
  canBeOverpaid,
  canBePaidLate,
  canBeToppedUp,
  canBeUnderpaid,
  happens,
  tellsOfExpiry,
} from '../conditions.ts';
import { expectHeld, expectPaidOnce, expectUnpaid } from '../expectations.ts';
import { stories } from '../story.ts';

const trifle = '0.005';
const reportsAmounts = [canBeUnderpaid, canBeOverpaid] as const;

/** The shop was told by a note, nobody has to look, and the invoice bears no mark. */
const expectOnlyNoted = async (stage: Stage, invoice: Invoice): Promise<void> => {
  expect(stage.order().notes.filter((note) => note.includes('trifle'))).toHaveLength(1);
  expect(await stage.reviews()).toEqual([]);
  expect((await stage.current(invoice)).exceptions).toEqual([]);
};

const untilExpired = (stage: Stage, invoice: Invoice): Promise<void> =>
  stage.live(invoice.expiresAt - stage.ports.clock.now() + minutes(2));

/** Invariant 10: under one per cent of the amount makes a note, never a hold, whenever it comes. */
export const dust = stories(
  {
    id: 'dust-open',
    title:
      'a trifle on an open invoice is a note; unpaid, the invoice expires and the order ends as any other',
    needs: [...reportsAmounts, tellsOfExpiry],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, trifle) });
      await stage.live(minutes(3));
      expectUnpaid(stage);
      await expectOnlyNoted(stage, invoice);
      expect((await stage.current(invoice)).status).toBe('open');
      await untilExpired(stage, invoice);
      expect((await stage.current(invoice)).status).toBe('expired');
      await stage.live(minutes(70));
      expect(stage.order()).toMatchObject({ status: 'cancelled', fulfilments: 0 });
      await expectOnlyNoted(stage, invoice);
    },
  },
  {
    id: 'dust-and-the-rest',
    title: 'a trifle and then the rest settle the order',
    needs: [...reportsAmounts, canBeToppedUp],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, trifle) });
      expectUnpaid(stage);
      await stage.bench.shopper.topUp?.(stage.payment(invoice).id);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
      await expectOnlyNoted(stage, invoice);
    },
  },
  {
    id: 'dust-then-paid',
    title: 'a trifle and then a payment in full settle the order',
    needs: [...reportsAmounts, happens('paid-again')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, trifle) });
      await stage.bench.shopper.payAgain?.(stage.payment(invoice).id);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
      await expectOnlyNoted(stage, invoice);
    },
  },
  {
    id: 'dust-adds-up',
    title: 'trifles that together are none are held for a person',
    needs: [...reportsAmounts, happens('paid-again')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const amount = stage.share(invoice, '0.006');
      await stage.pay(invoice, { amount });
      expectUnpaid(stage);
      await stage.bench.shopper.payAgain?.(stage.payment(invoice).id, { amount });
      await stage.moment();
      await expectHeld(stage, 'underpaid');
    },
  },
  {
    id: 'dust-late',
    title: 'a trifle after the expiry is a note',
    needs: [...reportsAmounts, canBePaidLate, tellsOfExpiry],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await untilExpired(stage, invoice);
      await stage.pay(invoice, { amount: stage.share(invoice, trifle), late: true });
      await stage.live(minutes(20));
      expectUnpaid(stage);
      expect((await stage.current(invoice)).status).toBe('expired');
      await expectOnlyNoted(stage, invoice);
    },
  },
  {
    id: 'dust-after-paid',
    title: 'a trifle on a paid invoice is a note',
    needs: [...reportsAmounts, happens('paid-again')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice);
      const amount = stage.share(invoice, trifle);
      await stage.bench.shopper.payAgain?.(stage.payment(invoice).id, { amount });
      await stage.live(minutes(5));
      await expectPaidOnce(stage, invoice);
      await expectOnlyNoted(stage, invoice);
    },
  },
  {
    id: 'dust-on-another-attempt',
    title: 'a trifle on another attempt of a paid order is a note',
    needs: [...reportsAmounts, canBePaidLate, tellsOfExpiry],
    run: async (stage) => {
      const first = await stage.checkout();
      await untilExpired(stage, first);
      const second = await stage.checkout();
      await stage.pay(second);
      await stage.pay(first, { amount: stage.share(first, trifle), late: true });
      await stage.live(minutes(20));
      await expectPaidOnce(stage, second);
      await expectOnlyNoted(stage, first);
    },
  },
);
