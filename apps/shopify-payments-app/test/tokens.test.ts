import { hours, minutes } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import {
  choose,
  giveToken,
  installShop,
  openAccount,
  startSession,
  startWorld,
  type World,
} from './support/world.ts';

const refreshes = ({ shopify }: World): number =>
  shopify.journal.filter((entry) => entry.kind === 'token' && entry.grant === 'refresh').length;

/** Payments of several checkouts, made while the app could not be told of them. */
const paidAtOnce = async (world: World, count: number) => {
  const installed = await installShop(world);
  const account = await openAccount(world, installed, 'crypto-pay');
  const { payments, shopper } = world.simulators.gateways['crypto-pay'];
  for (let index = 0; index < count; index += 1) {
    const { redirectUrl } = await startSession(installed, `${index + 10}.00`);
    await choose(redirectUrl, account);
    await shopper.pay(payments().at(-1)?.id ?? '');
  }
  return installed;
};

test('a token that has ended is refreshed once for all who need it', async () => {
  const world = await startWorld();
  const { shop } = await paidAtOnce(world, 3);
  await world.simulators.clock.advance(hours(2));
  await world.app().work();
  expect(shop.payments().map(({ state }) => state.code)).toEqual(['resolved', 'resolved', 'resolved']);
  expect(refreshes(world)).toBe(1);
});

test('a token is refreshed before it ends', async () => {
  const world = await startWorld();
  const { shop } = await paidAtOnce(world, 1);
  await world.simulators.clock.advance(minutes(57));
  await world.app().work();
  expect(shop.payments()[0]?.state.code).toBe('resolved');
  expect(refreshes(world)).toBe(1);
});

test('a refresh whose answer is lost is asked for again with the old token', async () => {
  const world = await startWorld();
  const { shop } = await paidAtOnce(world, 1);
  await world.simulators.clock.advance(hours(2));
  world.shopify.faults.add({ kind: 'drop', on: 'token', when: 'after-commit' });
  await world.app().work();
  for (let round = 0; round < 10; round += 1) {
    await world.simulators.clock.advance(minutes(5));
    await world.app().work();
  }
  expect(shop.payments()[0]?.state.code).toBe('resolved');
});

test('after an uninstall nothing is sent, nothing is lost, and an installation brings it back', async () => {
  const world = await startWorld();
  const { shop, row } = await paidAtOnce(world, 1);
  shop.merchant.uninstall();
  await world.app().shops.uninstall(row.domain);
  const before = world.shopify.journal.length;
  await world.app().work();
  expect(world.shopify.journal.slice(before).filter(({ kind }) => kind === 'graphql')).toEqual([]);
  await world.app().shops.install(row.domain);
  await giveToken(world, shop, row);
  await world.simulators.clock.advance(hours(5));
  await world.app().work();
  expect(shop.payments()[0]?.state.code).toBe('resolved');
});
