import {
  type Clock,
  hours,
  isZero,
  type JobResult,
  type OrderKey,
  openPage,
  type PageRow,
  type Ports,
  type StoreId,
  seconds,
} from '@gatewright/payment-core';
import type { OpenedShop, ShopClient, ShopUnavailable } from '../storefront/shop-client.ts';
import { type RestOnly, readStoreSettings } from '../storefront/store-settings.ts';
import { type OrderIdentities, shopOrderId } from '../woocommerce/order-identities.ts';
import { endPage, unstartedPage } from '../woocommerce/unstarted-page.ts';
import type { OrderTurns } from './order-turns.ts';
import { givePayLink } from './pay-link.ts';
import { type WaitingOrder, waitForAccount } from './payable.ts';
import { isUnpaid, metaKeys, type RestOrder, sameMoney } from './rest-order.ts';
import type { OrderResult, RestOrders } from './rest-orders.ts';
import { thankYouUrl } from './shop-page.ts';

export interface OfferParts {
  readonly ports: Ports;
  readonly shops: ShopClient;
  readonly orders: RestOrders;
  readonly turns: OrderTurns;
  readonly identities: OrderIdentities;
  readonly clock: Clock;
  /** Address of a page as shoppers reach it. */
  readonly pageUrl: (page: PageRow) => string;
}

const done: JobResult = { done: true };

const afterFault = ({ reason, retryAfterMs }: ShopUnavailable): JobResult => ({
  done: false,
  again: retryAfterMs ?? seconds(30),
  reason,
});

/** An order that waits for money by a method that stands for ours. One that costs nothing is none of ours. */
const isOurs = (order: RestOrder, { methods }: RestOnly): boolean =>
  methods.includes(order.method) && isUnpaid(order) && !isZero(order.total.amount);

const knownPage = ({ ports }: OfferParts, store: StoreId, orderKey: OrderKey) =>
  ports.ledger.transact(async (tx) => {
    const [page] = await tx.pages.ofOrder(store, orderKey);
    const claim = await tx.claims.byOrder(store, orderKey);
    const order = await tx.orders.byKey(store, orderKey);
    return { page, ended: order?.state === 'ended', paid: claim !== undefined && claim.state !== 'released' };
  });

const pageFor = async (
  parts: OfferParts,
  { store }: OpenedShop,
  { orderKey, order }: WaitingOrder,
  restOnly: RestOnly,
): Promise<PageRow | undefined> => {
  const now = parts.clock.now();
  const { page, ended, paid } = await knownPage(parts, store.id, orderKey);
  if (paid) return undefined;
  const deadline = page?.orderDeadline ?? now + hours(restOnly.deadlineHours);
  if (deadline <= now) return undefined;
  if (page && !ended && sameMoney(page.amount, order.total)) return page;
  const back = thankYouUrl(order, store.url);
  return openPage(parts.ports, {
    store: store.id,
    page: null,
    orderKey,
    orderNumber: order.number,
    amount: order.total,
    description: `Order ${order.number}`,
    returnUrl: back,
    cancelUrl: store.url,
    customerEmail: null,
    locale: null,
    account: null,
    method: null,
    orderDeadline: deadline,
  });
};

/** Nothing to be paid here. A page with attempts is ended by the ledger's own job. */
const endUnstarted = async (
  { ports }: OfferParts,
  store: StoreId,
  orderKey: OrderKey,
): Promise<JobResult> => {
  const page = await unstartedPage(ports, store, orderKey);
  if (page) await endPage(ports, page);
  return done;
};

/** Another order has the number now: it gets its link by a job of its own, once. */
const followUnoffered = ({ ports }: OfferParts, store: StoreId, orderKey: OrderKey): Promise<void> =>
  ports.ledger.transact(async (tx) => {
    const [page] = await tx.pages.ofOrder(store, orderKey);
    if (!page) await tx.jobs.enqueue({ kind: 'follow-order', store, orderKey }, ports.clock.now());
  });

/** Whatever has the number now: the order that is asked about may be gone, and another one wait under its number. */
const readNumber = ({ orders }: OfferParts, { connection }: OpenedShop, orderKey: OrderKey) =>
  orders.read(connection, { id: shopOrderId(orderKey), keyHash: null });

const offer = async (
  parts: OfferParts,
  shop: OpenedShop,
  orderKey: OrderKey,
  restOnly: RestOnly,
): Promise<JobResult> => {
  const { store, connection } = shop;
  const read: OrderResult = await readNumber(parts, shop, orderKey);
  if (read.kind === 'fault') return afterFault(await parts.shops.unavailable(store.id, read));
  if (read.kind === 'missing' || !isOurs(read.order, restOnly))
    return endUnstarted(parts, store.id, orderKey);
  const current = await parts.identities.open(store.id, read.order.id, read.order.keyHash);
  if (current !== orderKey) {
    await followUnoffered(parts, store.id, current);
    return endUnstarted(parts, store.id, orderKey);
  }
  const waiting = { store: store.id, orderKey, order: read.order };
  if (read.order.meta(metaKeys.payLink) === undefined) {
    const later = await waitForAccount(parts.ports, waiting, restOnly);
    if (later) {
      await parts.shops.worked(store.id);
      return later;
    }
  }
  const page = await pageFor(parts, shop, waiting, restOnly);
  if (!page) return done;
  const given = await givePayLink(parts, connection, restOnly, read.order, parts.pageUrl(page));
  if (given.kind === 'fault') return afterFault(await parts.shops.unavailable(store.id, given));
  await parts.shops.worked(store.id);
  return done;
};

/**
 * REST-only mode: what the plugin does at checkout, done after it. The order is read again, because a delivery says
 * what was true when it was built; it gets a page, and the customer a link to it.
 */
export const offerPayment = async (
  parts: OfferParts,
  store: StoreId,
  orderKey: OrderKey,
): Promise<JobResult> => {
  const shop = await parts.shops.open(store);
  if (shop.kind === 'fault') return afterFault(await parts.shops.unavailable(store, shop));
  const { restOnly } = readStoreSettings(shop.store.settings);
  if (restOnly === null) return done;
  const offered = await parts.turns.inTurn(store, orderKey, () => offer(parts, shop, orderKey, restOnly));
  return offered ?? { done: false, again: seconds(2), reason: 'order-busy' };
};
