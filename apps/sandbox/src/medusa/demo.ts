import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '@gatewright/payment-core';
import type { Cell } from '../cell.ts';
import type { OpenDemo } from '../demo.ts';
import { playCell } from '../play.ts';
import { type MedusaShop, openMedusaShop } from './medusa-shop.ts';
import { openPlace, type Place } from './place.ts';
import { medusaScene } from './scene.ts';
import { medusaStories } from './stories/medusa-stories.ts';
import { waysOf } from './stories/medusa-story.ts';

/** Six virtual seconds a second, as in the WooCommerce demo. */
const virtualPerSecond = seconds(6);

const modeOf = ({ orderTiming }: MedusaShop): string =>
  orderTiming === 'after_payment' ? 'order after payment' : 'order before payment';

const playIn = async (
  place: Place,
  shop: MedusaShop,
  told: (cell: Cell) => void,
): Promise<readonly Cell[]> => {
  const ways = waysOf(shop.orderTiming);
  const cells: Cell[] = [];
  for (const gateway of shop.gateways) {
    const scene = medusaScene(place, shop, gateway);
    const cast = { platform: 'medusa', mode: modeOf(shop), gateway, ways, scene };
    for (const story of medusaStories) {
      const cell = await playCell(cast, story);
      told(cell);
      cells.push(cell);
    }
  }
  return cells;
};

const doors = async (place: Place, shop: MedusaShop): Promise<string> => {
  const lines: string[] = [];
  for (const gateway of shop.gateways) {
    const { page } = await medusaScene(place, shop, gateway).checkout();
    lines.push('', `${gateway}: a cart of 50.00 USD`, `  pay it    ${page}`);
  }
  const { email, password } = place.login;
  return [
    ...lines,
    '',
    `Medusa      ${shop.publicUrl}`,
    `admin API   ${email}, password "${password}"`,
    `simulators  ${place.simulators.control.url}`,
    `database    ${shop.databaseUrl}`,
    '',
    'Everything is on this machine. Time runs six times as fast. Ctrl+C ends it.',
  ].join('\n');
};

const liveOn = async (place: Place, shop: MedusaShop, enough: AbortSignal): Promise<void> => {
  while (!enough.aborted) {
    await wait(1_000, undefined, { signal: enough }).catch(() => undefined);
    if (!enough.aborted) {
      await place.pass(virtualPerSecond);
      await shop.work();
    }
  }
};

const openShops = async (place: Place, tell: (what: string) => void) => {
  tell('Starting two Medusa shops: orders after payment, and orders before it (10 to 30 seconds).');
  const after = await openMedusaShop(place, { name: 'after_payment', orderTiming: 'after_payment' });
  try {
    const before = await openMedusaShop(place, { name: 'before_payment', orderTiming: 'before_payment' });
    return { after, before };
  } catch (error) {
    await after.stop();
    throw error;
  }
};

/** Real Medusa servers on a real PostgreSQL, both from npm; the shopper is a script. */
export const openMedusaDemo: OpenDemo = async (tell) => {
  const place = await openPlace(tell);
  const stopPlace = async <T>(error: T): Promise<never> => {
    await place.stop();
    throw error;
  };
  const { after, before } = await openShops(place, tell).catch(stopPlace);
  return {
    playAll: async (told) => [...(await playIn(place, after, told)), ...(await playIn(place, before, told))],
    openDoors: () => doors(place, after),
    liveOn: (enough) => liveOn(place, after, enough),
    stop: async () => {
      await after.stop();
      await before.stop();
      await place.stop();
    },
  };
};
