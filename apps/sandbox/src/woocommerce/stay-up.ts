import { setTimeout as wait } from 'node:timers/promises';
import { seconds } from '@gatewright/payment-core';
import type { Stage } from './stage.ts';

/** Six virtual seconds a second: an invoice lives for five minutes, nineteen confirmations take half a minute. */
const virtualPerSecond = seconds(6);

const openOrder = async (stage: Stage, what: string, choice: { gateway?: string } = {}) => {
  const order = await stage.shop.shopper.placeOrder({ total: '50.00' });
  const { redirectUrl } = await stage.shop.shopper.pay(order.id, choice);
  const thanks = `${stage.shop.url}/checkout/order-received/${order.id}/?key=${order.orderKey}`;
  return [
    '',
    `${what}: order ${order.id} of 50.00 USD`,
    `  pay it    ${redirectUrl}`,
    `  see it    ${thanks}`,
  ];
};

/**
 * An order whose shopper has the choice, "Test payment" among it, and one per gateway: a person can pay them, pay less,
 * or let them expire.
 */
const openOrders = async (stage: Stage): Promise<readonly string[]> => {
  const lines = await openOrder(stage, 'choose how to pay');
  for (const gateway of stage.gateways) lines.push(...(await openOrder(stage, gateway, { gateway })));
  return lines;
};

/** What stays up after the table, and where. */
export const openDoors = async (stage: Stage): Promise<string> =>
  [
    ...(await openOrders(stage)),
    '',
    `shop        ${stage.shop.url}`,
    `bridge      ${stage.bridge.publicUrl}`,
    `metrics     ${stage.bridge.operatorUrl}/metrics`,
    `simulators  ${stage.simulators.control.url}`,
    `ledger      ${stage.database}`,
    '',
    'Everything is on this machine. Time runs six times as fast. Ctrl+C ends it.',
  ].join('\n');

/** Lets time pass until somebody has had enough. */
export const liveOn = async (stage: Stage, enough: AbortSignal): Promise<void> => {
  while (!enough.aborted) {
    await wait(1_000, undefined, { signal: enough }).catch(() => undefined);
    if (!enough.aborted) await stage.pass(virtualPerSecond);
  }
};
