export { CannotStart } from '@gatewright/operations';
export type { Bridge, BridgeOptions } from './bridge.ts';
export { type BridgeEnv, type EnvResult, readEnv } from './env.ts';
export { startBridge } from './start-bridge.ts';
export { type WooCommerceCredentials, wooCommerceCredentialsSchema } from './storefront/credentials.ts';
