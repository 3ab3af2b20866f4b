import {
  accountId,
  eur,
  invoiceId,
  orderKey,
  sampleClaim,
  sampleHistory,
  sampleInboxRow,
  sampleInstruction,
  sampleInvoice,
  sampleOrder,
  sampleRefund,
  sampleResolution,
  sampleReview,
  storeId,
} from '@gatewright/conformance';
import {
  createMemoryLedger,
  type JobQueue,
  type Ledger,
  type LedgerTransaction,
} from '@gatewright/payment-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openTempLedger } from './temp-ledger.ts';

type Step = (tx: LedgerTransaction) => Promise<unknown>;
/** The lease ids of one ledger, in the order it gave them: the other one's look different. */
type QueueStep = (jobs: JobQueue, leases: string[]) => Promise<unknown>;
type Transaction = { readonly steps: readonly Step[]; readonly fails: boolean };
type Action = Transaction | { readonly queue: QueueStep };

// Few values, so that they meet.
const name = fc.constantFrom('a', 'b', 'c');
const instant = fc.integer({ min: 0, max: 6 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const store = fc.constantFrom('store-a', 'store-b').map(storeId);
const account = fc.constantFrom('account-a', 'account-b').map(accountId);
const order = fc.constantFrom('order-1', 'order-2').map(orderKey);
const invoice = name.map(invoiceId);
const limit = fc.integer({ min: 0, max: 3 });

const invoiceRow = fc
  .record({
    name,
    store,
    account,
    order,
    amount: fc.constantFrom('49.90', '49.9', '50'),
    method: maybe(fc.constantFrom('TON', 'BTC')),
    n: fc.integer({ min: 1, max: 2 }),
    reference: name,
    gatewayPaymentId: maybe(name),
    createdAt: instant,
    nextReadAt: maybe(instant),
    version: fc.integer({ min: 0, max: 2 }),
    status: fc.constantFrom('open', 'settled' as const),
  })
  .map(({ name: id, order: orderKeyOf, amount, ...rest }) =>
    sampleInvoice(id, { ...rest, orderKey: orderKeyOf, order: eur(amount) }),
  );

const step = <T>(arbitrary: fc.Arbitrary<T>, run: (tx: LedgerTransaction, value: T) => Promise<unknown>) =>
  arbitrary.map(
    (value): Step =>
      (tx) =>
        run(tx, value),
  );

const invoiceSteps = [
  step(invoiceRow, (tx, row) => tx.invoices.insert(row)),
  step(invoiceRow, (tx, row) => tx.invoices.update(row)),
  step(invoice, (tx, id) => tx.invoices.byId(id)),
  step(fc.tuple(account, name), (tx, [of, id]) => tx.invoices.byGatewayPaymentId(of, id)),
  step(fc.tuple(account, name), (tx, [of, reference]) => tx.invoices.byReference(of, reference)),
  step(fc.tuple(store, order), (tx, [of, key]) => tx.invoices.ofOrder(of, key)),
  step(fc.tuple(account, instant, limit), (tx, [of, now, most]) =>
    tx.invoices.leaseDue(of, now, now + 2, most),
  ),
  step(fc.tuple(instant, limit), (tx, [now, most]) => tx.invoices.accountsDue(now, most)),
];

const inboxState = fc.constantFrom('pending', 'applied', 'unmatched' as const);
const inboxSteps = [
  step(
    fc.record({
      id: name,
      account,
      gatewayPaymentId: maybe(name),
      reference: maybe(name),
      receivedAt: instant,
      state: inboxState,
    }),
    (tx, { id, ...change }) => tx.inbox.insert(sampleInboxRow(id, change)),
  ),
  step(name, (tx, id) => tx.inbox.byId(id)),
  step(fc.tuple(name, inboxState, maybe(name)), (tx, [id, state, note]) =>
    tx.inbox.setState(id, state, note),
  ),
  step(fc.tuple(account, maybe(name), maybe(name)), (tx, [of, payment, reference]) =>
    tx.inbox.unmatched(of, payment, reference),
  ),
  step(fc.tuple(account, name, invoice), (tx, [of, key, id]) => tx.facts.remember(of, key, id, 1)),
];

const claimState = fc.constantFrom('held', 'acknowledged', 'released' as const);
const orderSteps = [
  step(fc.record({ store, orderKey: order, claim: name, state: claimState }), (tx, { claim, ...change }) =>
    tx.claims.take(sampleClaim(claim, change)),
  ),
  step(fc.tuple(store, order), (tx, [of, key]) => tx.claims.byOrder(of, key)),
  step(fc.tuple(store, order, name, claimState), (tx, [of, key, claim, state]) =>
    tx.claims.setState(of, key, claim, state),
  ),
  step(fc.record({ store, orderKey: order, deadline: instant }), (tx, change) =>
    tx.orders.put(sampleOrder(change)),
  ),
  step(fc.tuple(store, order), (tx, [of, key]) => tx.orders.byKey(of, key)),
  step(fc.record({ id: name, store, orderKey: order }), (tx, { id, ...change }) =>
    tx.instructions.insert(sampleInstruction(id, change)),
  ),
  step(fc.tuple(name, maybe(instant)), (tx, [id, at]) => tx.instructions.setState(id, 'done', 'ok', at)),
  step(fc.tuple(store, order), (tx, [of, key]) => tx.instructions.ofOrder(of, key)),
];

const refundState = fc.constantFrom('sending', 'unknown', 'done', 'refused' as const);
const reviewSteps = [
  step(fc.record({ id: name, store, key: name, openedAt: instant }), (tx, { id, ...change }) =>
    tx.reviews.open(sampleReview(id, change)),
  ),
  step(fc.tuple(store, fc.boolean()), (tx, [of, open]) => tx.reviews.list(of, { open })),
  step(fc.tuple(store, name), (tx, [of, id]) => tx.reviews.resolve(of, id, sampleResolution)),
  step(fc.tuple(invoice, instant, name), (tx, [id, at, event]) =>
    tx.history.append(sampleHistory(event, { invoice: id, at })),
  ),
  step(invoice, (tx, id) => tx.history.ofInvoice(id)),
  step(fc.record({ id: name, invoice, state: refundState }), (tx, { id, ...change }) =>
    tx.refunds.insert(sampleRefund(id, change)),
  ),
  step(fc.tuple(invoice, name, refundState), (tx, [of, id, state]) =>
    tx.refunds.setState(of, id, { state, gatewayRefundId: null, answer: state }),
  ),
  step(invoice, (tx, of) => tx.refunds.ofInvoice(of)),
];

const enqueue = step(fc.tuple(invoice, instant), (tx, [id, runAt]) =>
  tx.jobs.enqueue({ kind: 'read-invoice', invoice: id }, runAt),
);

/** Ids are left out: they are the ledger's own. */
const withoutId = <T extends { readonly id: string }>({ id: _own, ...rest }: T) => rest;

const which = fc.nat({ max: 5 });
const queueStep = fc.oneof(
  fc.tuple(instant, limit).map(
    ([now, most]): QueueStep =>
      async (jobs, leases) => {
        const leased = await jobs.lease(now, 2, most);
        leases.push(...leased.map(({ id }) => id));
        return leased.map(withoutId);
      },
  ),
  which.map(
    (i): QueueStep =>
      (jobs, leases) =>
        jobs.complete(leases.at(-i) ?? ''),
  ),
  fc.tuple(which, instant).map(
    ([i, at]): QueueStep =>
      (jobs, leases) =>
        jobs.retry(leases.at(-i) ?? '', at, 'r'),
  ),
  fc.tuple(which, instant).map(
    ([i, at]): QueueStep =>
      (jobs, leases) =>
        jobs.postpone(leases.at(-i) ?? '', at, 'r'),
  ),
  which.map(
    (i): QueueStep =>
      (jobs, leases) =>
        jobs.bury(leases.at(-i) ?? '', 'dead'),
  ),
  fc.constant<QueueStep>((jobs) => jobs.nextRunAt()),
  fc.constant<QueueStep>(async (jobs) => (await jobs.dead()).map(withoutId)),
);

const transaction: fc.Arbitrary<Action> = fc.record({
  steps: fc.array(fc.oneof(...invoiceSteps, ...inboxSteps, ...orderSteps, ...reviewSteps, enqueue, enqueue), {
    minLength: 1,
    maxLength: 6,
  }),
  fails: fc.boolean(),
});
const actions = fc.array(
  fc.oneof(
    { arbitrary: transaction, weight: 2 },
    { arbitrary: queueStep.map((queue): Action => ({ queue })), weight: 1 },
  ),
  { minLength: 10, maxLength: 40 },
);

const answers = async (ledger: Ledger, jobs: JobQueue, script: readonly Action[]): Promise<unknown[]> => {
  const leases: string[] = [];
  const heard: unknown[] = [];
  const listen = async (answer: Promise<unknown>): Promise<void> => {
    heard.push(await answer.catch(() => 'throws'));
  };
  for (const action of script) {
    if ('queue' in action) {
      await listen(action.queue(jobs, leases));
      continue;
    }
    const run = ledger.transact(async (tx) => {
      for (const each of action.steps) await listen(each(tx));
      if (action.fails) throw new Error('rolled back');
    });
    await run.catch(() => undefined);
  }
  return heard;
};

it('SQLite answers what the memory ledger answers, to anything that is asked of both', async () => {
  await fc.assert(
    fc.asyncProperty(actions, async (script) => {
      const memory = createMemoryLedger();
      const sqlite = await openTempLedger();
      try {
        expect(await answers(sqlite.ledger, sqlite.jobs, script)).toEqual(
          await answers(memory, memory.jobs, script),
        );
      } finally {
        await sqlite.close();
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
