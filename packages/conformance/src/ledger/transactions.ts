import type { Ledger, LedgerTransaction } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { type OpenLedger, onLedger } from './open-ledger.ts';
import {
  invoiceId,
  orderKey,
  pageId,
  sampleClaim,
  sampleHistory,
  sampleInboxRow,
  sampleInstruction,
  sampleInvoice,
  sampleOrder,
  samplePage,
  sampleRefund,
  sampleResolution,
  sampleReview,
  storeId,
} from './sample-rows.ts';

const one = invoiceId('one');
const storeA = storeId('store-a');
const order1 = orderKey('order-1');

const writeEverything = async (tx: LedgerTransaction): Promise<void> => {
  const invoice = sampleInvoice('one', { orderKey: order1 });
  await tx.invoices.insert(invoice);
  await tx.invoices.update({ ...invoice, status: 'settled' });
  await tx.inbox.insert(sampleInboxRow('inbox'));
  await tx.inbox.setState('inbox', 'applied', 'x');
  await tx.facts.remember(invoice.account, 'event', one, 5);
  await tx.claims.take(sampleClaim('claim'));
  await tx.orders.put(sampleOrder());
  await tx.pages.insert(samplePage('page'));
  await tx.pages.update(samplePage('page', { updatedAt: 7 }));
  await tx.instructions.insert(sampleInstruction('instruction'));
  await tx.instructions.setState('instruction', 'done', 'ok', 6);
  await tx.reviews.open(sampleReview('review'));
  await tx.reviews.resolve(storeA, 'review', sampleResolution);
  await tx.history.append(sampleHistory('created'));
  await tx.refunds.insert(sampleRefund('refund'));
  await tx.jobs.enqueue({ kind: 'read-invoice', invoice: one }, 5);
};

const readEverything = (ledger: Ledger) =>
  ledger.transact(async (tx) => ({
    invoice: await tx.invoices.byId(one),
    inbox: await tx.inbox.byId('inbox'),
    claim: await tx.claims.byOrder(storeA, order1),
    order: await tx.orders.byKey(storeA, order1),
    page: await tx.pages.byId(pageId('page')),
    pages: await tx.pages.ofOrder(storeA, order1),
    instructions: await tx.instructions.ofOrder(storeA, order1),
    reviews: [
      ...(await tx.reviews.page(storeA, { state: 'open', limit: 100 })),
      ...(await tx.reviews.page(storeA, { state: 'resolved', limit: 100 })),
    ],
    history: await tx.history.ofInvoice(one),
    refunds: await tx.refunds.ofInvoice(one),
  }));

export const describeTransactions = (open: OpenLedger): void => {
  describe('transactions', () => {
    it(
      'answer what the work answered, and show it its own writes',
      onLedger(open, async ({ ledger }) => {
        const seen = await ledger.transact(async (tx) => {
          await tx.invoices.insert(sampleInvoice('one'));
          return tx.invoices.byId(one);
        });
        expect(seen).toEqual(sampleInvoice('one'));
      }),
    );

    it(
      'leave nothing of a transaction that throws, in no table and no job',
      onLedger(open, async ({ ledger, jobs }) => {
        const before = await readEverything(ledger);
        const broken = ledger.transact(async (tx) => {
          await writeEverything(tx);
          throw new Error('after the last write');
        });
        await expect(broken).rejects.toThrow('after the last write');
        expect(await readEverything(ledger)).toEqual(before);
        expect(await jobs.nextRunAt()).toBeUndefined();
        const fresh = await ledger.transact((tx) =>
          tx.facts.remember(sampleInvoice('one').account, 'event', one, 7),
        );
        expect(fresh).toBe(true);
      }),
    );

    it(
      'put back what a thrown transaction had changed in older rows',
      onLedger(open, async ({ ledger, jobs }) => {
        await ledger.transact(writeEverything);
        const before = await readEverything(ledger);
        const broken = ledger.transact(async (tx) => {
          const invoice = await tx.invoices.byId(one);
          if (invoice !== undefined) await tx.invoices.update({ ...invoice, status: 'expired' });
          await tx.inbox.setState('inbox', 'failed', 'y');
          await tx.claims.setState(storeA, order1, 'claim', 'released');
          await tx.claims.take(sampleClaim('another'));
          await tx.orders.put(sampleOrder({ state: 'ended' }));
          await tx.instructions.setState('instruction', 'refused', 'no', 9);
          await tx.refunds.setState(one, 'refund', { state: 'done', gatewayRefundId: 'g', answer: 'a' });
          await tx.jobs.enqueue({ kind: 'read-invoice', invoice: one }, 1);
          throw new Error('no');
        });
        await expect(broken).rejects.toThrow('no');
        expect(await readEverything(ledger)).toEqual(before);
        expect(await jobs.nextRunAt()).toBe(5);
      }),
    );

    it(
      'roll back when the work throws before its first await',
      onLedger(open, async ({ ledger }) => {
        const broken = ledger.transact(() => {
          throw new Error('at once');
        });
        await expect(broken).rejects.toThrow('at once');
        await expect(ledger.transact(async () => 'next')).resolves.toBe('next');
      }),
    );

    it(
      'that fail do not fail their neighbours',
      onLedger(open, async ({ ledger }) => {
        const names = Array.from({ length: 40 }, (_, i) => `event-${i}`);
        const outcomes = await Promise.allSettled(
          names.map((name, i) =>
            ledger.transact(async (tx) => {
              await tx.inbox.insert(sampleInboxRow(name));
              if (i % 5 === 0) throw new Error('bad event');
              // A write that the ledger itself refuses, in the middle of the others.
              if (i % 5 === 1) await tx.inbox.insert(sampleInboxRow(name));
              return name;
            }),
          ),
        );
        const stored = await ledger.transact((tx) => Promise.all(names.map((name) => tx.inbox.byId(name))));
        for (const [i, outcome] of outcomes.entries()) {
          expect(outcome.status, `event-${i}`).toBe(i % 5 < 2 ? 'rejected' : 'fulfilled');
          expect(stored[i] !== undefined, `event-${i}`).toBe(i % 5 >= 2);
        }
      }),
    );

    it(
      'behave as if they ran one after another: no lost update in 30 parallel counters',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact((tx) => tx.orders.put(sampleOrder({ deadline: 0 })));
        const raise = () =>
          ledger.transact(async (tx) => {
            const row = await tx.orders.byKey(storeA, order1);
            await Promise.resolve();
            if (row !== undefined) await tx.orders.put({ ...row, deadline: row.deadline + 1 });
          });
        await Promise.all(Array.from({ length: 30 }, raise));
        const row = await ledger.transact((tx) => tx.orders.byKey(storeA, order1));
        expect(row?.deadline).toBe(30);
      }),
    );

    it(
      'show a later transaction nothing of one that failed before it',
      onLedger(open, async ({ ledger }) => {
        const failing = ledger.transact(async (tx) => {
          await tx.claims.take(sampleClaim('lost'));
          throw new Error('no');
        });
        const following = ledger.transact((tx) => tx.claims.take(sampleClaim('mine')));
        await expect(failing).rejects.toThrow('no');
        expect((await following).claim).toBe('mine');
      }),
    );

    it(
      'take no write once they have ended',
      onLedger(open, async ({ ledger }) => {
        const leaked = await ledger.transact(async (tx) => tx);
        await expect(leaked.history.append(sampleHistory('late'))).rejects.toThrow();
        await expect(
          ledger.transact(async () => leaked.history.append(sampleHistory('in another one'))),
        ).rejects.toThrow();
        expect(await ledger.transact((tx) => tx.history.ofInvoice(one))).toEqual([]);
      }),
    );

    it(
      'keep no tie to the objects they were given',
      onLedger(open, async ({ ledger }) => {
        const body = new Uint8Array([1, 2, 3]);
        await ledger.transact((tx) => tx.inbox.insert(sampleInboxRow('inbox', { body })));
        body.fill(9);
        const row = await ledger.transact((tx) => tx.inbox.byId('inbox'));
        expect([...(row?.body ?? [])]).toEqual([1, 2, 3]);
      }),
    );
  });
};
