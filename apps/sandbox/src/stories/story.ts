import type { GatewayCapabilities } from '@gatewright/payment-core';
import type { Scene } from './scene.ts';

/** What became of an order, in one line: for the owner, and for the shopper. */
export const told = (outcome: string, page: string): string => `${outcome}; page: ${page}`;

/** What has to come out, derived from what the gateway can do; a story it cannot have says why. */
export type Expectation =
  | { readonly applies: true; readonly outcome: string }
  | { readonly applies: false; readonly reason: string };

/** @param page what the shopper's page shows at the end */
export const expects = (outcome: string, page: string): Expectation => ({
  applies: true,
  outcome: told(outcome, page),
});
export const cannot = (reason: string): Expectation => ({ applies: false, reason });

/** What differs between shops with the plugin and shops in REST-only mode. */
export interface ShopWays {
  /** The status in which an order waits for its money. */
  readonly waiting: 'pending' | 'on-hold';
  /** False: a refund in the shop asks no gateway, and a person sends the money. */
  readonly refundsByGateway: boolean;
}

/** One thing that can happen between "place order" and the end of an order; `S` and `W` are the platform's own. */
export interface Story<S = Scene, W = ShopWays> {
  readonly name: string;
  readonly expected: (capabilities: GatewayCapabilities, ways: W) => Expectation;
  /** Plays it; the answer is compared with the expectation. */
  readonly play: (scene: S) => Promise<string>;
}
