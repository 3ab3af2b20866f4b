import type { GatewayId } from '@gatewright/gateway-simulator';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';
import { type MedusaShop, openMedusaShop, type ShopSettings } from '../../src/medusa/medusa-shop.ts';
import { openPlace, type Place } from '../../src/medusa/place.ts';
import { timeOf } from '../../src/medusa/play-all.ts';
import { type MedusaScene, medusaScene } from '../../src/medusa/scene.ts';
import { connectTo } from '../../src/medusa/server/databases.ts';

/** A place of this test file, with gateways and a clock of its own; to be read in tests and hooks. */
export const usePlace = (): (() => Place) => {
  let place: Place | undefined;
  beforeAll(async () => {
    place = await openPlace(inject('medusaBase'));
  });
  afterAll(() => place?.stop());
  return () => {
    if (!place) throw new Error('the place is not open yet');
    return place;
  };
};

/** A shop for the tests of a file or a `describe`. */
export const useShop = (place: () => Place, settings: ShopSettings): (() => MedusaShop) => {
  let shop: MedusaShop | undefined;
  beforeAll(async () => {
    shop = await openMedusaShop(place(), settings);
  });
  afterAll(() => shop?.stop());
  return () => {
    if (!shop) throw new Error('the shop is not open yet');
    return shop;
  };
};

/** A gateway in a shop, while nothing else is played there. */
export const sceneIn = (place: Place, shop: MedusaShop, gateway: GatewayId): MedusaScene =>
  medusaScene(place, shop, gateway, timeOf(place).takePart());

/** The shop's database, until the test ends. */
export const connect = async ({ databaseUrl }: MedusaShop): ReturnType<typeof connectTo> => {
  const client = await connectTo(databaseUrl);
  onTestFinished(() => client.end());
  return client;
};
