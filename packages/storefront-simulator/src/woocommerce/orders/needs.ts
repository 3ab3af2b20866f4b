import { isZero } from '@gatewright/payment-core';
import type { Store } from '../store/store.ts';
import type { Order } from './order.ts';
import { awaitsPayment } from './order-status.ts';

/** False when every item is virtual and downloadable: such an order is completed at once (woocommerce.md 2.2). */
export const needsProcessing = (store: Store, order: Pick<Order, 'lineItems'>): boolean =>
  order.lineItems.some(({ productId }) => {
    const product = store.products.get(productId);
    return product !== undefined && !(product.virtual && product.downloadable);
  });

/** Pending or failed, and more than zero: what REST's `set_paid` asks before it pays. */
export const needsPayment = (order: Pick<Order, 'status' | 'total'>): boolean =>
  awaitsPayment(order.status) && !isZero(order.total);
