import { addDecimal, type Decimal, orderKeySchema, type ReviewRow } from '@gatewright/payment-core';
import { webhookKey } from '../front/balancer.ts';
import type { Deeds } from '../load/deeds.ts';
import { refundedAtGatenoc, zero } from '../load/refunded-at-gatenoc.ts';
import type { Load } from '../load/run-load.ts';
import type { Plan } from '../plan/plan.ts';
import type { Stage } from '../stage.ts';
import type { JudgedPayment, JudgedRefund, OrderOutcome, Outcome } from './outcome.ts';

const asBytes = (value: unknown): Uint8Array => {
  if (value instanceof Uint8Array) return value;
  throw new Error('chaos: a stored body is not bytes');
};

/** Acknowledged more often than stored. Another copy of the same bytes is another row. */
const missingFromInbox = async ({ opened, balancer }: Stage): Promise<readonly string[]> => {
  const rows = await opened.ledger.transact((tx) => tx.sql`select gateway, account, body from inbox`);
  const stored = new Map<string, number>();
  for (const { gateway, account, body } of rows) {
    const key = webhookKey(`/webhooks/${gateway}/${account}`, asBytes(body));
    stored.set(key, (stored.get(key) ?? 0) + 1);
  }
  return [...balancer.acknowledged]
    .filter(([key, count]) => count > (stored.get(key) ?? 0))
    .map(([key, count]) => `${key} (${count} times, stored ${stored.get(key) ?? 0} times)`);
};

const pendingInbox = async ({ opened }: Stage): Promise<number> => {
  const [row] = await opened.ledger.transact(
    (tx) => tx.sql`select count(*) as pending from inbox where state = ${'pending'}`,
  );
  return Number(row?.pending);
};

/** Of an end that came before the money. */
const saysExpired = /"status"\s*:\s*"expired"/;

/** When our side first had news of each payment on record. */
const judgedPayments = async (
  { opened, heard, accounts }: Stage,
  payments: Deeds['payments'],
): Promise<readonly JudgedPayment[]> => {
  const judged: JudgedPayment[] = [];
  for (const { gateway, kind, payment, invoice: own, takenAt, expiresAt } of payments) {
    const path = `/webhooks/${gateway}/${accounts[gateway]}`;
    const news = heard.find(
      ({ target, text, at }) =>
        at >= takenAt && target.startsWith(path) && text.includes(payment) && !saysExpired.test(text),
    );
    const invoice = await opened.ledger.transact((tx) => tx.invoices.byId(own));
    const known = [news?.at, invoice?.firstReceiptAt].filter((at) => typeof at === 'number');
    // The TON gateway knows of no expiry: there it is ours alone.
    const endsAt = Number.isFinite(expiresAt) ? expiresAt : (invoice?.expiresAt ?? expiresAt);
    judged.push({
      gateway,
      kind,
      expiresAt: endsAt,
      heardAt: known.length === 0 ? null : Math.min(...known),
    });
  }
  return judged;
};

const judgedRefund = async (
  { opened }: Stage,
  { refund, payments }: Deeds,
  made: ReadonlyMap<string, Decimal>,
): Promise<JudgedRefund | null> => {
  const [payment] = payments;
  if (refund === null || payment === undefined) return null;
  const rows = await opened.ledger.transact((tx) => tx.refunds.ofInvoice(payment.invoice));
  const done = rows.filter(({ state }) => state === 'done' || state === 'accepted');
  return {
    // The plan writes plain numbers.
    asked: refund.amount as Decimal,
    told: refund.told,
    made: made.get(payment.payment) ?? zero,
    recorded: done.map(({ orderAmount }) => orderAmount.amount).reduce(addDecimal, zero),
  };
};

const orderOutcomes = async (stage: Stage, plan: Plan, load: Load): Promise<readonly OrderOutcome[]> => {
  const { opened, store, shop } = stage;
  const reviews = await opened.ledger.transact((tx) =>
    tx.reviews.page(store, { state: 'open', limit: 1_000_000 }),
  );
  const byOrder = new Map<string, ReviewRow[]>();
  for (const review of reviews) {
    const key = review.orderKey ?? '';
    byOrder.set(key, [...(byOrder.get(key) ?? []), review]);
  }
  const claims = await opened.ledger.transact((tx) => tx.sql`select order_key, state from claims`);
  const claimOf = new Map(claims.map((row) => [String(row.order_key), row.state]));
  const outcomes: OrderOutcome[] = [];
  const made = refundedAtGatenoc(stage);
  for (const { number, story } of plan.orders) {
    const deeds = load.deeds.get(number);
    const shopOrder = deeds?.shopOrder ?? null;
    const key = shopOrder === null ? null : orderKeySchema.parse(String(shopOrder));
    const claim = key === null ? undefined : claimOf.get(key);
    outcomes.push({
      number,
      story,
      invoices: deeds?.invoices.length ?? 0,
      payments: await judgedPayments(stage, deeds?.payments ?? []),
      fulfilments: shopOrder === null ? 0 : shop.events.paymentComplete(shopOrder),
      claim: claim === 'held' || claim === 'acknowledged' || claim === 'released' ? claim : 'none',
      refund: deeds === undefined ? null : await judgedRefund(stage, deeds, made),
      reviews: key === null ? [] : (byOrder.get(key) ?? []).map(({ kind }) => kind),
    });
  }
  return outcomes;
};

/** What shop and ledger say now. */
export const collect = async (stage: Stage, plan: Plan, load: Load): Promise<Outcome> => ({
  orders: await orderOutcomes(stage, plan, load),
  missingFromInbox: await missingFromInbox(stage),
  pendingInbox: await pendingInbox(stage),
  deadJobs: (await stage.opened.jobs.dead()).map(({ job, reason }) => `${job.kind}: ${reason}`),
  crashes: stage.fleet.counts.crashes,
});
