import { type Decimal, jsonNumber } from '@gatewright/payment-core';
import { needsPayment, needsProcessing } from '../orders/needs.ts';
import type { LineItem, Meta, Order } from '../orders/order.ts';
import { isEditable } from '../orders/order-status.ts';
import { atScale, unitPrice, ZERO } from '../orders/price.ts';
import { refundsOf } from '../orders/refund-row.ts';
import { restDate, restDateOrNull } from '../store/instant.ts';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { orderPayUrl } from '../storefront/urls.ts';
import { currencySymbol } from './currency-list.ts';
import { EDIT_AND_DELETE, resourceLinks, restUrl } from './links.ts';
import { wpInteger } from './params.ts';

/** `?dp=`: decimals to show; more than any amount has make no difference. */
export const decimalsParam = wpInteger(0).transform((asked) => Math.min(asked, 40));

const lineMeta = ({ id, key, value }: Meta): Json => ({
  id,
  key,
  value,
  display_key: key,
  display_value: value,
});

const lineItemJson = (store: Store, line: LineItem, amount: (value: Decimal) => string): Json => {
  const product = store.products.get(line.productId);
  return {
    id: line.id,
    name: line.name,
    product_id: line.productId,
    variation_id: 0,
    quantity: line.quantity,
    tax_class: '',
    subtotal: amount(line.subtotal),
    subtotal_tax: amount(ZERO),
    total: amount(line.total),
    total_tax: amount(ZERO),
    taxes: [],
    meta_data: line.metaData.map(lineMeta),
    sku: product?.sku ?? null,
    global_unique_id: product === undefined ? null : '',
    price: jsonNumber(unitPrice(line.total, line.quantity)),
    image: product === undefined ? { id: 0, src: '' } : { id: '', src: '' },
    parent_name: null,
  };
};

/** Newest first; within one second the lower id first [order-get-refunded]. */
const refundList = (store: Store, order: Order, amount: (value: Decimal) => string): Json =>
  refundsOf(store, order.id)
    .sort((a, b) => b.date - a.date || a.id - b.id)
    .map((refund) => ({
      id: refund.id,
      reason: refund.reason,
      total: `-${amount(refund.amount)}`,
      total_tax: amount(ZERO),
    }));

const byKey = (a: Meta, b: Meta): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id);

/**
 * The v3 order, fields in the recorded order [order-get-pending]; also the body of a webhook.
 * @param dp decimals to show; the order's own total never has more than the shop keeps (woocommerce.md 5.4)
 */
export const orderJson = (store: Store, order: Order, dp = store.settings.decimals): Json => {
  const amount = (value: Decimal): string => atScale(value, dp);
  const path = `/wc/v3/orders/${order.id}`;
  return {
    id: order.id,
    parent_id: 0,
    status: order.status,
    currency: order.currency,
    version: store.settings.versions.woocommerce,
    prices_include_tax: false,
    date_created: restDate(order.dateCreated),
    date_modified: restDate(order.dateModified),
    discount_total: amount(ZERO),
    discount_tax: amount(ZERO),
    shipping_total: amount(ZERO),
    shipping_tax: amount(ZERO),
    cart_tax: amount(ZERO),
    total: amount(order.total),
    total_tax: amount(ZERO),
    customer_id: 0,
    order_key: order.orderKey,
    billing: order.billing,
    shipping: order.shipping,
    payment_method: order.paymentMethod,
    payment_method_title: order.paymentMethodTitle,
    transaction_id: order.transactionId,
    customer_ip_address: order.createdVia === 'rest-api' ? '' : '127.0.0.1',
    customer_user_agent: '',
    created_via: order.createdVia,
    customer_note: order.customerNote,
    date_completed: restDateOrNull(order.dateCompleted),
    date_paid: restDateOrNull(order.datePaid),
    cart_hash: order.cartHash,
    number: String(order.id),
    meta_data: [...order.metaData].sort(byKey).map(({ id, key, value }) => ({ id, key, value })),
    line_items: order.lineItems.map((line) => lineItemJson(store, line, amount)),
    tax_lines: [],
    shipping_lines: [],
    fee_lines: [],
    coupon_lines: [],
    refunds: refundList(store, order, amount),
    payment_url: orderPayUrl(store, order),
    is_editable: isEditable(order.status),
    needs_payment: needsPayment(order),
    needs_processing: needsProcessing(store, order),
    date_created_gmt: restDate(order.dateCreated),
    date_modified_gmt: restDate(order.dateModified),
    date_completed_gmt: restDateOrNull(order.dateCompleted),
    date_paid_gmt: restDateOrNull(order.datePaid),
    currency_symbol: currencySymbol(order.currency),
    _links: resourceLinks(store, path, '/wc/v3/orders', EDIT_AND_DELETE, {
      email_templates: [{ embeddable: true, href: restUrl(store, `${path}/actions/email_templates`) }],
    }),
  };
};
