import { shopOrderId } from '../woocommerce/order-identities.ts';
import { answer } from './call.ts';
import { unixSeconds } from './fields.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

/** `GET /v1/attention`: what a person of this store has to look at, and what is wrong with its connection. */
export const attention =
  ({ ports, identities, findings }: PluginApi): PluginRoute =>
  async ({ store }) => {
    const reviews = await ports.ledger.transact((tx) => tx.reviews.list(store.id, { open: true }));
    const items = [];
    for (const { id, kind, orderKey, invoice, detail, openedAt } of reviews) {
      const order = orderKey === null ? null : shopOrderId(orderKey);
      const lost = orderKey !== null && (await identities.of(store.id, orderKey)).replaced;
      items.push({ id, kind, order, lost, invoice, detail, opened_at: unixSeconds(openedAt) });
    }
    return answer({
      items,
      findings: await findings(store.id),
    });
  };
