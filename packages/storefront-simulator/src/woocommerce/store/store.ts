import type { Clock } from '@gatewright/payment-core';
import type { Random } from '../../random.ts';
import { defaultProducts, type Product } from '../catalogue/products.ts';
import type { Order } from '../orders/order.ts';
import type { OrderNote } from '../orders/order-notes.ts';
import type { OrderStatus } from '../orders/order-status.ts';
import type { Refund } from '../orders/refund.ts';
import type { CartSession } from '../store-api/cart-session.ts';
import type { PaymentGateway } from '../storefront/payment-gateway.ts';
import type { QueuedDelivery, Webhook } from '../webhooks/webhook.ts';
import { type AwaitPoints, createAwaitPoints } from './await-points.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { wholeSecond } from './instant.ts';
import { createLog, type Log } from './log.ts';
import type { StoreSettings } from './settings.ts';

/** Auto-increment columns. Orders and refunds share one, so a refund that is removed leaves a gap. */
export type Sequence = 'post' | 'note' | 'orderMeta' | 'item' | 'itemMeta' | 'webhook' | 'apiKey';

/** What a plugin may hook on; called after the status is saved. */
export type StatusListener = (order: Order, from: OrderStatus, to: OrderStatus) => Promise<void>;

/** May the plugin's filter `woocommerce_cancel_unpaid_order` let this order be cancelled? */
export type CancelUnpaidFilter = (order: Order) => Promise<boolean>;

/** The shop's database, options and plug points. One per double, shared by everything that serves requests. */
export interface Store {
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: StoreSettings;
  readonly orders: Map<number, Order>;
  readonly refunds: Map<number, Refund>;
  readonly notes: OrderNote[];
  readonly products: Map<number, Product>;
  readonly webhooks: Map<number, Webhook>;
  readonly deliveryQueue: QueuedDelivery[];
  readonly gateways: Map<string, PaymentGateway>;
  /** Visitors of the Blocks checkout, by Cart-Token. */
  readonly carts: Map<string, CartSession>;
  /** The order that a visitor of the classic checkout tried to pay last; the next try takes it up again. */
  readonly awaitingPayment: Map<string, number>;
  readonly statusListeners: StatusListener[];
  readonly cancelUnpaidFilters: CancelUnpaidFilter[];
  readonly awaitPoints: AwaitPoints;
  readonly happenings: Happenings;
  readonly log: Log;
  nextId(sequence: Sequence): number;
  /** The id that comes next, without taking it. */
  peekId(sequence: Sequence): number;
  restartId(sequence: Sequence, id: number): void;
  /** The clock in whole seconds, as the database keeps it. */
  now(): number;
}

export const createStore = (clock: Clock, random: Random, settings: StoreSettings): Store => {
  const next: Record<Sequence, number> = {
    post: 14,
    note: 2,
    orderMeta: 1,
    item: 1,
    itemMeta: 1,
    webhook: 1,
    apiKey: 2,
  };
  return {
    clock,
    random,
    settings,
    orders: new Map(),
    refunds: new Map(),
    notes: [],
    products: new Map(defaultProducts().map((product) => [product.id, product])),
    webhooks: new Map(),
    deliveryQueue: [],
    gateways: new Map(),
    carts: new Map(),
    awaitingPayment: new Map(),
    statusListeners: [],
    cancelUnpaidFilters: [],
    awaitPoints: createAwaitPoints(),
    happenings: createHappenings(),
    log: createLog(() => clock.now()),
    nextId: (sequence) => {
      const id = next[sequence];
      next[sequence] += 1;
      return id;
    },
    peekId: (sequence) => next[sequence],
    restartId: (sequence, id) => {
      next[sequence] = id;
    },
    now: () => wholeSecond(clock.now()),
  };
};
