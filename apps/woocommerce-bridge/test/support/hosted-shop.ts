import type { Account, StoreId } from '@gatewright/payment-core';
import { startWooCommerce, type WooCommerceDouble } from '@gatewright/storefront-simulator';
import { expect, onTestFinished } from 'vitest';
import { openAccount } from './accounts.ts';
import type { World } from './world.ts';

/** A shop where plugins cannot be installed, connected by its REST keys alone. */
export interface HostedShop {
  readonly woo: WooCommerceDouble;
  readonly store: StoreId;
  readonly account: Account;
}

/** @param restOnly the owner's settings of the mode; null: switched off */
export const openHostedShop = async (
  world: World,
  restOnly: unknown = { methods: ['bacs'] },
): Promise<HostedShop> => {
  const { simulators, bridge } = world;
  const woo = await startWooCommerce({ clock: simulators.clock, seed: 7, plugin: false });
  onTestFinished(() => woo.close());
  const added = await bridge.vault.addStore({
    name: 'Hosted',
    mode: 'test',
    platform: 'woocommerce',
    url: woo.url,
    settings: { restOnly },
  });
  if (!added.ok) throw new Error(added.reason);
  const store = added.store.id;
  await bridge.vault.setStorefrontCredentials(store, woo.restKeys, { replace: false });
  const account = await openAccount(world, store, 'crypto-pay');
  await bridge.watch();
  return { woo, store, account };
};

/** WP-Cron runs and the bridge does what came of it. */
export const deliver = async ({ bridge }: World, { woo }: HostedShop): Promise<void> => {
  for (const { result } of await woo.runCron()) expect(result).toEqual({ ok: true, status: 200 });
  await bridge.work();
};

/** The links to pay that the customer of an order was sent. */
export const linksIn = ({ woo }: HostedShop, orderId: number): string[] =>
  woo
    .notes(orderId)
    .filter(({ customerNote }) => customerNote)
    .map(({ text }) => /https?:\/\/\S+\/pay\/[\w-]{22}/.exec(text)?.[0] ?? '');

/** The shopper's choice on the page. */
export const choose = async ({ account }: HostedShop, link: string): Promise<Response> =>
  fetch(`${link}/choose`, {
    method: 'POST',
    body: new URLSearchParams({ account: account.id }),
    redirect: 'manual',
  });
