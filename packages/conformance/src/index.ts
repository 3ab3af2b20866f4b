export type {
  BenchAccount,
  BenchClock,
  BenchPay,
  BenchPayment,
  BenchShopper,
  GatewayBench,
} from './gateway/bench.ts';
export { describeGateway } from './gateway/describe-gateway.ts';
export type { FieldPath, GatewaySubject, Happening, Happenings, WebhookFormat } from './gateway/subject.ts';
export type { WebhookOnWire } from './journey/receiver.ts';
export {
  createReferenceShop,
  type ReferenceShop,
  type ShopOrder,
  type ShopOrderStatus,
  type ShopTrouble,
} from './journey/shop.ts';
export { describeLedger } from './ledger/describe-ledger.ts';
export type { OpenedLedger, OpenLedger } from './ledger/open-ledger.ts';
export * from './ledger/sample-rows.ts';
export type { ShopPeople, ShopView, StorefrontBench, StorefrontSubject } from './storefront/bench.ts';
export { describeStorefront } from './storefront/describe-storefront.ts';
export { type PayInLedgerParts, payInLedger } from './storefront/pay-in-ledger.ts';
export type { Lacks, PlatformFeature } from './storefront/platform.ts';
