import { explainReview, reviewReport, reviewSummary } from '@gatewright/payment-core';
import * as z from 'zod';
import { decisionProblem, unreadable } from './operator-problem.ts';
import { type OperatorRoute, type OperatorRoutePorts, refuse } from './operator-route.ts';

const pageSchema = z.object({
  state: z.enum(['open', 'resolved', 'all']).default('open'),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(200))
    .default(100),
  /** The item that `next` named. */
  cursor: z.string().min(1).max(64).nullable().default(null),
});

type Page =
  | { readonly ok: true; readonly page: z.output<typeof pageSchema> }
  | { readonly ok: false; readonly fields: readonly string[] };

const pageOf = (target: string): Page => {
  const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');
  // What stands there twice is no text, and so refused.
  const given = Object.keys(pageSchema.shape).map((name) => {
    const [first, ...more] = query.getAll(name);
    return [name, more.length === 0 ? first : more];
  });
  const parsed = pageSchema.safeParse(Object.fromEntries(given));
  return parsed.success
    ? { ok: true, page: parsed.data }
    : { ok: false, fields: parsed.error.issues.map(({ path }) => path.join('.')) };
};

/**
 * `GET /v1/stores/:store/reviews?state=open|resolved|all&limit=100&cursor=…`: oldest first, open ones where nothing is
 * said. `next` is the cursor of the page that follows, null on the last one.
 */
export const listReviews =
  ({ ports }: OperatorRoutePorts): OperatorRoute =>
  async ({ operator, target }) => {
    const read = pageOf(target);
    if (!read.ok) return refuse(unreadable(read.fields));
    const { state, limit, cursor } = read.page;
    const rows = await ports.ledger.transact(async (tx) =>
      cursor !== null && (await tx.reviews.byId(operator.store, cursor)) === undefined
        ? undefined
        : tx.reviews.page(operator.store, { state, limit: limit + 1, after: cursor }),
    );
    if (rows === undefined) return refuse(unreadable(['cursor']));
    const items = rows.slice(0, limit);
    const next = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { ok: true, body: { items: items.map(reviewSummary), next } };
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
