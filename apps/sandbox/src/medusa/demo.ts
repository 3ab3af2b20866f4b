import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '@gatewright/payment-core';
import type { OpenDemo } from '../demo.ts';
import { openMedusaBase } from './base.ts';
import { type MedusaShop, openMedusaShop } from './medusa-shop.ts';
import { openPlace, type Place } from './place.ts';
import { playAll, timeOf } from './play-all.ts';
import { medusaScene } from './scene.ts';

/** Six virtual seconds a second, as in the WooCommerce demo. */
const virtualPerSecond = seconds(6);

const doors = async (place: Place, shop: MedusaShop): Promise<string> => {
  const lines: string[] = [];
  const share = timeOf(place).takePart();
  for (const gateway of shop.gateways) {
    const { page } = await medusaScene(place, shop, gateway, share).checkout();
    lines.push('', `${gateway}: a cart of 50.00 USD`, `  pay it    ${page}`);
  }
  const { email, password } = place.base.login;
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
  const share = timeOf(place).takePart();
  while (!enough.aborted) {
    await wait(1_000, undefined, { signal: enough }).catch(() => undefined);
    if (!enough.aborted) await share.pass(virtualPerSecond, shop.work);
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
  const { base, stop: stopBase } = await openMedusaBase(tell);
  const place = await openPlace(base);
  const stopAll = async (shops: readonly MedusaShop[]): Promise<void> => {
    for (const shop of shops) await shop.stop();
    await place.stop();
    await stopBase();
  };
  try {
    const { after, before } = await openShops(place, tell);
    return {
      playAll: (told) => playAll(place, [after, before], told),
      openDoors: () => doors(place, after),
      liveOn: (enough) => liveOn(place, after, enough),
      stop: () => stopAll([after, before]),
    };
  } catch (error) {
    await stopAll([]);
    throw error;
  }
};
