import type { OrderStatus } from '../orders/order-status.ts';
import type { Store } from '../store/store.ts';
import { type BridgeClient, type BridgeTimeouts, createBridgeClient } from './bridge-client.ts';
import { createNamedLock, type NamedLock } from './named-lock.ts';
import type { UsedNonces, WireKey } from './wire-signature.ts';

/** The payment method's id; orders with another one are none of the plugin's business. */
export const GATEWAY_ID = 'gatewright';

/** The claim row: who settled this order (bridge-api.md, settle). */
export interface Claim {
  readonly claim: string;
  readonly invoice: string;
  /** In full; the order's own column holds 100 characters. */
  readonly transactionId: string;
  readonly at: number;
}

/** What the plugin remembers of an order: the status that it last saw or set itself. */
export interface OrderPayment {
  /** Empty until the shopper has chosen. */
  readonly invoice: string;
  readonly ownStatus: OrderStatus;
}

export interface BridgeConnection {
  /** Base URL of the bridge. */
  readonly url: string;
  readonly keyId: string;
  readonly secret: string;
  /** The key before the last rotation, while the bridge may still use it. */
  readonly previous?: WireKey;
  /** Real milliseconds; shorter ones keep tests with a silent bridge fast. */
  readonly timeouts?: Partial<BridgeTimeouts>;
}

/** The installed plugin: its options, its tables, its client. */
export interface Plugin {
  readonly claims: Map<number, Claim>;
  /** Ids of the commands that have been carried out. */
  readonly instructions: Set<string>;
  readonly payments: Map<number, OrderPayment>;
  readonly nonces: UsedNonces;
  /** Runs `work` under the order's lock. */
  locked<Result>(orderId: number, work: () => Promise<Result>): Promise<Result>;
  /** Keys that the bridge may sign with; none before it is connected. */
  keys(): readonly WireKey[];
  client(): BridgeClient | undefined;
  connect(connection: BridgeConnection): void;
}

const lockName = (orderId: number): string => `wordpress.wp_.gatewright.order.${orderId}`;

export const createPlugin = (store: Store): Plugin => {
  let keys: readonly WireKey[] = [];
  let client: BridgeClient | undefined;
  const lock: NamedLock = createNamedLock();
  return {
    claims: new Map(),
    instructions: new Set(),
    payments: new Map(),
    nonces: new Map(),
    locked: (orderId, work) => lock(lockName(orderId), work),
    keys: () => keys,
    client: () => client,
    connect: ({ url, keyId, secret, previous, timeouts }) => {
      const key = { id: keyId, secret };
      keys = previous === undefined ? [key] : [key, previous];
      client = createBridgeClient(store, url, key, timeouts ?? {});
    },
  };
};

export const isOurs = (order: { readonly paymentMethod: string }): boolean =>
  order.paymentMethod === GATEWAY_ID;
