import type { Json } from '../store/php-json.ts';
import { hasOrderTables } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

const LAST_ERRORS = 20;

/** GET /status: what the bridge's set-up check reads (bridge-api.md). The clock is in Unix seconds. */
export const pluginStatus = (store: Store): Json => ({
  versions: { ...store.settings.versions },
  store_url: store.settings.homeUrl,
  hpos: hasOrderTables(store.settings.versions),
  blocks: true,
  permalinks: 'pretty',
  currency: store.settings.currency,
  decimals: store.settings.decimals,
  hold_stock_minutes: store.settings.holdStockMinutes === '' ? null : Number(store.settings.holdStockMinutes),
  clock: Math.floor(store.clock.now() / 1000),
  webhooks: [...store.webhooks.values()].map(({ id, topic, status, deliveryUrl, failureCount }) => ({
    id,
    topic,
    status,
    delivery_url: deliveryUrl,
    failures: failureCount,
  })),
  last_errors: store.log.entries.slice(-LAST_ERRORS).map(({ at, source, reason, detail = '' }) => ({
    at: Math.floor(at / 1000),
    source,
    reason,
    detail,
  })),
});
