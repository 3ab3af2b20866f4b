import {
  accountId,
  eur,
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
} from '@gatewright/conformance';
import type { LedgerTransaction } from '@gatewright/payment-core';
import fc from 'fast-check';

/** One call of the port inside a transaction. */
export type Step = (tx: LedgerTransaction) => Promise<unknown>;

// Few values, so that they meet.
const name = fc.constantFrom('a', 'b', 'c');
export const instant = fc.integer({ min: 0, max: 6 });
export const limit = fc.integer({ min: 0, max: 3 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const store = fc.constantFrom('store-a', 'store-b').map(storeId);
const account = fc.constantFrom('account-a', 'account-b').map(accountId);
const order = fc.constantFrom('order-1', 'order-2').map(orderKey);
const invoice = name.map(invoiceId);

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
  step(fc.tuple(account, maybe(name), maybe(name)), (tx, [of, payment, reference]) =>
    tx.inbox.pending(of, payment, reference),
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

const pageRow = fc
  .record({ id: name.map(pageId), store, orderKey: order, updatedAt: instant, account: maybe(account) })
  .map((change) => samplePage('a', change));
const pageSteps = [
  step(pageRow, (tx, row) => tx.pages.insert(row)),
  step(pageRow, (tx, row) => tx.pages.update(row)),
  step(name, (tx, id) => tx.pages.byId(pageId(id))),
  step(fc.tuple(store, order), (tx, [of, key]) => tx.pages.ofOrder(of, key)),
];

const refundState = fc.constantFrom('sending', 'unknown', 'done', 'refused' as const);
const reviewSteps = [
  step(fc.record({ id: name, store, key: name, openedAt: instant }), (tx, { id, ...change }) =>
    tx.reviews.open(sampleReview(id, change)),
  ),
  step(fc.tuple(store, fc.constantFrom('open', 'resolved' as const), name), (tx, [of, state, id]) =>
    tx.reviews.count(of, state, id),
  ),
  step(
    fc.tuple(store, fc.constantFrom('open', 'resolved', 'all' as const), name, fc.boolean()),
    (tx, [of, state, after, newestFirst]) => tx.reviews.page(of, { state, limit: 2, after, newestFirst }),
  ),
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

const names = ['a', 'b', 'c'];
const stores = ['store-a', 'store-b'].map(storeId);
const orderKeys = ['order-1', 'order-2'].map(orderKey);

/** Reads everything that the steps can have written. */
export const readAll: readonly Step[] = [
  ...names.flatMap((id): Step[] => [
    (tx) => tx.invoices.byId(invoiceId(id)),
    (tx) => tx.inbox.byId(id),
    (tx) => tx.pages.byId(pageId(id)),
    (tx) => tx.history.ofInvoice(invoiceId(id)),
    (tx) => tx.refunds.ofInvoice(invoiceId(id)),
  ]),
  ...stores.flatMap((of): Step[] => [
    (tx) => tx.reviews.page(of, { state: 'open', limit: 100 }),
    (tx) => tx.reviews.page(of, { state: 'resolved', limit: 100 }),
    ...orderKeys.flatMap((key): Step[] => [
      (tx) => tx.claims.byOrder(of, key),
      (tx) => tx.orders.byKey(of, key),
      (tx) => tx.pages.ofOrder(of, key),
      (tx) => tx.instructions.ofOrder(of, key),
    ]),
  ]),
];

/** Writes that follow from what was read, here or elsewhere: what goes wrong when two of them do not see each other. */
const dependentStep = fc.oneof(
  step(fc.tuple(order, order), async (tx, [read, written]) => {
    const deadline = (await tx.orders.byKey(storeId('store-a'), read))?.deadline ?? 0;
    const row = sampleOrder({ orderKey: written, deadline: deadline + 1 });
    await tx.orders.put(row);
    return deadline;
  }),
  step(fc.tuple(invoice, invoice), async (tx, [read, written]) => {
    const events = await tx.history.ofInvoice(read);
    await tx.history.append(sampleHistory(`saw ${events.length}`, { invoice: written }));
    return events.length;
  }),
  step(fc.tuple(order, order, name), async (tx, [read, written, claim]) => {
    const holder = await tx.claims.byOrder(storeId('store-a'), read);
    if (holder === undefined) await tx.claims.take(sampleClaim(claim, { orderKey: written }));
    return holder;
  }),
  step(fc.tuple(store, store, name), async (tx, [read, written, id]) => {
    const open = await tx.reviews.page(read, { state: 'open', limit: 100 });
    if (open.length === 0) await tx.reviews.open(sampleReview(id, { store: written, key: id }));
    return open.length;
  }),
  // What openPage does: an order's one page is found again, or made.
  step(fc.tuple(order, name), async (tx, [key, id]) => {
    const [known] = await tx.pages.ofOrder(storeId('store-a'), key);
    if (known === undefined) await tx.pages.insert(samplePage(id, { orderKey: key }));
    else await tx.pages.update({ ...known, updatedAt: known.updatedAt + 1 });
    return known;
  }),
  step(fc.tuple(order, name), async (tx, [key, id]) => {
    const attempts = await tx.invoices.ofOrder(storeId('store-a'), key);
    const next = sampleInvoice(id, { orderKey: key, n: attempts.length + 1 });
    return attempts.length < 2 ? tx.invoices.insert(next) : attempts.length;
  }),
);

/** What shows whether transactions at the same time know of each other. */
export const meetingStep = fc.oneof(
  { arbitrary: dependentStep, weight: 3 },
  {
    arbitrary: fc.oneof(...invoiceSteps, ...inboxSteps, ...orderSteps, ...pageSteps, ...reviewSteps, enqueue),
    weight: 1,
  },
);

/** Everything a transaction can do, with values that meet. */
export const anyStep = fc.oneof(
  ...invoiceSteps,
  ...inboxSteps,
  ...orderSteps,
  ...pageSteps,
  ...reviewSteps,
  enqueue,
  enqueue,
);
