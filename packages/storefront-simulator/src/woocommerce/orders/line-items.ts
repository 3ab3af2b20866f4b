import { type Decimal, multiplyDecimal } from '@gatewright/payment-core';
import type { Product } from '../catalogue/products.ts';
import type { Store } from '../store/store.ts';
import type { LineItem } from './order.ts';
import { decimal, ZERO } from './price.ts';

export interface LineItemChange {
  readonly id?: number | undefined;
  readonly product_id?: number | null | undefined;
  readonly sku?: string | undefined;
  readonly name?: string | undefined;
  readonly quantity?: number | undefined;
  readonly subtotal?: Decimal | undefined;
  readonly total?: Decimal | undefined;
}

export type LineItemsResult =
  | { readonly ok: true; readonly lineItems: readonly LineItem[] }
  | { readonly ok: false; readonly reason: 'no-product-reference' | 'unknown-item' };

const productOf = (store: Store, change: LineItemChange): Product | undefined =>
  change.sku === undefined || change.sku === ''
    ? store.products.get(change.product_id ?? 0)
    : [...store.products.values()].find(({ sku }) => sku === change.sku);

/** An unknown product makes a line of product 0 and total 0 (woocommerce.md 5.3). */
const newLine = (store: Store, change: LineItemChange): LineItem => {
  const product = productOf(store, change);
  const quantity = change.quantity ?? 1;
  const price = product === undefined ? ZERO : multiplyDecimal(product.price, decimal(String(quantity)));
  return {
    id: 0,
    name: change.name ?? product?.name ?? '',
    productId: product?.id ?? 0,
    quantity,
    subtotal: change.subtotal ?? price,
    total: change.total ?? price,
    metaData: [],
  };
};

const changedLine = (line: LineItem, change: LineItemChange): LineItem => ({
  ...line,
  name: change.name ?? line.name,
  quantity: change.quantity ?? line.quantity,
  subtotal: change.subtotal ?? line.subtotal,
  total: change.total ?? line.total,
});

/** Adds, changes and (quantity 0 or product_id null) removes lines, as `line_items` of a request asks. */
export const applyLineItems = (
  store: Store,
  lineItems: readonly LineItem[],
  changes: readonly LineItemChange[],
): LineItemsResult => {
  let current = lineItems;
  for (const change of changes) {
    const id = change.id ?? 0;
    if (id === 0) {
      const named = (change.sku ?? '') !== '' || (change.product_id ?? 0) !== 0;
      if (!named) return { ok: false, reason: 'no-product-reference' };
      if (change.quantity !== 0) current = [...current, newLine(store, change)];
      continue;
    }
    if (!current.some((line) => line.id === id)) return { ok: false, reason: 'unknown-item' };
    const removed = change.quantity === 0 || change.product_id === null;
    current = removed
      ? current.filter((line) => line.id !== id)
      : current.map((line) => (line.id === id ? changedLine(line, change) : line));
  }
  return { ok: true, lineItems: current };
};
