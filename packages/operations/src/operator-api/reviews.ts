import { explainReview, type ReviewRow, reviewReport, reviewSummary } from '@gatewright/payment-core';
import * as z from 'zod';
import { decisionProblem, unreadable } from './operator-problem.ts';
import { type OperatorRoute, type OperatorRoutePorts, refuse } from './operator-route.ts';

const stateSchema = z.enum(['open', 'resolved', 'all']);

const stateOf = (target: string): z.infer<typeof stateSchema> | undefined => {
  const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');
  const [state = 'open', ...more] = query.getAll('state');
  return more.length === 0 ? stateSchema.safeParse(state).data : undefined;
};

/** `GET /v1/stores/:store/reviews?state=open|resolved|all`: oldest first, open ones where nothing is said. */
export const listReviews =
  ({ ports }: OperatorRoutePorts): OperatorRoute =>
  async ({ operator, target }) => {
    const state = stateOf(target);
    if (state === undefined) return refuse(unreadable(['state']));
    const rows = await ports.ledger.transact(async (tx) => {
      const found: ReviewRow[] = [];
      if (state !== 'resolved') found.push(...(await tx.reviews.list(operator.store, { open: true })));
      if (state !== 'open') found.push(...(await tx.reviews.list(operator.store, { open: false })));
      return found.sort((a, b) => a.openedAt - b.openedAt);
    });
    return { ok: true, body: { items: rows.map(reviewSummary) } };
  };

/** `GET /v1/stores/:store/reviews/:id`: what led to an item, the same JSON as `gatewright review explain --json`. */
export const showReview =
  ({ ports }: OperatorRoutePorts): OperatorRoute =>
  async ({ operator, params }) => {
    const explanation = await explainReview(ports, operator.store, params.id ?? '');
    return explanation
      ? { ok: true, body: reviewReport(explanation) }
      : refuse(decisionProblem('review-unknown'));
  };
