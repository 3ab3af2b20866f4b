export type {
  Address,
  Checkout,
  CheckoutRequest,
  Customer,
  PayOutcome,
} from './shopify/checkout/checkout.ts';
export type { FinancialStatus, Order as ShopifyOrder } from './shopify/checkout/order.ts';
export type {
  Fault as ShopifyFault,
  FaultInput as ShopifyFaultInput,
  Faults as ShopifyFaults,
} from './shopify/faults.ts';
export {
  type PaymentsApiVersion,
  paymentsApiVersions,
  paymentsAppsSchema,
} from './shopify/graphql/schemas.ts';
export { shopifyEgress } from './shopify/http/egress.ts';
export { type ShopifyAddress, shopifyFetch } from './shopify/http/fetch.ts';
export type {
  DeliveryEntry,
  GraphqlEntry,
  JournalEntry,
  PageEntry,
  TokenEntry,
  WebhookEntry,
} from './shopify/journal.ts';
export type { TokenAnswer } from './shopify/oauth/tokens.ts';
export type {
  AppRegistration,
  PaymentsExtension,
  ShopifyOptions,
  ShopOptions,
  WebhookTopic,
} from './shopify/options.ts';
export type { Browser, BrowserRequest, Page } from './shopify/people/browser.ts';
export type {
  ActivationOutcome,
  FollowUpOutcome,
  InstallOptions,
  InstallResult,
  Merchant,
} from './shopify/people/merchant.ts';
export type { FollowUpSession } from './shopify/sessions/follow-up-session.ts';
export type { PaymentSession, PaymentState } from './shopify/sessions/payment-session.ts';
export type { GatewayState, Redelivery, Shop, ShopifyDouble } from './shopify/shopify-double.ts';
export { startShopify } from './shopify/start-shopify.ts';
export type { KeyAndCertificate } from './shopify/tls/certificate-authority.ts';
export type { ClientCertificates, Presentation } from './shopify/tls/client-certificates.ts';
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
