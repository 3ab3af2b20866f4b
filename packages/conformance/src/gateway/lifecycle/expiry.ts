import { minutes } from '@gatewright/payment-core';
import { expect } from 'vitest';
import {
  canBePaidLate,
  happens,
  signsWholeBody,
  tellsOfExpiry,
  webhookCanSay,
  webhookHas,
} from '../conditions.ts';
import { expectHeld, expectPaidOnce, expectPaidOrHeldAsLate, expectUnpaid } from '../expectations.ts';
import { payAndSay, sayAndPay } from '../signing.ts';
import { stories } from '../story.ts';

const afterExpiry = minutes(2);

/** Attempts end, orders end later, and money keeps neither in mind. */
export const expiry = stories(
  {
    id: 'expired',
    title: 'an unpaid attempt expires; the order waits until its own deadline',
    needs: [tellsOfExpiry],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.live(invoice.expiresAt - invoice.createdAt + afterExpiry);
      expect((await stage.current(invoice)).status).toBe('expired');
      expectUnpaid(stage);
      await stage.live(minutes(70));
      expect(stage.order()).toMatchObject({ status: 'cancelled', fulfilments: 0 });
    },
  },
  {
    id: 'expired-then-paid',
    title: 'money after the expiry is held for a person',
    needs: [canBePaidLate, tellsOfExpiry],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.live(invoice.expiresAt - invoice.createdAt + afterExpiry);
      await stage.pay(invoice, { late: true });
      await stage.live(minutes(20));
      await expectHeld(stage, 'late');
    },
  },
  {
    id: 'late-accepted',
    title: 'a store that accepts late money gets it booked where the gateway says when it was paid',
    needs: [canBePaidLate, tellsOfExpiry],
    settings: { policy: { latePayment: 'accept' } },
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.live(invoice.expiresAt - invoice.createdAt + afterExpiry);
      await stage.pay(invoice, { late: true });
      await stage.live(minutes(20));
      await expectPaidOrHeldAsLate(stage, invoice);
      expect((await stage.current(invoice)).exceptions).toContain('late');
    },
  },
  {
    id: 'late-never-revives',
    title: 'late money never revives an order that has ended',
    needs: [canBePaidLate, tellsOfExpiry],
    settings: { policy: { latePayment: 'accept' } },
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.live(minutes(75));
      expect(stage.order().status).toBe('cancelled');
      await stage.pay(invoice, { late: true });
      await stage.live(minutes(20));
      expect(stage.order()).toMatchObject({ status: 'cancelled', fulfilments: 0 });
      expect(await stage.reviews()).not.toEqual([]);
    },
  },
  {
    id: 'late-after-another',
    title: 'late money for an order that another attempt has paid is shown and holds nothing',
    needs: [canBePaidLate, tellsOfExpiry],
    run: async (stage) => {
      const first = await stage.checkout();
      await stage.live(first.expiresAt - first.createdAt + afterExpiry);
      const second = await stage.checkout();
      await stage.pay(second);
      await expectPaidOnce(stage, second);
      await stage.pay(first, { late: true });
      await stage.live(minutes(20));
      await expectPaidOnce(stage, second);
      expect(await stage.reviews()).toEqual(['late']);
    },
  },
  {
    id: 'paid-then-expired',
    title: 'the expiry of a paid invoice changes nothing',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice);
      await stage.live(minutes(90));
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'paid-then-said-expired',
    title: 'a signed "expired" after "paid" changes nothing',
    needs: [webhookHas('status'), webhookCanSay('expired'), signsWholeBody],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const { status } = await payAndSay(stage, invoice, 'expired');
      expect(status).toBe(200);
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'paid-then-failed',
    title: 'a signed "failed" after "paid" is shown to a person and undoes nothing',
    needs: [webhookHas('status'), webhookCanSay('failed'), signsWholeBody],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const { status } = await payAndSay(stage, invoice, 'failed');
      expect(status).toBe(200);
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual(['contradiction']);
    },
  },
  {
    id: 'said-expired-then-paid',
    title: 'a signed "expired" that overtook "paid" does not keep the order from being fulfilled',
    needs: [webhookHas('status'), webhookCanSay('expired'), signsWholeBody],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await sayAndPay(stage, invoice, 'expired');
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'failed-then-paid',
    title: 'a signed "failed" that overtook "paid" does not keep the order from being fulfilled',
    needs: [webhookHas('status'), webhookCanSay('failed'), signsWholeBody],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await sayAndPay(stage, invoice, 'failed');
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'one-expires-one-lives',
    title: 'an attempt expires while another one is live, and the order stays payable',
    needs: [tellsOfExpiry],
    run: async (stage) => {
      const first = await stage.checkout();
      await stage.live(minutes(10));
      stage.order().total = '60.00';
      const second = await stage.checkout();
      await stage.live(first.expiresAt - stage.ports.clock.now() + minutes(1));
      expect(['expired', 'canceled']).toContain((await stage.current(first)).status);
      expectUnpaid(stage);
      await stage.pay(second);
      await expectPaidOnce(stage, second);
    },
  },
  {
    id: 'failed',
    title: 'a failed attempt leaves the order payable',
    needs: [happens('failed')],
    run: async (stage) => {
      const first = await stage.checkout();
      await stage.bench.shopper.fail?.(stage.payment(first).id);
      await stage.work();
      expect((await stage.current(first)).status).toBe('failed');
      expectUnpaid(stage);
      const second = await stage.checkout();
      await stage.pay(second);
      await expectPaidOnce(stage, second);
    },
  },
  {
    id: 'canceled-by-shopper',
    title: 'an attempt cancelled at the gateway leaves the order payable',
    needs: [happens('canceled-by-shopper')],
    run: async (stage) => {
      const first = await stage.checkout();
      await stage.bench.shopper.cancel?.(stage.payment(first).id);
      await stage.work();
      expect((await stage.current(first)).status).toBe('canceled');
      expectUnpaid(stage);
      const second = await stage.checkout();
      await stage.pay(second);
      await expectPaidOnce(stage, second);
    },
  },
);
