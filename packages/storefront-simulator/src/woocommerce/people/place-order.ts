import { draftsAreCreated, insertOrder } from '../orders/insert-order.ts';
import { applyLineItems } from '../orders/line-items.ts';
import { loadOrder } from '../orders/loaded-order.ts';
import type { Address, Order } from '../orders/order.ts';
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

/** Places a pending order as a checkout does, with the order of webhook topics that this checkout has (4.2). */
export const placeOrder = async (store: Store, request: OrderRequest): Promise<Order> => {
  const createdVia = request.via ?? 'checkout';
  const draft = createdVia === 'store-api';
  const { id } = insertOrder(store, {
    status: draft ? 'checkout-draft' : 'pending',
    createdVia,
    lineItems: linesOf(store, request),
  });
  const loaded = loadOrder(store, id);
  if (loaded === undefined) throw new TypeError('placeOrder: the order vanished');
  const method = request.method ?? 'gatewright';
  loaded.data.billing = { ...loaded.data.billing, ...(request.billing ?? BUYER) };
  loaded.data.paymentMethod = method;
  loaded.data.paymentMethodTitle = store.gateways.get(method)?.title ?? '';
  setStatus(store, loaded, 'pending');
  await saveOrder(store, loaded, null);
  if (draft && !draftsAreCreated(store)) orderEvent(store, 'created', id);
  return structuredClone(loaded.data);
};
