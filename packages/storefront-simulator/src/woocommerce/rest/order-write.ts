import { insertOrder, totalOf, withItemIds } from '../orders/insert-order.ts';
import { applyLineItems } from '../orders/line-items.ts';
import { type LoadedOrder, loadOrder } from '../orders/loaded-order.ts';
import { applyMeta } from '../orders/meta-data.ts';
import { needsPayment } from '../orders/needs.ts';
import type { Address, LineItem, Order } from '../orders/order.ts';
import { paymentComplete } from '../orders/payment-complete.ts';
import { saveOrder, setStatus } from '../orders/save-order.ts';
import type { Store } from '../store/store.ts';
import type { orderParams } from './order-input.ts';
import type { ParsedParams } from './params.ts';
import { invalidOrderId, type RestAnswer, restError, updateOfMissingOrder } from './rest-error.ts';

export type OrderWrite = ParsedParams<typeof orderParams>;

export type WriteResult =
  | { readonly ok: true; readonly order: Order }
  | { readonly ok: false; readonly answer: RestAnswer };

const refuse = (answer: RestAnswer): WriteResult => ({ ok: false, answer });

/** The double has no customers, and no shipping, fee or coupon lines: it refuses rather than lose money. */
const unsupported = (input: OrderWrite): RestAnswer | undefined => {
  if ((input.customer_id ?? 0) !== 0) {
    return restError('woocommerce_rest_invalid_customer_id', 'Customer ID is invalid.', 400);
  }
  const lines = [...(input.shipping_lines ?? []), ...(input.fee_lines ?? []), ...(input.coupon_lines ?? [])];
  if (lines.length === 0) return undefined;
  const text = 'This store double keeps product lines only.';
  return restError('gatewright_simulator_unsupported', text, 501);
};

const mergedAddress = (old: Address, input: Readonly<Record<string, string | undefined>>): Address => {
  const given = Object.entries(input).flatMap(([field, text]) =>
    text === undefined ? [] : [[field, text] as const],
  );
  return { ...old, ...Object.fromEntries(given) };
};

const fillFields = ({ data }: LoadedOrder, input: OrderWrite): void => {
  data.currency = input.currency ?? data.currency;
  data.customerNote = input.customer_note ?? data.customerNote;
  data.paymentMethod = input.payment_method ?? data.paymentMethod;
  data.paymentMethodTitle = input.payment_method_title ?? data.paymentMethodTitle;
  data.transactionId = input.transaction_id ?? data.transactionId;
  data.billing = mergedAddress(data.billing, input.billing ?? {});
  data.shipping = mergedAddress(data.shipping, input.shipping ?? {});
  data.metaData = applyMeta(data.metaData, input.meta_data ?? []);
};

type LinesResult =
  | { readonly ok: true; readonly lineItems: readonly LineItem[] }
  | { readonly ok: false; readonly answer: RestAnswer };

const linesAfter = (store: Store, before: readonly LineItem[], input: OrderWrite): LinesResult => {
  const lines = applyLineItems(store, before, input.line_items ?? []);
  if (lines.ok) return lines;
  const [code, text] =
    lines.reason === 'unknown-item'
      ? ['invalid_item_id', 'Order item ID provided is not associated with order.']
      : ['required_product_reference', 'Product ID or SKU is required.'];
  return { ok: false, answer: restError(`woocommerce_rest_${code}`, text, 400) };
};

const written = (store: Store, id: number): WriteResult => {
  const order = store.orders.get(id);
  return order === undefined ? refuse(invalidOrderId()) : { ok: true, order: structuredClone(order) };
};

/** POST orders. `set_paid` pays a new order whatever it is. */
export const createOrder = async (store: Store, input: OrderWrite): Promise<WriteResult> => {
  const refusal = unsupported(input);
  if (refusal !== undefined) return refuse(refusal);
  const lines = linesAfter(store, [], input);
  if (!lines.ok) return lines;
  const { id } = insertOrder(store, {
    status: 'pending',
    createdVia: input.created_via ?? 'rest-api',
    lineItems: lines.lineItems,
  });
  const loaded = loadOrder(store, id);
  if (loaded === undefined) return refuse(invalidOrderId());
  fillFields(loaded, input);
  if (input.status !== undefined) setStatus(store, loaded, input.status);
  await saveOrder(store, loaded, null);
  if (input.set_paid === true) await paymentComplete(store, loaded, input.transaction_id ?? '');
  return written(store, id);
};

/**
 * PUT orders/{id}. Reads the order, waits as a database does, writes it back: no lock, any status jump is taken,
 * the transaction id is overwritten whatever happens, and `set_paid` pays only what needs payment while the answer
 * is 200 all the same (woocommerce.md 2.1, 3.1).
 */
export const updateOrder = async (store: Store, id: number, input: OrderWrite): Promise<WriteResult> => {
  const loaded = loadOrder(store, id);
  if (loaded === undefined) return refuse(updateOfMissingOrder());
  await store.awaitPoints.orderRead(id);
  const refusal = unsupported(input);
  if (refusal !== undefined) return refuse(refusal);
  const lines = linesAfter(store, loaded.data.lineItems, input);
  if (!lines.ok) return lines;
  fillFields(loaded, input);
  if (input.line_items !== undefined) {
    loaded.data.lineItems = withItemIds(store, lines.lineItems);
    loaded.data.total = totalOf(store, loaded.data.lineItems);
  }
  if (input.status !== undefined) setStatus(store, loaded, input.status);
  await saveOrder(store, loaded);
  if (input.set_paid === true && needsPayment(loaded.data)) {
    await paymentComplete(store, loaded, input.transaction_id ?? '');
  }
  return written(store, id);
};
