import type { ReviewRow } from '@gatewright/payment-core';
import * as z from 'zod';
import { shopOrderId } from '../woocommerce/order-identities.ts';
import { answer, parseQuery } from './call.ts';
import { shortText, unixSeconds } from './fields.ts';
import type { CallingStore, PluginApi, PluginRoute } from './plugin-route.ts';

const query = z.object({
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(100))
    .default(50),
  /** The last item of the page before. */
  after: shortText(64).optional(),
});

/** @param after an item that was decided meanwhile begins the list again */
const pageOf = (reviews: readonly ReviewRow[], limit: number, after: string | undefined) => {
  const newestFirst = reviews.toSorted((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1));
  const from = newestFirst.findIndex(({ id }) => id === after) + 1;
  return { page: newestFirst.slice(from, from + limit), more: Math.max(0, reviews.length - from - limit) };
};

const itemOf = async ({ identities }: PluginApi, store: CallingStore, review: ReviewRow) => {
  const { id, kind, orderKey, invoice, detail, openedAt } = review;
  return {
    id,
    kind,
    order: orderKey === null ? null : shopOrderId(orderKey),
    /** A newer order has that number now. */
    lost: orderKey !== null && (await identities.of(store.id, orderKey)).replaced,
    invoice,
    detail,
    opened_at: unixSeconds(openedAt),
  };
};

/**
 * `GET /v1/attention?limit&after`: what a person of this store has to look at, newest first, and what is wrong with its
 * connection.
 */
export const attention =
  (api: PluginApi): PluginRoute =>
  async ({ store, target }) => {
    const asked = parseQuery(query, target);
    if (!asked.ok) return asked;
    const reviews = await api.ports.ledger.transact((tx) => tx.reviews.list(store.id, { open: true }));
    const { page, more } = pageOf(reviews, asked.value.limit, asked.value.after);
    return answer({
      items: await Promise.all(page.map((review) => itemOf(api, store, review))),
      total: reviews.length,
      more,
      findings: await api.findings(store.id),
    });
  };
