import type { MedusaStory } from './medusa-story.ts';
import { moneyComes } from './money-comes.ts';
import { moneyStaysAway } from './money-stays-away.ts';
import { shopChanges } from './shop-changes.ts';

/** In the order of the table. */
export const medusaStories: readonly MedusaStory[] = [...moneyComes, ...moneyStaysAway, ...shopChanges];
