import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '@gatewright/payment-core';
import { total } from '../shopper/fifty-dollars.ts';
import type { Stage } from './stage.ts';

/** Six virtual seconds a second, as in the other demos. */
const virtualPerSecond = seconds(6);

const newShop = 'new.myshopify.com';

/** A browser that finds the simulated Shopify under its real names; its profile is its own. */
const browser = ({ shopify }: Stage): string =>
  `chromium --user-data-dir=/tmp/gatewright-demo-browser --ignore-certificate-errors --host-resolver-rules="MAP *.myshopify.com 127.0.0.1:${shopify.address.port}"`;

/** A shop to buy in, one that does not have the app yet, and a payment that was started. @returns what stays up, and where */
export const openDoors = async (stage: Stage): Promise<string> => {
  const { shop, shopify, app, apiKey, simulators, database } = stage;
  shopify.openShop({ domain: newShop });
  const started = await shop.checkout({ amount: total }).pay();
  if (!started.ok) throw new Error(`Shopify's checkout: ${started.reason}`);
  return [
    '',
    `a checkout of ${total} USD, to be paid in any browser`,
    `  pay it      ${started.redirectUrl}`,
    '',
    'Shopify itself, in a browser that finds it:',
    `  ${browser(stage)} https://${shop.domain}/`,
    `  shop window https://${shop.domain}/`,
    `  orders      https://${shop.domain}/admin/orders`,
    `  the app     https://${shop.domain}/admin/apps/${apiKey}`,
    `  payments    ${shop.merchant.settingsUrl}`,
    `  install it  https://${newShop}/admin/apps/${apiKey}`,
    '',
    `app         ${app.publicUrl}`,
    `sessions    https://127.0.0.1:${app.sessionPort} (mTLS)`,
    `metrics     ${app.operatorUrl}/metrics`,
    `simulators  ${simulators.control.url}`,
    `ledger      ${database}`,
    '',
    'Everything is on this machine. Time runs six times as fast. Ctrl+C ends it.',
  ].join('\n');
};

/** Lets time pass until somebody has had enough. */
export const liveOn = async ({ simulators, work }: Stage, enough: AbortSignal): Promise<void> => {
  while (!enough.aborted) {
    await wait(1_000, undefined, { signal: enough }).catch(() => undefined);
    if (enough.aborted) return;
    await simulators.clock.advance(virtualPerSecond);
    await work();
  }
};
