export type { VirtualClock } from './kernel/clock.ts';
export type { Delivery, DeliveryError, SealedWebhook } from './kernel/courier.ts';
export type { Fault, FaultInput, FaultKind, Faults } from './kernel/faults.ts';
export type { CreatedAccount, Knobs, SimulatedPayment, WebhookUrlResult } from './kernel/gateway.ts';
export type {
  ActionOptions,
  Shopper,
  ShopperAction,
  ShopperOutcome,
  ShopperRefusal,
} from './kernel/shopper.ts';
export type { GatewaySimulator } from './kernel/simulator.ts';
export { type GatewayId, gatewayIds } from './registry.ts';
export {
  type GatewaySimulators,
  type GatewaySimulatorsById,
  type StartOptions,
  startGatewaySimulators,
} from './start.ts';
