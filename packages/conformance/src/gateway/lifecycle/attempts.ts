import { minutes, seconds } from '@gatewright/payment-core';
import { expect } from 'vitest';
import {
  canCancel,
  cannotCancel,
  happens,
  lostCreateCanBeFound,
  lostCreateCannotBeFound,
} from '../conditions.ts';
import { expectHeld, expectPaidOnce, expectUnpaid } from '../expectations.ts';
import { stories } from '../story.ts';

/** One order, one or several attempts to pay it. */
export const attempts = stories(
  {
    id: 'same-request',
    title: 'the same request finds the same attempt',
    needs: [],
    run: async (stage) => {
      const first = await stage.checkout();
      expect((await stage.checkout()).id).toBe(first.id);
      expect(stage.main.atGateway.payments()).toHaveLength(1);
    },
  },
  {
    id: 'parallel-requests',
    title: 'two requests at once make one invoice',
    needs: [],
    run: async (stage) => {
      const results = await Promise.all([stage.tryCheckout(), stage.tryCheckout()]);
      expect(results.map(({ outcome }) => outcome).toSorted()).toEqual(['busy', 'ready']);
      expect(stage.main.atGateway.payments()).toHaveLength(1);
    },
  },
  {
    id: 'paid-order',
    title: 'a paid order gets no further invoice',
    needs: [],
    run: async (stage) => {
      await stage.pay(await stage.checkout());
      expect(await stage.tryCheckout()).toEqual({ outcome: 'conflict', reason: 'order-paid' });
    },
  },
  {
    id: 'create-adopted',
    title: 'a create call whose answer is lost is found again, not repeated',
    needs: [lostCreateCanBeFound],
    run: async (stage) => {
      stage.wire.loseAnswer();
      const invoice = await stage.checkout();
      expect(invoice.exceptions).toEqual(['adopted']);
      expect(stage.main.atGateway.payments()).toHaveLength(1);
      await stage.pay(invoice);
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'create-lost-line-cut',
    title:
      'the line breaks with the answer to a create call: the invoice is found later, and its money is heard of',
    needs: [lostCreateCanBeFound],
    run: async (stage) => {
      stage.wire.loseAnswer(() => stage.wire.cut());
      expect(await stage.tryCheckout()).toMatchObject({ outcome: 'unavailable' });
      stage.wire.mend();
      const made = stage.main.atGateway.payments();
      expect(made).toHaveLength(1);
      await stage.capture(() => stage.bench.shopper.pay(made[0]?.id ?? ''));
      stage.receiver.state = 'down';
      await stage.live(minutes(5));
      const { findByReference, poll } = stage.subject.gateway.capabilities;
      // Nobody can ask for a payment whose id was in the lost answer.
      if (poll === 'id' && !findByReference) expect(await stage.reviews()).toEqual(['create_ambiguous']);
      else expect(stage.order()).toMatchObject({ status: 'processing', fulfilments: 1 });
    },
  },
  {
    id: 'create-lost',
    title:
      'a create call whose answer is lost for good makes a new attempt; money for the lost one is not lost',
    needs: [lostCreateCannotBeFound],
    run: async (stage) => {
      stage.wire.loseAnswer();
      const invoice = await stage.checkout();
      expect(invoice.n).toBe(2);
      const [lost, ...others] = stage.main.atGateway.payments();
      expect(others.map(({ id }) => id)).toEqual([stage.payment(invoice).id]);
      await stage.bench.shopper.pay(lost?.id ?? '', lost?.amount === null ? { amount: '20' } : {});
      await stage.work();
      if (lost?.reference === null) expect(await stage.reviews()).toContain('unmatched');
      else expect(stage.order()).toMatchObject({ status: 'processing', fulfilments: 1 });
    },
  },
  {
    id: 'create-not-sent',
    title: 'a create call that never left can be made again',
    needs: [],
    run: async (stage) => {
      stage.wire.cut();
      expect(await stage.tryCheckout()).toMatchObject({ outcome: 'unavailable' });
      stage.wire.mend();
      const invoice = await stage.checkout();
      expect(stage.main.atGateway.payments()).toHaveLength(1);
      await stage.pay(invoice);
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'superseded-cancelled',
    title: 'an attempt that another one replaced is cancelled at the gateway',
    needs: [canCancel],
    run: async (stage) => {
      const first = await stage.checkout();
      const old = stage.payment(first);
      stage.order().total = '60.00';
      const second = await stage.checkout();
      await stage.work();
      await expect(stage.bench.shopper.pay(old.id)).rejects.toThrow();
      expect((await stage.current(first)).status).toBe('canceled');
      await stage.pay(second);
      await expectPaidOnce(stage, second);
    },
  },
  {
    id: 'amount-changed',
    title: 'money for an order whose total has changed since is held, not booked',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.order().total = '60.00';
      await stage.pay(invoice);
      await expectHeld(stage, 'storefront_refused');
    },
  },
  {
    id: 'edited-upward',
    title: 'the order is edited upward and the old invoice is paid: held; what it costs now still fulfils it',
    needs: [],
    run: async (stage) => {
      const first = await stage.checkout();
      stage.order().total = '60.00';
      await stage.checkout();
      await stage.pay(first);
      await expectHeld(stage, 'storefront_refused');
      const second = await stage.checkout();
      expect(second.order.amount).toBe('60.00');
      await stage.pay(second);
      await expectPaidOnce(stage, second);
      expect(await stage.reviews()).toEqual(['storefront_refused']);
    },
  },
  {
    id: 'last-moment',
    title: 'an attempt is replaced in its last seconds and paid all the same: fulfilled once',
    needs: [],
    run: async (stage) => {
      const first = await stage.checkout();
      await stage.sleep(first.expiresAt - stage.ports.clock.now() - seconds(20));
      const second = await stage.checkout();
      expect(second.id).not.toBe(first.id);
      await stage.pay(first);
      await stage.live(minutes(3));
      await expectPaidOnce(stage, first);
    },
  },
  {
    id: 'two-attempts-paid',
    title: 'two attempts of one order are both paid: fulfilled once, the other money is shown',
    needs: [],
    run: async (stage) => {
      const first = await stage.checkout();
      const second = await stage.checkout({ seat: await stage.openSeat('second') });
      await stage.send(first);
      await stage.send(second);
      await stage.work();
      await stage.live(minutes(2));
      expect(stage.order()).toMatchObject({ status: 'processing', fulfilments: 1 });
      expect(await stage.reviews()).toEqual(['duplicate_payment']);
    },
  },
  {
    id: 'old-attempt-paid',
    title: 'an attempt that cannot be cancelled is replaced and then paid: fulfilled once',
    needs: [cannotCancel],
    run: async (stage) => {
      const first = await stage.checkout();
      await stage.checkout({ seat: await stage.openSeat('second') });
      await stage.work();
      await stage.pay(first);
      await expectPaidOnce(stage, first);
    },
  },
  {
    id: 'paid-again',
    title: 'a second payment of one invoice is shown to a person and fulfils nothing',
    needs: [happens('paid-again')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice);
      await stage.bench.shopper.payAgain?.(stage.payment(invoice).id);
      await stage.live(minutes(2));
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual(['duplicate_payment']);
    },
  },
  {
    id: 'paid-again-unheard',
    title: 'a second payment that no message tells of is found by a read, and shown to a person',
    needs: [happens('paid-again')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.pay(invoice);
      await stage.live(minutes(10));
      await stage.capture(async () => stage.bench.shopper.payAgain?.(stage.payment(invoice).id));
      await stage.live(minutes(50));
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual(['duplicate_payment']);
    },
  },
  {
    id: 'return-url',
    title: 'coming back from the pay page unpaid proves nothing',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.recheck(invoice);
      expectUnpaid(stage);
      expect((await stage.current(invoice)).status).toBe('open');
    },
  },
);
