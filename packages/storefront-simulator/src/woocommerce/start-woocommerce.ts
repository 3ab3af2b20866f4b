import { randomInt } from 'node:crypto';
import { seededRandom } from '../random.ts';
import { type ConnectingOwner, connectingOwner } from './connect/owner.ts';
import { serveConnect } from './connect/pages.ts';
import { createDisturbances, type Disturbance, type Disturbances, type Disturbed } from './disturbance.ts';
import type { WooCommerceOptions } from './options.ts';
import { cancelUnpaidOrders } from './orders/hold-stock.ts';
import type { Order } from './orders/order.ts';
import { notesOf, type OrderNote } from './orders/order-notes.ts';
import { createMerchant, type Merchant } from './people/merchant.ts';
import { createShopper, type Shopper } from './people/shopper.ts';
import type { BridgeClient } from './plugin/bridge-client.ts';
import type { BridgeResult } from './plugin/bridge-transport.ts';
import { guardCancelling } from './plugin/cancel-guard.ts';
import { gatewrightGateway } from './plugin/gateway.ts';
import { type PairingAnswer, parsePairingCode, requestPairing } from './plugin/pairing.ts';
import { type BridgeConnection, type Claim, createPlugin, type Plugin } from './plugin/plugin.ts';
import { pluginRoutes } from './plugin/plugin-routes.ts';
import { type ApiKey, type KeyPermissions, newApiKey } from './rest/api-key.ts';
import type { RestAuth } from './rest/authenticate.ts';
import type { HttpCall } from './rest/call.ts';
import { dispatch } from './rest/dispatch.ts';
import { wooRoutes } from './rest/routes.ts';
import { type ListeningServer, listen, type ServedAnswer } from './server.ts';
import { backUp } from './store/backup.ts';
import type { EventCounters } from './store/happenings.ts';
import type { LogEntry } from './store/log.ts';
import { RECORDED, versionsOf } from './store/settings.ts';
import { createStore, type Store } from './store/store.ts';
import { servePage } from './storefront/pages.ts';
import { bankTransfer } from './storefront/payment-gateway.ts';
import { type Delivery, runDeliveries } from './webhooks/deliver.ts';

export interface RestKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

export type PairingResult =
  | { readonly ok: true; readonly keyId: string }
  | { readonly ok: false; readonly reason: 'not-a-pairing-code' }
  | {
      readonly ok: false;
      readonly reason: 'refused';
      readonly step: 'pairing' | 'hello';
      readonly result: BridgeResult<unknown>;
    };

/** A running WooCommerce shop with the Gatewright plugin. */
export interface WooCommerceDouble {
  /** Home URL, on loopback, without a trailing slash. */
  readonly url: string;
  /** A REST key with read and write permissions. */
  readonly restKeys: RestKeys;
  createKey(permissions: KeyPermissions): RestKeys;
  connectBridge(connection: BridgeConnection): void;
  /** Pastes the owner's pairing string: asks for a key, connects, proves it with a signed hello. */
  pairBridge(code: string): Promise<PairingResult>;
  /** The plugin's own client; undefined before it is connected. */
  bridge(): BridgeClient | undefined;
  readonly shopper: Shopper;
  readonly merchant: Merchant & ConnectingOwner;
  /** One WP-Cron run: delivers the webhooks that wait. */
  runCron(): Promise<readonly Delivery[]>;
  /** The hold-stock job; returns the ids of the orders it cancelled. */
  holdStock(): Promise<readonly number[]>;
  /** An order as it is now; undefined when it is gone. */
  orders(id: number): Order | undefined;
  notes(orderId: number): readonly OrderNote[];
  /** Copies the orders and the plugin's tables, as a host does at night. @returns restores them */
  backUp(): () => void;
  /** The plugin's claim row of an order. */
  claim(orderId: number): Claim | undefined;
  stock(productId: number): number | null | undefined;
  readonly events: EventCounters;
  readonly log: readonly LogEntry[];
  /** The next `writers` REST writes to this order all read it before one of them writes (woocommerce.md 3.1). */
  gatherWriters(orderId: number, writers: number): void;
  /** Puts something between the shop's REST API and its callers, until it is `calm` again. */
  disturb(kind: Disturbance, disturbed?: Disturbed): void;
  calm(): void;
  close(): Promise<void>;
}

const restKeys = ({ consumerKey, consumerSecret }: ApiKey): RestKeys => ({ consumerKey, consumerSecret });

const pair = async (store: Store, plugin: Plugin, text: string): Promise<PairingResult> => {
  const code = parsePairingCode(text);
  if (!code.ok) return code;
  const answer: BridgeResult<PairingAnswer> = await requestPairing(store, code.bridgeUrl, code.code);
  if (!answer.ok) return { ok: false, reason: 'refused', step: 'pairing', result: answer };
  const { key_id: keyId, secret } = answer.answer;
  plugin.connect({ url: code.bridgeUrl, keyId, secret });
  const hello = await plugin.client()?.hello();
  if (hello?.ok === true) return { ok: true, keyId };
  return {
    ok: false,
    reason: 'refused',
    step: 'hello',
    result: hello ?? { ok: false, reason: 'unreachable' },
  };
};

interface Shop {
  readonly store: Store;
  readonly plugin: Plugin;
  readonly auth: RestAuth;
  readonly disturbances: Disturbances;
}

const newKey = ({ store, auth }: Shop, permissions: KeyPermissions): RestKeys => {
  const key = newApiKey(store.random, permissions);
  auth.keys.set(key.consumerKey, key);
  return restKeys(key);
};

const doubleOf = (shop: Shop, server: ListeningServer): WooCommerceDouble => {
  const { store, plugin, disturbances } = shop;
  const copy = (id: number): Order | undefined => structuredClone(store.orders.get(id));
  return {
    url: server.url,
    restKeys: newKey(shop, 'read_write'),
    createKey: (permissions) => newKey(shop, permissions),
    connectBridge: (connection) => plugin.connect(connection),
    pairBridge: (code) => pair(store, plugin, code),
    bridge: () => plugin.client(),
    shopper: createShopper(store, plugin),
    merchant: { ...createMerchant(store), ...connectingOwner(store, shop.auth) },
    runCron: () => runDeliveries(store),
    holdStock: () => cancelUnpaidOrders(store),
    orders: copy,
    notes: (orderId) => notesOf(store, orderId),
    backUp: () => backUp(store, plugin),
    claim: (orderId) => plugin.claims.get(orderId),
    stock: (productId) => store.products.get(productId)?.stock,
    events: store.happenings.counters,
    log: store.log.entries,
    gatherWriters: (orderId, writers) => store.awaitPoints.gather(orderId, writers),
    disturb: disturbances.disturb,
    calm: disturbances.calm,
    close: () => server.close(),
  };
};

const assemble = (options: WooCommerceOptions, homeUrl: string): Shop => {
  const random = seededRandom(options.seed ?? randomInt(2 ** 32));
  const minutes = options.holdStockMinutes ?? 60;
  const store = createStore(options.clock, random, {
    homeUrl,
    versions: versionsOf(options.version ?? RECORDED),
    permalinks: options.permalinks ?? 'pretty',
    hasPlugin: options.plugin ?? true,
    currency: options.currency ?? 'USD',
    decimals: 2,
    holdStockMinutes: minutes === 0 ? '' : String(minutes),
    deliveryTargets: options.deliveryTargets ?? 'any',
  });
  const plugin = createPlugin(store);
  const gateways = [...(store.settings.hasPlugin ? [gatewrightGateway(store, plugin)] : []), bankTransfer()];
  for (const gateway of [...gateways, ...(options.gateways ?? [])]) store.gateways.set(gateway.id, gateway);
  if (store.settings.hasPlugin) guardCancelling(store, plugin);
  if (options.bridge !== undefined) plugin.connect(options.bridge);
  return {
    store,
    plugin,
    disturbances: createDisturbances(),
    auth: { keys: new Map(), oauthClock: options.oauthClock ?? { now: () => Date.now() } },
  };
};

const serve = ({ store, plugin, auth }: Shop, call: HttpCall): Promise<ServedAnswer> => {
  const { settings } = store;
  const routes = settings.hasPlugin ? [...wooRoutes, ...pluginRoutes(plugin)] : wooRoutes;
  if (settings.permalinks === 'pretty' && call.path.startsWith('/wp-json/'))
    return dispatch(store, auth, routes, call);
  const route = call.path === '/' ? new URLSearchParams(call.search).get('rest_route') : null;
  return route === null
    ? (serveConnect(store, auth, call) ?? servePage(store, plugin, call))
    : dispatch(store, undefined, routes, { ...call, path: `/wp-json${route}` });
};

/**
 * Starts a WooCommerce shop with the Gatewright plugin as a local HTTP server: REST API v3 with its quirks,
 * webhooks, the plugin's side of the bridge wire, and people who use it (contracts woocommerce.md, bridge-api.md).
 */
export const startWooCommerce = async (options: WooCommerceOptions): Promise<WooCommerceDouble> => {
  let shop: Shop | undefined;
  const server = await listen(options.port ?? 0, options.clock, async (call) => {
    if (shop === undefined) return { status: 503, headers: {}, body: '' };
    const running = shop;
    return running.disturbances.around(call, () => serve(running, call));
  });
  shop = assemble(options, options.homeUrl ?? server.url);
  return doubleOf(shop, server);
};
