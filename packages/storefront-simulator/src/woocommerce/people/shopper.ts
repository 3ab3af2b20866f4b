import { loadOrder } from '../orders/loaded-order.ts';
import type { Order } from '../orders/order.ts';
import { awaitsPayment } from '../orders/order-status.ts';
import { saveOrder, setStatus } from '../orders/save-order.ts';
import { mayCancel } from '../plugin/cancel-guard.ts';
import { type PaymentChoice, type PaymentStarted, startPayment } from '../plugin/gateway.ts';
import { GATEWAY_ID, type Plugin } from '../plugin/plugin.ts';
import type { Store } from '../store/store.ts';
import { leaveDraft, type OrderRequest, placeOrder } from './place-order.ts';

export type ShopperCancel =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-order' | 'not-cancellable' | 'payment-under-way' };

/** What a customer does in the shop. */
export interface Shopper {
  /** Goes through the checkout up to "place order": a pending order. */
  placeOrder(request?: OrderRequest): Promise<Order>;
  /** Fills in a Blocks checkout and closes the browser: a `checkout-draft`, which webhooks tell of. */
  leaveDraft(request?: OrderRequest): Order;
  /**
   * "Pay": what process_payment does.
   * @throws Error with the shopper's text when the shop cannot start the payment; `tryPay` returns it instead
   */
  pay(orderId: number, choice?: PaymentChoice): Promise<{ redirectUrl: string; invoice: string | null }>;
  tryPay(orderId: number, choice?: PaymentChoice): Promise<PaymentStarted>;
  /** Follows the cancel link; refused while money may be under way (woocommerce.md section 6). */
  cancel(orderId: number): Promise<ShopperCancel>;
  /** Ids of the payment methods on offer for an amount; the plugin's hides when the bridge is silent. */
  paymentMethods(amount: string): Promise<string[]>;
}

/** The cancel link's work: only a pending or failed order, and only when the plugin agrees. */
export const cancelByShopper = async (
  store: Store,
  plugin: Plugin,
  orderId: number,
): Promise<ShopperCancel> => {
  const loaded = loadOrder(store, orderId);
  if (loaded === undefined) return { ok: false, reason: 'no-such-order' };
  if (!awaitsPayment(loaded.data.status)) return { ok: false, reason: 'not-cancellable' };
  if (!(await mayCancel(store, plugin, loaded.data))) return { ok: false, reason: 'payment-under-way' };
  setStatus(store, loaded, 'cancelled');
  await saveOrder(store, loaded, 'Order cancelled by customer.');
  return { ok: true };
};

const offered = async (store: Store, plugin: Plugin, amount: string): Promise<boolean> => {
  const result = await plugin.client()?.offer(amount, store.settings.currency, 'en_US');
  const accounts = result?.ok === true ? result.answer.accounts : undefined;
  return Array.isArray(accounts) && accounts.length > 0;
};

export const createShopper = (store: Store, plugin: Plugin): Shopper => {
  const tryPay = async (orderId: number, choice: PaymentChoice = {}): Promise<PaymentStarted> => {
    const order = store.orders.get(orderId);
    if (order === undefined || !awaitsPayment(order.status)) {
      return { ok: false, message: 'This order cannot be paid for.', code: 'not-payable' };
    }
    return startPayment(store, plugin, structuredClone(order), choice);
  };
  return {
    placeOrder: (request = {}) => placeOrder(store, request),
    leaveDraft: (request = {}) => leaveDraft(store, request),
    tryPay,
    pay: async (orderId, choice) => {
      const started = await tryPay(orderId, choice);
      if (!started.ok) throw new Error(`${started.code}: ${started.message}`);
      return { redirectUrl: started.redirectUrl, invoice: started.invoice };
    },
    cancel: (orderId) => cancelByShopper(store, plugin, orderId),
    paymentMethods: async (amount) => {
      const enabled = [...store.gateways.values()].filter((gateway) => gateway.enabled).map(({ id }) => id);
      const hidden = enabled.includes(GATEWAY_ID) && !(await offered(store, plugin, amount));
      return enabled.filter((id) => !(hidden && id === GATEWAY_ID));
    },
  };
};
