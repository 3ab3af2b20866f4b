import type { GatewayCapabilities } from '@gatewright/payment-core';
import type { Scene } from './scene.ts';

/** What has to come out, derived from what the gateway can do; a story it cannot have says why. */
export type Expectation =
  | { readonly applies: true; readonly outcome: string }
  | { readonly applies: false; readonly reason: string };

export const expects = (outcome: string): Expectation => ({ applies: true, outcome });
export const cannot = (reason: string): Expectation => ({ applies: false, reason });

/** One thing that can happen between "place order" and the end of an order. */
export interface Story {
  readonly name: string;
  readonly expected: (capabilities: GatewayCapabilities) => Expectation;
  /** Plays it; the answer is compared with the expectation. */
  readonly play: (scene: Scene) => Promise<string>;
}
