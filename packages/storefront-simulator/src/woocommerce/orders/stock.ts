import type { Store } from '../store/store.ts';
import type { LineItem, Order } from './order.ts';
import { addNote } from './order-notes.ts';
import { type OrderStatus, stockEffect } from './order-status.ts';

const REDUCED = '_reduced_stock';

/** Pieces that this line has taken out of the stock. */
export const reducedOf = (line: LineItem): number =>
  Number(line.metaData.find(({ key }) => key === REDUCED)?.value ?? 0);

/** Writes the taken pieces on the line; 0 removes the mark. */
export const withReduced = (store: Store, line: LineItem, pieces: number): LineItem => ({
  ...line,
  metaData: [
    ...line.metaData.filter(({ key }) => key !== REDUCED),
    ...(pieces === 0 ? [] : [{ id: store.nextId('itemMeta'), key: REDUCED, value: String(pieces) }]),
  ],
});

/** Moves a product's stock in one query, as the database does; undefined when the stock is not managed. */
export const moveStock = (
  store: Store,
  orderId: number,
  productId: number,
  change: number,
): { from: number; to: number } | undefined => {
  const product = store.products.get(productId);
  if (product === undefined || product.stock === null) return undefined;
  const from = product.stock;
  const to = from + change;
  product.stock = to;
  store.happenings.record({ kind: 'stock', orderId, productId, from, to });
  return { from, to };
};

const replaceLine = (row: Order, line: LineItem): void => {
  row.lineItems = row.lineItems.map((other) => (other.id === line.id ? line : other));
};

const moveLines = async (store: Store, orderId: number, effect: 'reduce' | 'restore'): Promise<void> => {
  const lines = store.orders.get(orderId)?.lineItems ?? [];
  await store.awaitPoints.query();
  const row = store.orders.get(orderId);
  if (row === undefined) return;
  const moved: string[] = [];
  for (const line of lines) {
    const taken = reducedOf(line);
    if ((effect === 'reduce') === taken > 0) continue;
    const change = moveStock(store, orderId, line.productId, effect === 'reduce' ? -line.quantity : taken);
    if (change === undefined) continue;
    replaceLine(row, withReduced(store, line, effect === 'reduce' ? line.quantity : 0));
    moved.push(`${line.name} (${change.from}&rarr;${change.to})`);
  }
  row.stockReduced = effect === 'reduce';
  if (moved.length === 0) return;
  const verb = effect === 'reduce' ? 'reduced' : 'increased';
  addNote(store, orderId, `Stock levels ${verb}: ${moved.join(', ')}`);
};

/**
 * Takes or gives back the stock when an order reaches a status (woocommerce.md 2.3): also on on-hold. The order's
 * flag and the lines' marks are read before and written after a query, without a lock (3.1).
 */
export const applyStockEffect = async (store: Store, orderId: number, status: OrderStatus): Promise<void> => {
  const effect = stockEffect(status);
  if (effect === 'none') return;
  const reduced = store.orders.get(orderId)?.stockReduced ?? false;
  await store.awaitPoints.query();
  if ((effect === 'reduce') === reduced) return;
  await moveLines(store, orderId, effect);
};
