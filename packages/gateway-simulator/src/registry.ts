import { cryptoPay } from './gateways/crypto-pay/index.ts';
import { cryptoPaymentCenter } from './gateways/cryptopayment-center/index.ts';
import { gatenoc } from './gateways/gatenoc/index.ts';
import { teleportPay } from './gateways/teleport-pay/index.ts';
import { tonNft } from './gateways/ton-nft/index.ts';
import { xRocketPay } from './gateways/xrocket-pay/index.ts';

/** Every simulated gateway: a new one is a folder and a line here. */
export const registry = {
  'crypto-pay': cryptoPay,
  'cryptopayment-center': cryptoPaymentCenter,
  gatenoc,
  'teleport-pay': teleportPay,
  'ton-nft': tonNft,
  'xrocket-pay': xRocketPay,
} as const;

export type GatewayId = keyof typeof registry;

// The keys of a literal that nobody changes are exactly its type's keys.
export const gatewayIds = Object.keys(registry) as readonly GatewayId[];
