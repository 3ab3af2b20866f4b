import { compareDecimal, equalDecimal, isZero, type ReviewKind } from '@gatewright/payment-core';
import type { JudgedPayment, OrderOutcome, Outcome, Violation } from './outcome.ts';

/** Items that outages bring and that say nothing wrong: a person hears of a silent shop or an unanswered create call. */
const ofOutages: readonly ReviewKind[] = [
  'create_ambiguous',
  'storefront_unreachable',
  'storefront_refused',
  'absent_at_gateway',
  'no_news',
  'review',
];

/** Teleport Pay cannot be asked, and no bridge ever acknowledged its message, although it was repeated for half an hour. */
const isUnheard = ({ gateway, heardAt }: JudgedPayment): boolean =>
  gateway === 'teleport-pay' && heardAt === null;

/** Nobody was left waiting for news: the gateway had said that the invoice was over. */
export const hasUnheardLateMoney = ({ payments }: OrderOutcome): boolean =>
  payments.some((payment) => payment.kind === 'late' && isUnheard(payment));

/** The anomalies that a person must see, from what the gateways took. */
const anomaliesOf = ({ payments }: OrderOutcome): readonly ReviewKind[] => {
  const full = payments.filter(({ kind }) => kind === 'full').length;
  return [
    ...(payments.some(({ kind }) => kind === 'under') ? (['underpaid'] as const) : []),
    ...(payments.some((payment) => payment.kind === 'late' && !isUnheard(payment))
      ? (['late'] as const)
      : []),
    ...(full > 1 ? (['duplicate_payment'] as const) : []),
  ];
};

/** CryptoPayment.center gives no time of payment, the TON gateway's list none: our receipt counts (invariant 10). */
const withoutTime: readonly JudgedPayment['gateway'][] = ['cryptopayment-center', 'ton-nft'];

/** Money that was first heard of after the expiry: when it came, nobody can know. */
const isHeardTooLate = ({ gateway, heardAt, expiresAt }: JudgedPayment): boolean =>
  withoutTime.includes(gateway) && heardAt !== null && heardAt > expiresAt;

/**
 * Money that was there in time, at a gateway that gives none, and first heard of after the expiry is held, and a person
 * decides: neither fulfilled nor lost. It excuses only what nobody could know better: one acknowledged webhook, or one
 * receipt in the ledger, from before the expiry, and the order should have been settled.
 */
export const isHeldForWantOfTime = ({ payments, fulfilments, reviews }: OrderOutcome): boolean =>
  fulfilments === 0 &&
  reviews.includes('late') &&
  payments.length > 0 &&
  payments.every((payment) => payment.kind === 'full' && isHeardTooLate(payment));

/** What nobody heard of cannot be made up for by asking: a person is told of the silence instead (invariant 14). */
export const isSilent = ({ payments, fulfilments, reviews }: OrderOutcome): boolean =>
  fulfilments === 0 && reviews.includes('no_news') && payments.length > 0 && payments.every(isUnheard);

/** What has fulfilled its order has been dated since, and nobody is asked about it any more. */
const isLeftUndated = ({ payments, fulfilments }: OrderOutcome): boolean =>
  payments.some(isHeardTooLate) && payments.length > fulfilments;

const judgeRefund = (order: OrderOutcome): readonly Violation[] => {
  const { number, refund, reviews } = order;
  if (refund === null) return [];
  const { asked, told, made, recorded } = refund;
  const violation = (rule: Violation['rule'], detail: string): Violation => ({ rule, order: number, detail });
  const found: Violation[] = [];
  if (compareDecimal(made, asked) > 0)
    found.push(
      violation('refunded-more-than-asked', `${asked} was asked for, the gateway paid ${made} back`),
    );
  if (told === 'done' && isZero(made))
    found.push(
      violation('refund-not-made', 'the shop was told that it was done, the gateway has paid nothing back'),
    );
  // A person looks where it is not known.
  if (!equalDecimal(made, recorded) && !reviews.includes('refund_unknown'))
    found.push(
      violation(
        'refund-misrecorded',
        `the gateway paid ${made} back, the ledger says ${recorded}, nobody is asked`,
      ),
    );
  return found;
};

const judgeOrder = (order: OrderOutcome): readonly Violation[] => {
  if (isHeldForWantOfTime(order) || isSilent(order)) return [];
  const { number, story, invoices, payments, fulfilments, claim, reviews } = order;
  const violation = (rule: Violation['rule'], detail: string): Violation => ({ rule, order: number, detail });
  const paid = payments.some(({ kind }) => kind === 'full');
  const expected = anomaliesOf(order);
  const found: Violation[] = [...judgeRefund(order)];
  // A run in which nobody could pay would prove nothing.
  if (invoices === 0)
    found.push(
      violation('never-checked-out', `${story}: the shopper gave up before the bridge could answer`),
    );
  if (paid && fulfilments === 0)
    found.push(violation('paid-not-fulfilled', `${story}: paid in time, and the shop never heard of it`));
  if (fulfilments > 1)
    found.push(violation('fulfilled-more-than-once', `${story}: fulfilled ${fulfilments} times`));
  if (!paid && fulfilments > 0)
    found.push(violation('unpaid-fulfilled', `${story}: fulfilled without a payment in full and in time`));
  if (fulfilments > 0 && claim !== 'acknowledged')
    found.push(violation('not-acknowledged', `the shop has fulfilled it, the ledger's claim is ${claim}`));
  for (const kind of expected)
    if (!reviews.includes(kind))
      found.push(violation('anomaly-not-in-review', `${kind} does not stand in the review queue`));
  const isExplained = (kind: ReviewKind): boolean =>
    expected.includes(kind) ||
    ofOutages.includes(kind) ||
    (kind === 'refund_unknown' && order.refund !== null) ||
    (kind === 'late' && isLeftUndated(order));
  for (const kind of reviews)
    if (!isExplained(kind))
      found.push(violation('false-alarm', `the review queue says ${kind}, which did not happen`));
  return found;
};

const general = (rule: Violation['rule'], detail: string): Violation => ({ rule, order: null, detail });

/** Holds what shop and ledger say at the end against what happened at the gateways. */
export const judge = (outcome: Outcome): readonly Violation[] => [
  ...outcome.orders.flatMap(judgeOrder),
  ...outcome.missingFromInbox.map((key) =>
    general('acknowledged-and-lost', `answered 2xx and not in the inbox: ${key}`),
  ),
  ...(outcome.pendingInbox > 0
    ? [general('never-applied', `${outcome.pendingInbox} events of the inbox are still pending`)]
    : []),
  ...outcome.deadJobs.map((job) => general('job-given-up', job)),
  ...(outcome.crashes > 0
    ? [general('bridge-crashed', `${outcome.crashes} times a bridge ended by itself`)]
    : []),
];
