import { minutes } from '@gatewright/payment-core';
import { expect } from 'vitest';
import {
  asksForAnAmount,
  canBeOverpaid,
  canBeToppedUp,
  canBeUnderpaid,
  convertsCurrencies,
  foreignCurrencies,
  happens,
  needsARate,
  quotesAtPayment,
  signsWholeBody,
  webhookHas,
} from '../conditions.ts';
import { expectHeld, expectPaidOnce, expectUnpaid } from '../expectations.ts';
import { capturePaid, saying } from '../signing.ts';
import { stories } from '../story.ts';

/** Too little, too much, just about right, and at which rate. */
export const amounts = stories(
  {
    id: 'underpaid',
    title: 'too little is held for a person, and the order is not cancelled as unpaid',
    needs: [canBeUnderpaid],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, '0.9') });
      await expectHeld(stage, 'underpaid');
      await stage.live(minutes(70));
      await expectHeld(stage, 'underpaid');
    },
  },
  {
    id: 'topped-up',
    title: 'the rest of an underpayment settles the order',
    needs: [canBeUnderpaid, canBeToppedUp],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, '0.9') });
      await expectHeld(stage, 'underpaid');
      await stage.bench.shopper.topUp?.(stage.payment(invoice).id);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
      expect((await stage.current(invoice)).exceptions).not.toContain('underpaid');
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'shortfall-accepted',
    title: "an underpayment that the gateway's people accept settles the order",
    needs: [canBeUnderpaid, happens('shortfall-accepted')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, '0.9') });
      await expectHeld(stage, 'underpaid');
      await stage.bench.shopper.acceptShortfall?.(stage.payment(invoice).id);
      await stage.work();
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'tolerated',
    title: "a shortfall within the store's tolerance settles the order",
    needs: [canBeUnderpaid, canBeOverpaid],
    settings: { policy: { underpaymentTolerancePercent: { fiat: '1', asset: '1' } } },
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, '0.995') });
      await expectPaidOnce(stage, invoice);
      expect((await stage.current(invoice)).exceptions).toEqual([]);
    },
  },
  {
    id: 'overpaid',
    title: 'too much settles the order and is noted',
    needs: [canBeOverpaid],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, '1.2') });
      await expectPaidOnce(stage, invoice);
      expect((await stage.current(invoice)).exceptions).toEqual(['overpaid']);
      expect(stage.order().notes.join()).toContain('more than asked');
    },
  },
  {
    id: 'dust',
    title: 'a trifle too much is a note, not an exception',
    needs: [canBeOverpaid],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice, { amount: stage.share(invoice, '1.005') });
      await expectPaidOnce(stage, invoice);
      expect((await stage.current(invoice)).exceptions).toEqual([]);
      expect(stage.order().notes.join()).toContain('more than asked');
    },
  },
  {
    id: 'another-amount-signed',
    title: 'a signed message about another amount than the one asked for books nothing by itself',
    needs: [asksForAnAmount, webhookHas('amount'), signsWholeBody],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const paid = await capturePaid(stage, invoice);
      const { status } = await stage.deliver(saying(stage, paid, { amount: stage.share(invoice, '0.5') }));
      await stage.work();
      expect(status).toBe(200);
      // Where a read confirms, the gateway's own record has the right amount.
      if (stage.subject.gateway.capabilities.confirmByRead === 'preferred')
        await expectPaidOnce(stage, invoice);
      else await expectHeld(stage, 'amount_mismatch');
    },
  },
  {
    id: 'rate-frozen',
    title: 'the exchange rate is frozen at checkout',
    needs: [asksForAnAmount, convertsCurrencies],
    run: async (stage) => {
      const { gateway } = stage.subject;
      const taken: readonly string[] = gateway.currencies === 'any' ? [] : gateway.currencies;
      const currency = foreignCurrencies.find((candidate) => !taken.includes(candidate)) ?? '';
      stage.rates.set(currency, gateway.settlementCurrency ?? '', '1.10');
      const invoice = await stage.checkout({ currency });
      expect(invoice).toMatchObject({
        rate: { value: '1.10' },
        quoted: { currency: gateway.settlementCurrency },
      });
      stage.rates.set(currency, gateway.settlementCurrency ?? '', '3.00');
      expect((await stage.checkout()).id).toBe(invoice.id);
      await stage.pay(invoice);
      await expectPaidOnce(stage, invoice);
      expect((await stage.current(invoice)).quoted).toEqual(invoice.quoted);
    },
  },
  {
    id: 'valuation-frozen',
    title: 'the payment is valued at the rate of its first receipt',
    needs: [quotesAtPayment, happens('seen-before-final')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const { id } = stage.payment(invoice);
      await stage.bench.shopper.see?.(id);
      await stage.work();
      expect((await stage.current(invoice)).valuation).toMatchObject({ value: '2.50' });
      stage.rates.set(stage.subject.gateway.settlementCurrency ?? '', stage.order().currency, '0.10');
      await stage.bench.shopper.finish?.(id);
      await stage.work();
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'no-rate-at-receipt',
    title: 'a payment that cannot be valued is held',
    needs: [quotesAtPayment],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.rates.forget();
      await stage.pay(invoice);
      await expectHeld(stage, 'review');
    },
  },
  {
    id: 'no-rate-no-offer',
    title: 'without a fresh rate nothing is offered',
    needs: [needsARate],
    run: async (stage) => {
      stage.rates.forget();
      const { gateway } = stage.subject;
      const taken: readonly string[] = gateway.currencies === 'any' ? [] : gateway.currencies;
      const currency = foreignCurrencies.find((candidate) => !taken.includes(candidate)) ?? '';
      const result = await stage.tryCheckout(gateway.capabilities.quoteAtPayment ? {} : { currency });
      expect(result).toMatchObject({ outcome: 'refused', reason: 'no-fresh-rate' });
      expect(stage.main.atGateway.payments()).toEqual([]);
      expectUnpaid(stage);
    },
  },
);
