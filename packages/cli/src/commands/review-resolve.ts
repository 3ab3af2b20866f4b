import {
  type DecideRefusal,
  decideRefusalText,
  decideReview,
  formatMoney,
  type ReviewDecision,
  storeIdSchema,
  type WordedDecision,
} from '@gatewright/payment-core';
import { Option } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';

export interface ResolveOptions extends LedgerOptions {
  readonly store: string;
  readonly accept?: string;
  readonly refundNoted?: string;
  readonly ignore?: boolean;
  readonly currency?: string;
  readonly reason: string;
  readonly by: string;
}

export const decisionOptions = (): readonly Option[] => [
  new Option(
    '--accept <amount>',
    'the order counts as paid; it has to be worth exactly this when the shop is told',
  ),
  new Option('--refund-noted <amount>', 'you have sent this much back by hand; nothing is sent'),
  new Option('--ignore', 'nothing is owed'),
  new Option('--currency <code>', "of the amount; default: the order's, needed where there is no order"),
];

const unchanged = 'Nothing was decided.';

/** Exactly one, or it is not clear what is meant. */
const worded = ({ accept, refundNoted, ignore, currency }: ResolveOptions): WordedDecision | undefined => {
  const given: WordedDecision[] = [
    ...(accept === undefined ? [] : [{ kind: 'accept', amount: accept, currency } as const]),
    ...(refundNoted === undefined ? [] : [{ kind: 'refund-noted', amount: refundNoted, currency } as const]),
    ...(ignore === true ? [{ kind: 'ignore', currency } as const] : []),
  ];
  return given.length === 1 ? given[0] : undefined;
};

const inWords = (decision: ReviewDecision): string => {
  switch (decision.kind) {
    case 'accept':
      return `accepted, the order is to be paid at ${formatMoney(decision.amount)}`;
    case 'refund-noted':
      return `a refund of ${formatMoney(decision.amount)} by hand is noted`;
    case 'ignore':
      return 'ignored, nothing is owed';
    default: {
      const never: never = decision;
      return never;
    }
  }
};

const whatFollows = ({ kind }: ReviewDecision): string =>
  kind === 'accept'
    ? 'It stands in the ledger. The running bridge tells the shop in a few seconds; one that does not run, when it is started.'
    : 'It stands in the ledger. Nothing was sent, neither to the gateway nor to the shop.';

/** What the person typed is wrong, or what they want cannot be. */
const exitCode = (reason: DecideRefusal): 1 | 2 => {
  switch (reason) {
    case 'reason-missing':
    case 'operator-malformed':
    case 'amount-missing':
    case 'amount-unwanted':
    case 'amount-malformed':
    case 'amount-zero':
    case 'amount-scale':
    case 'currency-malformed':
    case 'currency-missing':
      return 2;
    case 'currency-differs':
    case 'review-unknown':
    case 'already-resolved':
    case 'nothing-to-accept':
    case 'order-paid-otherwise':
    case 'refund-unresolved':
      return 1;
    default: {
      const never: never = reason;
      return never;
    }
  }
};

const refusal = (reason: DecideRefusal): Outcome => {
  const { cause, remedy } = decideRefusalText(reason);
  return fail(cause, unchanged, remedy, exitCode(reason));
};

/** Writes the decision and what follows from it; the storefront is the bridge's to tell. */
export const resolveItem = async (host: Host, id: string, options: ResolveOptions): Promise<Outcome> => {
  const decision = worded(options);
  if (decision === undefined) {
    return fail(
      'Exactly one decision is needed.',
      unchanged,
      'Give one of --accept AMOUNT, --refund-noted AMOUNT and --ignore.',
      2,
    );
  }
  return withVault(host, options, async ({ opened }) => {
    const store = storeIdSchema.safeParse(options.store);
    if (!store.success) return refusal('review-unknown');
    const ports = { ledger: opened.ledger, clock: host.clock, random: host.random };
    const { by, reason } = options;
    const decided = await decideReview(ports, { store: store.data, review: id, by, reason, decision });
    if (!decided.ok) return refusal(decided.reason);
    say(host, `${id}: ${inWords(decided.decision)}`);
    remark(host, whatFollows(decided.decision));
    return done;
  });
};
