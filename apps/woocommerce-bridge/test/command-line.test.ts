import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gatewright } from './support/gatewright-process.ts';
import { callOperator } from './support/operator-call.ts';
import { underpaidOrder } from './support/review-item.ts';
import { startWorld } from './support/world.ts';

/** The bridge polls on the machine's own timers. */
const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 500 && !holds(); tries += 1) await wait(20);
};

test('a decision on the command line reaches the shop through the bridge that is running', async () => {
  const world = await startWorld({ realTime: true });
  const { woo, store, review, orderId } = await underpaidOrder(world);
  const explained = await gatewright(world, ['review', 'explain', review.id, '--store', store]);
  expect(explained).toMatchObject({ code: 0, out: expect.stringContaining('--accept 50.00') });
  expect(woo.orders(orderId)?.status).toBe('on-hold');
  const decision = ['--accept', '50.00', '--by', 'ann', '--reason', 'agreed'];
  const resolved = await gatewright(world, ['review', 'resolve', review.id, '--store', store, ...decision]);
  expect(resolved).toMatchObject({ code: 0, out: expect.stringContaining('50.00 USD') });
  await until(() => woo.events.paymentComplete(orderId) > 0);
  await world.bridge.work();
  expect(woo.orders(orderId)?.status).toBe('processing');
  expect(woo.events.paymentComplete(orderId)).toBe(1);
}, 60_000);

test('a token made on the command line opens the running bridge until it is revoked there', async () => {
  const world = await startWorld({ realTime: true });
  const { store } = await underpaidOrder(world);
  const added = await gatewright(world, ['operator', 'add', '--store', store, '--name', 'ann']);
  const token = added.out.trim();
  const list = () => callOperator(world.bridge.operatorUrl, `/v1/stores/${store}/reviews`, { token });
  expect(await list()).toMatchObject({ status: 200, body: { items: [{ kind: 'underpaid' }] } });
  const operators = await gatewright(world, ['operator', 'list', '--store', store, '--json']);
  const { id } = JSON.parse(operators.out);
  expect(await gatewright(world, ['operator', 'revoke', id])).toMatchObject({ code: 0 });
  expect(await list()).toMatchObject({ status: 401 });
}, 60_000);
