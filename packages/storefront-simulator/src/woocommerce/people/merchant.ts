import { createRefund, type RefundResult } from '../orders/create-refund.ts';
import { totalOf } from '../orders/insert-order.ts';
import { type LoadedOrder, loadOrder } from '../orders/loaded-order.ts';
import type { Order } from '../orders/order.ts';
import type { WritableOrderStatus } from '../orders/order-status.ts';
import { decimal } from '../orders/price.ts';
import { saveOrder, setStatus } from '../orders/save-order.ts';
import type { Store } from '../store/store.ts';

export interface MerchantRefund {
  /** True asks the gateway, false only records it. */
  readonly api: boolean;
  readonly reason?: string;
}

/** What the owner does in wp-admin. All of it takes effect whatever the order's status is. */
export interface Merchant {
  setStatus(orderId: number, status: WritableOrderStatus): Promise<Order>;
  cancel(orderId: number): Promise<Order>;
  /** Changes the order's total, a decimal string, by its first line. */
  editTotal(orderId: number, total: string): Promise<Order>;
  editCurrency(orderId: number, currency: string): Promise<Order>;
  editPaymentMethod(orderId: number, method: string): Promise<Order>;
  /** "Refund via gateway" or "refund manually"; the answer is what the REST API would show as 201 or 500. */
  refund(orderId: number, amount: string, how: MerchantRefund): Promise<RefundResult>;
}

/** @throws TypeError for an unknown order: the script is wrong, not the shop */
const existing = (store: Store, orderId: number): LoadedOrder => {
  const loaded = loadOrder(store, orderId);
  if (loaded === undefined) throw new TypeError(`merchant: there is no order ${orderId}`);
  return loaded;
};

const setTotal = (store: Store, order: Order, total: string): void => {
  const [first, ...rest] = order.lineItems;
  if (first === undefined) throw new TypeError('editTotal: the order has no line');
  const amount = decimal(total);
  order.lineItems = [
    { ...first, subtotal: amount, total: amount },
    ...rest.map((line) => ({ ...line, subtotal: decimal('0'), total: decimal('0') })),
  ];
  order.total = totalOf(store, order.lineItems);
};

export const createMerchant = (store: Store): Merchant => {
  const edit = async (orderId: number, change: (loaded: LoadedOrder) => void): Promise<Order> => {
    const loaded = existing(store, orderId);
    change(loaded);
    await saveOrder(store, loaded);
    return structuredClone(loaded.data);
  };
  const change = (orderId: number, status: WritableOrderStatus): Promise<Order> =>
    edit(orderId, (loaded) => setStatus(store, loaded, status));
  return {
    setStatus: change,
    cancel: (orderId) => change(orderId, 'cancelled'),
    editTotal: (orderId, total) => edit(orderId, ({ data }) => setTotal(store, data, total)),
    editCurrency: (orderId, currency) =>
      edit(orderId, ({ data }) => {
        data.currency = currency;
      }),
    editPaymentMethod: (orderId, method) =>
      edit(orderId, ({ data }) => {
        data.paymentMethod = method;
        data.paymentMethodTitle = store.gateways.get(method)?.title ?? '';
      }),
    refund: async (orderId, amount, { api, reason = '' }) => {
      existing(store, orderId);
      return createRefund(store, orderId, {
        amount: decimal(amount),
        reason,
        apiRefund: api,
        restock: new Map(),
      });
    },
  };
};
