import { minutes, readInvoiceJob, seconds } from '@gatewright/payment-core';
import { expect } from 'vitest';
import {
  canBePaidLate,
  canBeRead,
  quotesAtPayment,
  readIsRequired,
  tellsOfExpiry,
  webhookHas,
} from '../conditions.ts';
import { expectHeld, expectPaidOnce } from '../expectations.ts';
import { hintAbout } from '../signing.ts';
import { stories } from '../story.ts';

/** A webhook is stored and answered with 2xx, and something reads the gateway before it is applied. */
export const readingFirst = stories(
  {
    id: 'read-overtakes-event',
    title: 'a read that overtakes a stored webhook asks nobody for what the webhook will say',
    needs: [canBeRead],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.send(invoice);
      await readInvoiceJob(stage.ports, invoice.id);
      expect(await stage.reviews()).toEqual([]);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'event-never-applied',
    title: 'a stored webhook that nobody applies keeps the payment from no person for longer than a while',
    needs: [canBeRead, quotesAtPayment],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.send(invoice);
      await stage.sleep(seconds(1));
      await readInvoiceJob(stage.ports, invoice.id);
      expect(await stage.reviews()).toEqual([]);
      await stage.sleep(minutes(16));
      await readInvoiceJob(stage.ports, invoice.id);
      expect(await stage.reviews()).toEqual(['review']);
      await stage.moment();
      await expectPaidOnce(stage, invoice);
    },
  },
  {
    id: 'told-before-expiry',
    title: 'a webhook that was acknowledged before the expiry and applied after it is no late payment',
    needs: [],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.live(Math.max(0, invoice.expiresAt - stage.ports.clock.now() - minutes(2)));
      await stage.send(invoice);
      expect(stage.receiver.answers.at(-1)?.status).toBe(200);
      expect(stage.ports.clock.now()).toBeLessThan(invoice.expiresAt);
      await stage.sleep(minutes(5));
      await readInvoiceJob(stage.ports, invoice.id);
      await stage.live(minutes(10));
      await expectPaidOnce(stage, invoice);
      expect(await stage.reviews()).toEqual([]);
    },
  },
  {
    id: 'denied-hint-then-late',
    title: 'a hint in time that a read has denied does not make late money early',
    needs: [readIsRequired, canBePaidLate, tellsOfExpiry, webhookHas('payment')],
    run: async (stage) => {
      const invoice = await stage.checkout();
      await stage.deliver(await hintAbout(stage, invoice));
      await stage.moment();
      expect((await stage.current(invoice)).status).toBe('open');
      await stage.live(invoice.expiresAt - stage.ports.clock.now() + minutes(2));
      await stage.pay(invoice, { late: true });
      await stage.live(minutes(5));
      await expectHeld(stage, 'late');
    },
  },
);
