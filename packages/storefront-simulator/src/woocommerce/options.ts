import type { Clock } from '@gatewright/payment-core';
import type { BridgeConnection } from './plugin/plugin.ts';
import type { WooCommerceVersion } from './store/settings.ts';
import type { PaymentGateway } from './storefront/payment-gateway.ts';

/** How the shop is set up; everything but the clock has a default. */
export interface WooCommerceOptions {
  /** The shop's time: orders, hold-stock, webhooks and the bridge's signature. */
  readonly clock: Clock;
  /** The clock that OAuth timestamps are held against; the npm client signs with real time, which is the default. */
  readonly oauthClock?: Clock;
  /** Keys, ids and nonces; random when absent. */
  readonly seed?: number;
  /** An order currency of WooCommerce; default USD. */
  readonly currency?: string;
  /** Default 60; 0 switches the automatic cancellation off. */
  readonly holdStockMinutes?: number;
  /** Default 0: any free port. */
  readonly port?: number;
  /**
   * Where others reach it when something stands before it; default: its own address. With https the shop takes
   * requests as sent over TLS, which whatever stands before it has ended.
   */
  readonly homeUrl?: string;
  /** One of the measured ones, with its WordPress and its ways; default 11.0.1, which was recorded. */
  readonly version?: WooCommerceVersion;
  /** Default `pretty`; with `plain` ones there is no `/wp-json/`. */
  readonly permalinks?: 'pretty' | 'plain';
  /** False: a hosted shop without the Gatewright plugin; default true. */
  readonly plugin?: boolean;
  /** Connects the plugin from the start; the same as `connectBridge`. */
  readonly bridge?: BridgeConnection;
  /** More payment methods beside `gatewright` and `bacs`. */
  readonly gateways?: readonly PaymentGateway[];
  /** `public-only` refuses local webhook receivers, as a real shop does; default `any`. */
  readonly deliveryTargets?: 'any' | 'public-only';
}
