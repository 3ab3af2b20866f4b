import type { ShopperOutcome } from '@gatewright/gateway-simulator';
import { type Story, told } from '../../stories/story.ts';
import type { ShopifyScene } from '../scene.ts';

/** There is one way to be in a Shopify checkout, so nothing differs between shops. */
export type ShopifyWays = Readonly<Record<never, never>>;

export type ShopifyStory = Story<ShopifyScene, ShopifyWays>;

export const mustHappen = (outcome: ShopperOutcome): void => {
  if (!outcome.ok) throw new Error(`the gateway's page refused: ${outcome.reason}`);
};

/** Puts one more fact between what became of the order and what the page shows. */
export const withFact = (outcome: string, fact: string): string => {
  const [fate = '', page = ''] = outcome.split('; page: ');
  return told(`${fate}, ${fact}`, page);
};
