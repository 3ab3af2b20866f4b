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
    const { limit, after = null } = asked.value;
    const open = await api.ports.ledger.transact((tx) => tx.reviews.newestOpen(store.id, limit, after));
    return answer({
      items: await Promise.all(open.rows.map((review) => itemOf(api, store, review))),
      total: open.total,
      more: open.left,
      findings: await api.findings(store.id),
    });
  };
