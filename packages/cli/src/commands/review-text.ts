import { formatMoney, type Money, type ReviewReport } from '@gatewright/payment-core';

type Attempt = ReviewReport['attempts'][number];

interface Moment {
  /** ISO 8601 in UTC, so that text order is time order. */
  readonly at: string;
  readonly where: string;
  readonly what: string;
}

const shortTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

const moneyOr = (money: Money | null, otherwise: string): string =>
  money === null ? otherwise : formatMoney(money);

const place = ({ n }: Attempt): string => `attempt ${n}`;

/** The attempt that a row is about; an order has few. */
const placeOf = ({ attempts }: ReviewReport, invoice: string | null): string => {
  const attempt = attempts.find((candidate) => candidate.invoice === invoice);
  return attempt === undefined ? 'order' : place(attempt);
};

const attemptMoments = (attempt: Attempt): readonly Moment[] => [
  {
    at: attempt.createdAt,
    where: place(attempt),
    what: `started: ${formatMoney(attempt.order)} over ${attempt.gateway}, to be paid until ${shortTime(attempt.expiresAt)}`,
  },
  ...attempt.timeline.map(({ at, event, detail }) => ({
    at,
    where: place(attempt),
    what: `${event}: ${detail}`,
  })),
];

const reviewMoments = ({ review }: ReviewReport): readonly Moment[] => {
  const opened = { at: review.openedAt, where: 'review', what: `opened: ${review.detail}` };
  if (review.resolution === null) return [opened];
  const { at, by, decision, reason } = review.resolution;
  return [opened, { at, where: 'review', what: `${decision} by ${by}: ${reason}` }];
};

/** What the shop answered comes after what it was told, also within one millisecond. */
const isAnswer = ({ what }: Moment): boolean => / the shop: /.test(what);

/** Everything in the order in which it happened. */
const moments = (report: ReviewReport): readonly Moment[] => {
  const { attempts, instructions, claim, refunds } = report;
  const told = instructions.map(({ createdAt, kind, note, expected }) => ({
    at: createdAt,
    where: 'to the shop',
    what: `${kind}${expected === null ? '' : ` at ${formatMoney(expected)}`}: ${note}`,
  }));
  const sentBack = refunds.map(({ createdAt, invoice, orderAmount, state }) => ({
    at: createdAt,
    where: placeOf(report, invoice),
    what: `refund of ${formatMoney(orderAmount)}: ${state}`,
  }));
  const claimed =
    claim === null
      ? []
      : [{ at: claim.at, where: placeOf(report, claim.invoice), what: 'claimed the order' }];
  return [
    ...attempts.flatMap(attemptMoments),
    ...claimed,
    ...reviewMoments(report),
    ...told,
    ...sentBack,
  ].sort((a, b) => (a.at === b.at ? Number(isAnswer(a)) - Number(isAnswer(b)) : a.at < b.at ? -1 : 1));
};

/** What a gateway repeats at every read is one line, with how often and until when. */
const momentLines = (report: ReviewReport): readonly string[] => {
  const same = new Map<string, { first: string; last: string; times: number }>();
  for (const { at, where, what } of moments(report)) {
    const text = `${where.padEnd(11)}  ${what}`;
    const before = same.get(text);
    same.set(text, { first: before?.first ?? at, last: at, times: (before?.times ?? 0) + 1 });
  }
  return [...same].map(([text, { first, last, times }]) => {
    const repeated = times === 1 ? '' : ` (${times} times, last ${shortTime(last)})`;
    return `${shortTime(first)}  ${text}${repeated}`;
  });
};

const confirmationText = ({ confirmations }: Attempt): string =>
  confirmations === null ? '' : `, ${confirmations.received} of ${confirmations.required} confirmations`;

const attemptLines = (attempt: Attempt): readonly string[] => {
  const marks = [attempt.status, ...attempt.exceptions, ...(attempt.superseded ? ['superseded'] : [])];
  const payment =
    attempt.gatewayPaymentId === null ? 'no payment known' : `payment ${attempt.gatewayPaymentId}`;
  return [
    `${place(attempt)}: ${attempt.gateway}, ${payment}, our reference ${attempt.reference}`,
    `  ${marks.join(', ')}; asked ${moneyOr(attempt.asked, formatMoney(attempt.order))}, received ${moneyOr(attempt.received, 'no amount reported')}${confirmationText(attempt)}`,
  ];
};

const claimLine = (report: ReviewReport): string => {
  const { claim } = report;
  if (claim === null) return 'The order has not been claimed as paid by any payment.';
  const by = placeOf(report, claim.invoice);
  switch (claim.state) {
    case 'acknowledged':
      return `The order is paid by ${by}; the shop has confirmed it.`;
    case 'held':
      return `The order is claimed by ${by}; the shop has not confirmed it.`;
    case 'released':
      return `The claim of ${by} was released: the shop booked nothing.`;
    default: {
      const never: never = claim.state;
      return never;
    }
  }
};

const openEnds = ({ instructions }: ReviewReport): readonly string[] =>
  instructions.flatMap(({ kind, state, createdAt, answer }) => {
    switch (state) {
      case 'pending':
        return [`The shop has not answered yet: ${kind}, since ${shortTime(createdAt)}.`];
      case 'refused':
        return [`The shop refused to ${kind}: ${answer ?? 'no reason given'}.`];
      case 'done':
        return [];
      default: {
        const never: never = state;
        return never;
      }
    }
  });

type Choice = readonly [option: string, meaning: string];

const choices = ({ review, attempts, claim }: ReviewReport): readonly Choice[] => {
  const attempt = attempts.find(({ invoice }) => invoice === review.invoice);
  const canAccept = attempt !== undefined && (claim === null || claim.state === 'released');
  const accept: Choice = [
    `--accept ${attempt?.order.amount}`,
    'the order counts as paid; the shop books it when its total is exactly this',
  ];
  return [
    ...(canAccept ? [accept] : []),
    ['--refund-noted AMOUNT', 'you have sent this much back by hand'],
    ['--ignore', 'nothing is owed'],
  ];
};

const decisionLines = (report: ReviewReport): readonly string[] => {
  const { review } = report;
  if (review.resolution !== null) return [];
  const offered = choices(report);
  return [
    '',
    'Decide by one of these; none of them sends anything to the gateway:',
    ...offered.map(([option, meaning]) => `  ${option.padEnd(21)}  ${meaning}`),
    'like this:',
    `  gatewright review resolve ${review.id} --store ${review.store} --by NAME --reason "WHY" ${offered[0]?.[0]}`,
  ];
};

/** An explanation as a person reads it, one entry a line. Not yet fit for a terminal: `printable` makes it so. */
export const explanationLines = (report: ReviewReport): readonly string[] => {
  const { review, attempts } = report;
  return [
    `review ${review.id}: ${review.kind}, ${review.resolution === null ? 'open' : 'resolved'}`,
    `store ${review.store}, ${review.order === null ? 'no order' : `order ${review.order}`}`,
    review.detail,
    '',
    ...attempts.flatMap(attemptLines),
    ...(attempts.length > 0 ? [claimLine(report), ...openEnds(report), ''] : []),
    'times are UTC',
    ...momentLines(report),
    ...decisionLines(report),
  ];
};
