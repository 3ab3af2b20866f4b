import { draftsAreCreated, insertOrder } from '../orders/insert-order.ts';
import { applyLineItems } from '../orders/line-items.ts';
import { type LoadedOrder, loadOrder } from '../orders/loaded-order.ts';
import type { Address, Order } from '../orders/order.ts';
import { awaitsPayment } from '../orders/order-status.ts';
import { decimal } from '../orders/price.ts';
import { saveOrder, setStatus } from '../orders/save-order.ts';
import type { Store } from '../store/store.ts';
import { orderEvent } from '../webhooks/events.ts';

export interface CartLine {
  readonly productId: number;
  readonly quantity?: number;
}

export interface OrderRequest {
  /** A decimal string: one hoodie at this price. Not together with `lines`. */
  readonly total?: string;
  /** Default: one hoodie. */
  readonly lines?: readonly CartLine[];
  /** Payment method id; default `gatewright`. */
  readonly method?: string;
  /** Default `checkout` (classic); `store-api` is the Blocks checkout with its draft. */
  readonly via?: 'checkout' | 'store-api';
  readonly billing?: Address;
  readonly shipping?: Address;
  /** The order of the last try: taken up again while it can be paid and has the same lines (woocommerce.md section 6). */
  readonly again?: number | undefined;
}

const HOODIE = 10;

const BUYER: Address = {
  first_name: 'Ann',
  last_name: 'Buyer',
  address_1: 'S 1',
  city: 'Berlin',
  state: 'DE-BE',
  postcode: '10115',
  country: 'DE',
  email: 'ann@example.test',
};

const linesOf = (store: Store, { total, lines }: OrderRequest): Order['lineItems'] => {
  const changes =
    total === undefined
      ? (lines ?? [{ productId: HOODIE }]).map(({ productId, quantity = 1 }) => ({
          product_id: productId,
          quantity,
        }))
      : [{ product_id: HOODIE, quantity: 1, subtotal: decimal(total), total: decimal(total) }];
  const result = applyLineItems(store, [], changes);
  if (!result.ok) throw new TypeError(`placeOrder: ${result.reason}`);
  return result.lineItems;
};

/** What a Blocks checkout leaves behind that nobody finishes. */
export const leaveDraft = (store: Store, request: OrderRequest): Order =>
  structuredClone(
    insertOrder(store, {
      status: 'checkout-draft',
      createdVia: 'store-api',
      lineItems: linesOf(store, request),
    }),
  );

const fillIn = (store: Store, { data }: LoadedOrder, request: OrderRequest): void => {
  const method = request.method ?? 'gatewright';
  data.billing = { ...data.billing, ...(request.billing ?? BUYER) };
  data.shipping = { ...data.shipping, ...request.shipping };
  data.paymentMethod = method;
  data.paymentMethodTitle = store.gateways.get(method)?.title ?? '';
};

const sameLines = (order: Order, lines: readonly CartLine[]): boolean =>
  order.lineItems.map(({ productId, quantity }) => `${productId}:${quantity}`).join() ===
  lines.map(({ productId, quantity = 1 }) => `${productId}:${quantity}`).join();

const takenUp = async (store: Store, request: OrderRequest): Promise<Order | undefined> => {
  const { again, lines = [] } = request;
  const loaded = again === undefined ? undefined : loadOrder(store, again);
  if (loaded === undefined || !awaitsPayment(loaded.data.status) || !sameLines(loaded.data, lines))
    return undefined;
  fillIn(store, loaded, request);
  setStatus(store, loaded, 'pending');
  await saveOrder(store, loaded, null);
  return structuredClone(loaded.data);
};

/** Places a pending order as a checkout does, with the order of webhook topics that this checkout has (4.2). */
export const placeOrder = async (store: Store, request: OrderRequest): Promise<Order> => {
  const again = await takenUp(store, request);
  if (again !== undefined) return again;
  const createdVia = request.via ?? 'checkout';
  const draft = createdVia === 'store-api';
  const { id } = insertOrder(store, {
    status: draft ? 'checkout-draft' : 'pending',
    createdVia,
    lineItems: linesOf(store, request),
  });
  const loaded = loadOrder(store, id);
  if (loaded === undefined) throw new TypeError('placeOrder: the order vanished');
  fillIn(store, loaded, request);
  setStatus(store, loaded, 'pending');
  await saveOrder(store, loaded, null);
  if (draft && !draftsAreCreated(store)) orderEvent(store, 'created', id);
  return structuredClone(loaded.data);
};
