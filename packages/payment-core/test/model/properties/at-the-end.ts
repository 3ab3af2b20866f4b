import { minutes } from '../../../src/identity/clock.ts';
import type { ReviewRow } from '../../../src/ledger/rows.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { GatewayInvoice } from '../world/gateway-state.ts';
import type { ShopOrder } from '../world/shop-state.ts';
import { beginning, traitsOf } from '../world/stage.ts';
import type { World } from '../world/world.ts';
import {
  invoiceOf,
  isPaid,
  isPaidInTime,
  orderStandsInReview,
  paymentsOf,
  reviewsOf,
  saysNothingCame,
  standsInReview,
  wasJudged,
} from './money.ts';
import { type StateProperty, violated } from './property.ts';

/**
 * A way to know of the money was left: its message was acknowledged, or it came while the invoice could still be read.
 * Nothing can be known of a payment whose only name was in an answer of the gateway that was never stored.
 */
const couldBeHeard = (world: World, scenario: Scenario, payment: GatewayInvoice): boolean => {
  const traits = traitsOf(scenario)(payment.gateway);
  if (!traits.echoesReference && !invoiceOf(world, payment)?.gatewayPaymentId) return false;
  const told = world.gateway.messages.some(
    ({ invoice, says, state }) => invoice === payment.id && says.state === 'paid' && state === 'acknowledged',
  );
  const watched = traits.poll !== 'none' && (payment.paidAt ?? 0) <= payment.expiresAt + scenario.monitorMs;
  return told || watched;
};

/** It is on record here how much came, and that it came in time: by the gateway's word, or by our receipt. */
const couldBeBooked = (world: World, scenario: Scenario, payment: GatewayInvoice): boolean => {
  const { tellsTime, listsAmounts } = traitsOf(scenario)(payment.gateway);
  const messages = world.gateway.messages.filter(({ invoice }) => invoice === payment.id);
  const receipts = [...world.ledger.inbox.values()].flatMap(({ dedupeKey, receivedAt }) => {
    const told = messages.find(({ id }) => id === dedupeKey)?.says.state;
    return told === 'paid' || told === 'seen' ? { told, receivedAt } : [];
  });
  const firstReceiptAt = invoiceOf(world, payment)?.firstReceiptAt ?? Number.POSITIVE_INFINITY;
  const inTime = [...receipts.map(({ receivedAt }) => receivedAt), firstReceiptAt].some(
    (at) => at <= payment.expiresAt,
  );
  return (tellsTime || inTime) && (listsAmounts || receipts.some(({ told }) => told === 'paid'));
};

/** The settlement that the shop obeyed was this payment's. */
const paidThis = (world: World, order: ShopOrder, payment: GatewayInvoice): boolean =>
  order.fulfilments > 0 &&
  [...world.ledger.instructions.values()].some(
    ({ kind, claim, invoice }) =>
      kind === 'settle' && claim === order.claim && invoice === invoiceOf(world, payment)?.id,
  );

/** Invariants 3 and 14: money has fulfilled its order, or a person is told of it; of money we heard of, told as money. */
const moneyAccountedFor: StateProperty = (world, scenario) => {
  for (const order of world.shop.orders) {
    for (const payment of paymentsOf(world, order.key).filter(isPaid)) {
      if (paidThis(world, order, payment)) continue;
      const heard = couldBeHeard(world, scenario, payment);
      if (
        heard
          ? !standsInReview(world, payment, true)
          : isPaidInTime(payment) && !standsInReview(world, payment, false)
      )
        return violated(
          'order-lost',
          `${payment.id} is paid; order ${order.key} is ${order.status} and nobody was told`,
        );
    }
  }
  return undefined;
};

/** Invariant 3, at least once: one payment in time, heard of, and nobody who interfered: the goods leave without a person. */
const paidInTimeIsFulfilled: StateProperty = (world, scenario) => {
  for (const order of world.shop.orders) {
    const payments = paymentsOf(world, order.key).filter(isPaidInTime);
    if (
      payments.some(
        (payment) => couldBeHeard(world, scenario, payment) && couldBeBooked(world, scenario, payment),
      ) &&
      order.decided === null &&
      !wasJudged(world, order.key) &&
      order.fulfilments === 0
    )
      return violated('paid-not-fulfilled', `order ${order.key} was paid in time and is ${order.status}`);
  }
  return undefined;
};

/**
 * Old hints may come again long after the watch, and are followed once in ten minutes: what arrives shortly before the
 * horizon is not seen to its end.
 */
const isCutOff = (receivedAt: number, { horizonMs }: Scenario): boolean =>
  receivedAt > beginning + Math.max(minutes(15), horizonMs - minutes(11));

/** Nothing waits for ever: no event, no instruction, no order that is neither paid nor ended nor in front of a person. */
const nothingStuck: StateProperty = (world, scenario) => {
  const { ledger, shop } = world;
  const event = [...ledger.inbox.values()].find(
    (row) => row.state === 'pending' && !isCutOff(row.receivedAt, scenario),
  );
  if (event) return violated('stuck', `${event.dedupeKey} was never applied`);
  const instruction = [...ledger.instructions.values()].find((row) => row.state === 'pending');
  if (instruction)
    return violated('stuck', `the shop was never told to ${instruction.kind} ${instruction.orderKey}`);
  const order = shop.orders.find(
    ({ key, status }) =>
      (status === 'pending' || status === 'on-hold') &&
      [...ledger.orders.values()].some(({ orderKey }) => orderKey === key) &&
      !orderStandsInReview(world, key),
  );
  return order && violated('stuck', `order ${order.key} stays ${order.status}, and nobody was told`);
};

/** Invariant 17: what was paid back is on record as done, and what is not known stands in front of a person. */
const refundsKnown: StateProperty = ({ gateway, ledger }) => {
  for (const row of ledger.refunds.values()) {
    const reference = ledger.invoices.get(row.invoice)?.reference;
    const made = gateway.invoices.some(({ refunded }) => refunded.includes(`${reference}-${row.refundId}`));
    const isDone = row.state === 'done' || row.state === 'accepted';
    const told = [...ledger.reviews.values()].some(
      ({ kind, invoice }) => kind === 'refund_unknown' && invoice === row.invoice,
    );
    if (row.state === 'sending')
      return violated('stuck', `the refund ${row.refundId} is being sent for ever, and nobody was told`);
    if (row.state === 'unknown' ? !told : made !== isDone)
      return violated(
        'refund-misrecorded',
        `the refund ${row.refundId} is ${row.state}, made: ${made}, told: ${told}`,
      );
  }
  return undefined;
};

/** Invariant 3: a claim is let go only when the shop fulfilled nothing for it. */
const claimKept: StateProperty = ({ ledger, shop }) => {
  const lost = [...ledger.claims.values()].find(
    (claim) =>
      claim.state === 'released' &&
      shop.orders.some((order) => order.claim !== null && order.claim === claim.claim),
  );
  return lost && violated('claim-lost', `order ${lost.orderKey} is fulfilled, and its claim was released`);
};

/** The owner's own wish, of which nobody knows what became. */
const isOfRefund = ({ ledger }: World, { kind, invoice }: ReviewRow): boolean =>
  kind === 'refund_unknown' &&
  [...ledger.refunds.values()].some((refund) => refund.invoice === invoice && refund.state === 'unknown');

/**
 * A review item is a person's time: an order that was simply paid and fulfilled leaves none, except that silence had
 * been reported before the money was heard of.
 */
const noFalseAlarm: StateProperty = (world) => {
  for (const order of world.shop.orders) {
    const payments = paymentsOf(world, order.key).filter(isPaid);
    const simple = payments.length === 1 && payments.every(isPaidInTime) && order.decided === null;
    if (!simple || wasJudged(world, order.key) || order.fulfilments !== 1) continue;
    const alarm = payments
      .flatMap((payment) => reviewsOf(world, payment))
      .find((row) => row.resolution === null && !saysNothingCame.has(row.kind) && !isOfRefund(world, row));
    if (alarm)
      return violated('false-alarm', `order ${order.key} was paid and fulfilled; review says: ${alarm.kind}`);
  }
  return undefined;
};

/** Holds when everybody has done what there was to do. */
export const atTheEnd: readonly StateProperty[] = [
  moneyAccountedFor,
  paidInTimeIsFulfilled,
  nothingStuck,
  claimKept,
  refundsKnown,
  noFalseAlarm,
];
