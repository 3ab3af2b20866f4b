export type { Disturbance, Disturbed } from './woocommerce/disturbance.ts';
export type { WooCommerceOptions } from './woocommerce/options.ts';
export type { Order } from './woocommerce/orders/order.ts';
export type { OrderStatus, WritableOrderStatus } from './woocommerce/orders/order-status.ts';
export type { OrderRequest } from './woocommerce/people/place-order.ts';
export type { BridgeClient } from './woocommerce/plugin/bridge-client.ts';
export type { BridgeConnection, Claim } from './woocommerce/plugin/plugin.ts';
export * from './woocommerce/plugin/wire-signature.ts';
export {
  type PairingResult,
  type RestKeys,
  startWooCommerce,
  type WooCommerceDouble,
} from './woocommerce/start-woocommerce.ts';
export type { PaymentGateway } from './woocommerce/storefront/payment-gateway.ts';
