import { minutes } from '@gatewright/payment-core';
import { expect } from 'vitest';
import { canBeRead, cannotBeRead, happens } from '../conditions.ts';
import { expectHeld, expectPaidOnce, expectPaidOrHeldAsLate, expectUnpaid } from '../expectations.ts';
import { stories } from '../story.ts';

/** From the money to the goods, whatever becomes of the messages about it. */
export const paying = stories(
  {
    id: 'paid',
    title: 'a paid order is fulfilled once, and every webhook is acknowledged',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      expectUnpaid(stage);
      await stage.pay(invoice);
      await expectPaidOnce(stage, invoice);
      expect(new Set(stage.receiver.answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'duplicates',
    title: 'ten copies of one webhook at once are all acknowledged and fulfil once',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const [webhook] = (await stage.capture(() => stage.send(invoice))).slice(-1);
      if (!webhook) throw new Error('the gateway sent no webhook');
      const answers = await Promise.all(Array.from({ length: 10 }, () => stage.deliver(webhook)));
      await Promise.all([stage.work(), stage.work()]);
      await stage.work();
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'out-of-order',
    title: 'the final message arrives before the one about money seen',
    needs: [happens('seen-before-final')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const { id } = stage.payment(invoice);
      const webhooks = await stage.capture(async () => {
        await stage.bench.shopper.see?.(id);
        await stage.bench.shopper.finish?.(id);
      });
      expect(webhooks.length).toBeGreaterThan(1);
      for (const webhook of webhooks.toReversed()) {
        expect((await stage.deliver(webhook)).status).toBe(200);
        await stage.work();
      }
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'older-read',
    title: 'a read that began before the payment does not undo it',
    needs: [canBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      const held = stage.wire.holdAnswer();
      const reading = stage.recheck(invoice);
      await held.answered;
      await stage.pay(invoice);
      held.release();
      await reading;
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'webhook-overtakes-create',
    title: 'the webhook overtakes the answer of the create call',
    needs: [],
    run: async (stage) => {
      stage.wire.beforeAnswer(async () => {
        const [payment] = stage.main.atGateway.payments();
        const amount = payment?.amount === null ? { amount: '20' } : {};
        await stage.bench.shopper.pay(payment?.id ?? '', amount);
        await stage.work();
      });
      const invoice = await stage.checkout();
      await stage.work();
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'webhook-lost',
    title: 'a webhook that went astray is made up for by reading',
    needs: [canBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      // What was acknowledged is not sent again by any gateway.
      await stage.capture(() => stage.send(invoice));
      stage.receiver.state = 'down';
      await stage.live(minutes(5));
      // What came in may stand in the webhook alone: then a person looks.
      if (stage.subject.gateway.capabilities.quoteAtPayment) await expectHeld(stage, 'review');
      else await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'webhook-lost-for-good',
    title: 'a lost webhook that nothing makes up for ends in front of a person, and the order is kept',
    needs: [cannotBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.capture(() => stage.send(invoice));
      stage.receiver.state = 'down';
      await stage.live(minutes(180));
      expect((await stage.current(invoice)).status).toBe('open');
      expectUnpaid(stage);
      expect(await stage.reviews()).toEqual(['no_news']);
    },
  },
  {
    id: 'down-over-expiry',
    title: 'the bridge is down from the payment until after the expiry',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.live(Math.max(0, invoice.expiresAt - stage.ports.clock.now() - minutes(2)));
      stage.receiver.state = 'down';
      await stage.send(invoice);
      await stage.sleep(minutes(5));
      expectUnpaid(stage);
      stage.receiver.state = 'open';
      await stage.live(minutes(60));
      await expectPaidOrHeldAsLate(stage, invoice);
      // A read that could not date the money may have asked a person; whoever is paid asks nobody.
      if (stage.order().fulfilments > 0) expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'ledger-full',
    title: 'a webhook that cannot be stored is answered 503 and comes again',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.ledgerWorks(false);
      await stage.send(invoice);
      expect(stage.receiver.answers.map(({ status }) => status)).toContain(503);
      stage.ledgerWorks(true);
      await stage.live(minutes(10));
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'shop-answer-lost',
    title: 'the shop is down, then its answer is lost: it is told again and fulfils once',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      stage.shop.trouble('unreachable');
      stage.shop.trouble('answer-lost');
      await stage.pay(invoice);
      await stage.live(minutes(2));
      await expectPaidOnce(stage, invoice);
    },
  },
);
