import type { GatewayId } from '@gatewright/gateway-simulator';
import { gatewayById } from '@gatewright/payment-core';
import type { Wish } from './pay-page.ts';

/** Every order of the demo, USD. */
export const total = '50.00';

/** What that is worth where the shopper decides the amount: TON at the demo's rate of 2.50 USD. */
export const tonAmounts = { pay: '20', underpay: '12', overpay: '30' } as const;

export const wishFor = (gateway: GatewayId): Wish => ({
  title: gatewayById(gateway)?.title ?? gateway,
  network: gateway === 'cryptopayment-center' ? 'trc20' : undefined,
});
