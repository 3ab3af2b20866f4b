import { answer } from './call.ts';
import { unixSeconds } from './fields.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

/** `GET /v1/attention`: what a person of this store has to look at, and what is wrong with its connection. */
export const attention =
  ({ ports, findings }: PluginApi): PluginRoute =>
  async ({ store }) => {
    const reviews = await ports.ledger.transact((tx) => tx.reviews.list(store.id, { open: true }));
    return answer({
      items: reviews.map((review) => ({
        id: review.id,
        kind: review.kind,
        order: review.orderKey,
        invoice: review.invoice,
        detail: review.detail,
        opened_at: unixSeconds(review.openedAt),
      })),
      findings: await findings(store.id),
    });
  };
