import type { LedgerTransaction, ReviewRow, StoreId } from '@gatewright/payment-core';
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

/** `more`: those older than the last of `rows`. */
const newestOf = async (tx: LedgerTransaction, store: StoreId, limit: number, after: string | null) => {
  const rows = await tx.reviews.page(store, { state: 'open', limit, after, newestFirst: true });
  const last = rows.at(-1);
  return {
    rows,
    total: await tx.reviews.count(store, 'open'),
    more: last === undefined ? 0 : await tx.reviews.count(store, 'open', last.id),
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
    const { rows, total, more } = await api.ports.ledger.transact((tx) =>
      newestOf(tx, store.id, limit, after),
    );
    return answer({
      items: await Promise.all(rows.map((review) => itemOf(api, store, review))),
      total,
      more,
      findings: await api.findings(store.id),
    });
  };
