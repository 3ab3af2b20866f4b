import { merchantDecides } from './merchant-decides.ts';
import { moneyComes } from './money-comes.ts';
import { moneyStaysAway } from './money-stays-away.ts';
import type { ShopifyStory } from './shopify-story.ts';

/** The stories of the table, in the order they are played. */
export const shopifyStories: readonly ShopifyStory[] = [...moneyComes, ...moneyStaysAway, ...merchantDecides];
