import { cryptoPay } from './gateways/crypto-pay/index.ts';

/** Every simulated gateway: a new one is a folder and a line here. */
export const registry = {
  'crypto-pay': cryptoPay,
} as const;

export type GatewayId = keyof typeof registry;

export const gatewayIds = Object.keys(registry) as readonly GatewayId[]; // the keys of a frozen literal are its type's keys
