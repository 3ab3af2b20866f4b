import { decideReview, parseExactJson, reviewSummary } from '@gatewright/payment-core';
import * as z from 'zod';
import { decisionProblem, unreadable } from './operator-problem.ts';
import {
  type OperatorAnswer,
  type OperatorRoute,
  type OperatorRoutePorts,
  refuse,
} from './operator-route.ts';

/** Who decides is not in it: a `by` is ignored, as any unknown field (invariant 14). */
const resolutionBody = z.object({
  decision: z.enum(['accept', 'refund-noted', 'ignore']),
  /** A decimal string; a JSON number is refused (invariant 7). */
  amount: z.string().max(200).optional(),
  /** The order's own where it is left out. */
  currency: z.string().max(20).optional(),
  reason: z.string().max(1_000).default(''),
});

type Read =
  | { readonly ok: true; readonly value: z.infer<typeof resolutionBody> }
  | Extract<OperatorAnswer, { ok: false }>;

const readBody = (body: Uint8Array): Read => {
  const json = parseExactJson(body);
  if (!json.ok) return refuse(unreadable([]));
  const parsed = resolutionBody.safeParse(json.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).filter((path) => path !== '');
  return refuse(unreadable([...new Set(fields)]));
};

/** `POST /v1/stores/:store/reviews/:id/resolution`: ends an item in the name of the credential that asks. */
export const resolution =
  ({ ports, kick }: OperatorRoutePorts): OperatorRoute =>
  async ({ operator, params, body }) => {
    const read = readBody(body);
    if (!read.ok) return read;
    const { decision, amount, currency, reason } = read.value;
    const { store, name } = operator;
    const review = params.id ?? '';
    const words = { kind: decision, amount, currency };
    const decided = await decideReview(ports, { store, review, by: name, reason, decision: words });
    if (!decided.ok) return refuse(decisionProblem(decided.reason));
    kick();
    const row = await ports.ledger.transact((tx) => tx.reviews.byId(store, review));
    return row
      ? { ok: true, body: { review: reviewSummary(row) } }
      : refuse(decisionProblem('review-unknown'));
  };
