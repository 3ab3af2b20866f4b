import { minutes } from '@gatewright/payment-core';
import type { World } from './world.ts';

/** Lets time pass for the gateways, the app and Shopify. */
export const pass = async (world: World, ms: number, step = minutes(5)): Promise<void> => {
  for (let passed = 0; passed < ms; passed += step) {
    await world.simulators.clock.advance(step);
    await world.app().reconcile();
    await world.shopify.runDue();
  }
};
