import {
  accountId,
  invoiceId,
  orderKey,
  sampleInboxRow,
  sampleInstruction,
  sampleInvoice,
  sampleOrder,
  sampleRefund,
  storeId,
} from '@gatewright/conformance';
import {
  createAccountHealth,
  type Directory,
  type Job,
  type JobHandler,
  jobKey,
  type Ports,
  reportDeadJob,
  seconds,
} from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import type { OpenedSqlLedger } from '../../src/index.ts';
import { createJobRunner } from '../../src/jobs/job-runner.ts';
import { virtualClock } from '../temp-ledger.ts';

const store = storeId('store-a');
const account = accountId('account-a');
const order = orderKey('order-one');
const invoice = invoiceId('one');
const lost = invoiceId('lost');

/** One of every kind. */
const jobs: readonly Job[] = [
  { kind: 'apply-event', inbox: 'event' },
  { kind: 'read-invoice', invoice },
  { kind: 'tell-storefront', instruction: 'instruction', store },
  { kind: 'end-order', store, orderKey: order },
  { kind: 'cancel-invoice', invoice },
  { kind: 'no-news', invoice },
  { kind: 'find-invoice', invoice: lost },
  { kind: 'follow-order', store, orderKey: order },
  { kind: 'check-refund', invoice, refundId: 'refund' },
];

const directory: Directory = {
  store: async () => undefined,
  account: async (id) => ({ id, store, gateway: 'gatenoc', mode: 'test', config: {}, enabled: true }),
  accountsOf: async () => [],
};

/** The ports that a bridge has; nothing here calls a gateway or a shop. */
const portsOver = ({ ledger }: OpenedSqlLedger, clock: Ports['clock']): Ports => {
  let drawn = 0;
  return {
    ledger,
    directory,
    clock,
    random: (length) => {
      drawn += 1;
      return new Uint8Array(length).fill(drawn);
    },
    storefront: { tell: async () => ({ outcome: 'unavailable', reason: 'not-called' }) },
    rates: { rate: async () => undefined },
    health: createAccountHealth(),
    gateway: () => undefined,
    http: () => async () => ({ outcome: 'unavailable', reason: 'not-sent' }),
    webhookUrl: () => 'https://bridge.example/webhooks',
    sandbox: false,
  };
};

const openScene = async (opened: OpenedSqlLedger) => {
  const clock = virtualClock();
  const ports = portsOver(opened, clock);
  await opened.ledger.transact(async (tx) => {
    const shared = { store, account, orderKey: order } as const;
    await tx.orders.put(sampleOrder({ store, orderKey: order }));
    await tx.invoices.insert(sampleInvoice('one', shared));
    await tx.invoices.insert(sampleInvoice('lost', { ...shared, n: 2, status: 'creating', ambiguous: true }));
    await tx.inbox.insert(sampleInboxRow('event', { account }));
    await tx.instructions.insert(sampleInstruction('instruction', { store, orderKey: order, invoice }));
    await tx.refunds.insert(sampleRefund('refund', { store, invoice, state: 'sending' }));
  });
  return {
    enqueue: (asked: readonly Job[]) =>
      opened.ledger.transact(async (tx) => {
        for (const job of asked) await tx.jobs.enqueue(job, clock.now());
      }),
    /** The real runner works until nothing is due. */
    work: async (handler: JobHandler) => {
      const runner = createJobRunner({
        queue: opened.jobs,
        clock,
        leaseMs: seconds(60),
        concurrency: 1,
        backoff: () => 1,
        maxAttempts: 3,
        handler,
        onDead: (job, reason) => reportDeadJob(ports, job, reason),
        onError: () => undefined,
      });
      await runner.drain();
    },
    fails: async () => {
      clock.advance(seconds(1));
      throw new TypeError('what must not be stored');
    },
    openItems: () => opened.ledger.transact((tx) => tx.reviews.page(store, { state: 'open', limit: 100 })),
  };
};

/** Invariant 14, through the real runner and queue: whatever is exhausted stands in front of a person. */
export const describeGivenUp = (name: string, open: () => Promise<OpenedSqlLedger>): void => {
  describe(`${name}: jobs that were given up`, () => {
    const withScene =
      (test: (scene: Awaited<ReturnType<typeof openScene>>, opened: OpenedSqlLedger) => Promise<void>) =>
      async () => {
        const opened = await open();
        try {
          await test(await openScene(opened), opened);
        } finally {
          await opened.close();
        }
      };

    it(
      'leave one open item each, whatever their kind (invariant 14)',
      withScene(async ({ enqueue, work, fails, openItems }, opened) => {
        await enqueue(jobs);
        await work(fails);
        expect((await opened.jobs.dead()).map(({ job }) => jobKey(job)).sort()).toEqual(
          jobs.map(jobKey).sort(),
        );
        const items = await openItems();
        expect(items.map(({ kind, key }) => [kind, key]).sort()).toEqual(
          [
            ['event_failed', 'event_failed:event'],
            ['job_failed', `job_failed:read-invoice:${invoice}`],
            ['storefront_unreachable', 'storefront_unreachable:instruction'],
            ['job_failed', `job_failed:end-order:${store}:${order}`],
            ['job_failed', `job_failed:cancel-invoice:${invoice}`],
            ['job_failed', `job_failed:no-news:${invoice}`],
            ['create_ambiguous', `create_ambiguous:${lost}`],
            ['storefront_unreachable', `follow-order:${order}`],
            ['refund_unknown', `refund_unknown:${invoice}:refund`],
          ].sort(),
        );
        for (const { detail, orderKey, kind } of items) {
          expect(detail).toContain('TypeError');
          expect(detail).not.toContain('what must not be stored');
          // A message that could not be applied is nobody's yet.
          expect(orderKey).toBe(kind === 'event_failed' ? null : order);
        }
      }),
    );

    it(
      'leave no second item when they are done again by hand and given up again',
      withScene(async ({ enqueue, work, fails, openItems }) => {
        const again = jobs.filter(({ kind }) => kind === 'end-order' || kind === 'cancel-invoice');
        await enqueue(again);
        await work(fails);
        await enqueue(again);
        await work(fails);
        expect(await openItems()).toHaveLength(2);
      }),
    );

    it(
      'leave none for work that has become pointless',
      withScene(async ({ enqueue, work, fails, openItems }, opened) => {
        await opened.ledger.transact(async (tx) => {
          const row = await tx.invoices.byId(invoice);
          if (row) await tx.invoices.update({ ...row, status: 'expired' });
          await tx.orders.put(sampleOrder({ store, orderKey: order, state: 'ended' }));
          await tx.refunds.setState(invoice, 'refund', { state: 'done', gatewayRefundId: 'r', answer: null });
        });
        const pointless = ['end-order', 'cancel-invoice', 'no-news', 'check-refund'];
        await enqueue(jobs.filter(({ kind }) => pointless.includes(kind)));
        await work(fails);
        expect(await opened.jobs.dead()).toHaveLength(4);
        expect(await openItems()).toEqual([]);
      }),
    );
  });
};
