import { addItem, getCart } from '../store-api/cart.ts';
import { getCheckout, postCheckout } from '../store-api/checkout.ts';
import { getIndex } from './api-index.ts';
import type { Endpoint } from './endpoint.ts';
import { getHoldStock, putHoldStock } from './hold-stock-setting.ts';
import { batchOrders } from './order-batch.ts';
import { listOrders } from './order-list.ts';
import { deleteNote, getNote, listNotes, postNote } from './order-notes.ts';
import { deleteRefund, getRefund, listRefunds, postRefund } from './order-refunds.ts';
import { deleteOrder, getOrder, getStatuses, postOrder, putOrder } from './orders.ts';
import { getGateway, listGateways, putGateway } from './payment-gateways.ts';
import { getProduct, listProducts, putProduct } from './products.ts';
import { getCurrency, getSystemStatus, listCurrencies } from './shop-data.ts';
import { deleteWebhook, getWebhook, listWebhooks, postWebhook, putWebhook } from './webhooks.ts';

export interface Route {
  readonly pattern: RegExp;
  /** Endpoints by method, in the order in which the Allow header names them. */
  readonly methods: Readonly<Record<string, Endpoint>>;
}

/** `<order>` stands for digits, `{gateway}` for a word. */
const compile = (path: string): RegExp =>
  new RegExp(`^${path.replace(/<(\w+)>/g, '(?<$1>\\d+)').replace(/\{(\w+)\}/g, '(?<$1>[\\w-]+)')}/?$`);

export const route = (path: string, methods: Readonly<Record<string, Endpoint>>): Route => ({
  pattern: compile(path),
  methods,
});

/** POST, PUT and PATCH are one in WordPress where a resource is edited. */
const editable = (endpoint: Endpoint): Readonly<Record<string, Endpoint>> => ({
  POST: endpoint,
  PUT: endpoint,
  PATCH: endpoint,
});

/** `wc/v3` as far as a payment bridge goes, and the Blocks checkout. */
export const wooRoutes: readonly Route[] = [
  route('', { GET: getIndex }),
  route('/wc/store/v1/cart', { GET: getCart }),
  route('/wc/store/v1/cart/add-item', { POST: addItem }),
  route('/wc/store/v1/checkout', { GET: getCheckout, POST: postCheckout }),
  route('/wc/v3/orders', { GET: listOrders, POST: postOrder }),
  route('/wc/v3/orders/statuses', { GET: getStatuses }),
  route('/wc/v3/orders/batch', editable(batchOrders)),
  route('/wc/v3/orders/<id>', { GET: getOrder, ...editable(putOrder), DELETE: deleteOrder }),
  route('/wc/v3/orders/<order>/notes', { GET: listNotes, POST: postNote }),
  route('/wc/v3/orders/<order>/notes/<id>', { GET: getNote, DELETE: deleteNote }),
  route('/wc/v3/orders/<order>/refunds', { GET: listRefunds, POST: postRefund }),
  route('/wc/v3/orders/<order>/refunds/<id>', { GET: getRefund, DELETE: deleteRefund }),
  route('/wc/v3/products', { GET: listProducts }),
  route('/wc/v3/products/<id>', { GET: getProduct, ...editable(putProduct) }),
  route('/wc/v3/webhooks', { GET: listWebhooks, POST: postWebhook }),
  route('/wc/v3/webhooks/<id>', { GET: getWebhook, ...editable(putWebhook), DELETE: deleteWebhook }),
  route('/wc/v3/payment_gateways', { GET: listGateways }),
  route('/wc/v3/payment_gateways/{gateway}', { GET: getGateway, ...editable(putGateway) }),
  route('/wc/v3/settings/products/woocommerce_hold_stock_minutes', {
    GET: getHoldStock,
    ...editable(putHoldStock),
  }),
  route('/wc/v3/system_status', { GET: getSystemStatus }),
  route('/wc/v3/data/currencies', { GET: listCurrencies }),
  route('/wc/v3/data/currencies/{currency}', { GET: getCurrency }),
];
