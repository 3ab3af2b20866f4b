import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describeStorefront, type ShopTrouble, type ShopView } from '@gatewright/conformance';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import {
  type HttpClient,
  minutes,
  type OrderKey,
  orderKeySchema,
  type Storefront,
} from '@gatewright/payment-core';
import { openLedger, parseKeyRing } from '@gatewright/payment-ledger';
import { type OrderStatus, startWooCommerce, type WooCommerceDouble } from '@gatewright/storefront-simulator';
import { bridgeTables } from '../src/bridge-tables.ts';
import { createShops, type ShopParts } from '../src/storefront/assemble-storefront.ts';
import { countedBytes } from './support/world.ts';

let now = 1_795_248_830_000;
const clock = { now: () => now };
const random = countedBytes('storefront-conformance');
const sleep: ShopParts['sleep'] = (ms, until) => wait(ms, undefined, { signal: until });

/** The ledger's vault with one paired store in it. */
const openVault = async (woo: WooCommerceDouble) => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-storefront-'));
  const keys = parseKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`);
  if (!keys.ok) throw new Error(keys.message);
  const opened = await openLedger(`sqlite:${join(folder, 'ledger.db')}`, {
    clock,
    random,
    keys: keys.ring,
    tables: bridgeTables,
  });
  if (!opened.ok) throw new Error(opened.message);
  const { vault } = opened;
  const added = await vault.addStore({ name: 'Shop', mode: 'test', platform: 'woocommerce', url: woo.url });
  if (!added.ok) throw new Error(added.reason);
  const store = added.store.id;
  await vault.setStorefrontCredentials(store, woo.restKeys, { replace: false });
  const key = { keyId: 'gwk_1', secret: Buffer.from(random(32)).toString('base64url') };
  await vault.setPluginKey(store, key);
  woo.connectBridge({ url: 'http://127.0.0.1:9', ...key });
  const close = async (): Promise<void> => {
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { opened, vault, store, close };
};

/** The line to the shop; a trouble hits the next call. */
const troubledLine = (): { readonly http: HttpClient; trouble(next: ShopTrouble): void } => {
  const client = createNodeHttpClient({
    sandbox: true,
    clock,
    sleep: async () => undefined,
    random: () => 0.5,
  });
  const troubles: ShopTrouble[] = [];
  return {
    trouble: (next) => void troubles.push(next),
    http: async (request) => {
      // Losing the answer of a read loses nothing: it is the next write's that counts.
      const waits = troubles[0] === 'answer-lost' && request.method === 'GET';
      const trouble = waits ? undefined : troubles.shift();
      if (trouble === 'unreachable') return { outcome: 'unavailable', reason: 'not-sent' };
      const answer = await client(request);
      return trouble === 'answer-lost' ? { outcome: 'ambiguous', reason: 'timeout-after-send' } : answer;
    },
  };
};

const stateOf = (status: OrderStatus | undefined): ShopView['state'] => {
  switch (status) {
    case 'pending':
      return 'pending';
    case 'on-hold':
      return 'held';
    case 'processing':
    case 'completed':
      return 'paid';
    case 'cancelled':
      return 'canceled';
    case 'failed':
      return 'failed';
    case 'refunded':
      return 'refunded';
    default:
      throw new Error(`an order of the story is ${status ?? 'gone'}`);
  }
};

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#039;': "'",
  '&#39;': "'",
  '&amp;': '&',
};

/** WooCommerce shows a note as HTML. */
const asRead = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|amp|#0?39);/g, (entity) => entities[entity] ?? entity);

/** Jobs come back when the shop may be asked again. */
const patient = (storefront: Required<Storefront>): Required<Storefront> => ({
  ...storefront,
  tell: (instruction, invoice) => {
    now += minutes(6);
    return storefront.tell(instruction, invoice);
  },
});

/** By our own method through the plugin, or by a bank transfer that stands for ours in a shop without it. */
const openWooCommerce = async (method: 'gatewright' | 'bacs') => {
  const woo = await startWooCommerce({ clock, seed: 1 });
  const { opened, vault, store, close } = await openVault(woo);
  if (method === 'bacs') await vault.setSettings(store, { restOnly: { methods: ['bacs'] } });
  const { http, trouble } = troubledLine();
  const person = woo.merchant;
  return {
    storefront: patient(createShops({ ...opened, clock, random, http, sleep }).storefront),
    store,
    missingOrder: orderKeySchema.parse('999999'),
    placeOrder: async ({ total }: { readonly total: string }) =>
      orderKeySchema.parse(String((await woo.shopper.placeOrder({ total, method })).id)),
    look: async (orderKey: OrderKey): Promise<ShopView> => ({
      state: stateOf(woo.orders(Number(orderKey))?.status),
      fulfilments: woo.events.emails('Processing order', Number(orderKey)),
      notes: woo.notes(Number(orderKey)).map(({ text }) => asRead(text)),
    }),
    person: {
      editTotal: async (orderKey: OrderKey, total: string) =>
        void (await person.editTotal(Number(orderKey), total)),
      editCurrency: async (orderKey: OrderKey, currency: string) =>
        void (await person.editCurrency(Number(orderKey), currency)),
      cancel: async (orderKey: OrderKey) => void (await person.cancel(Number(orderKey))),
      reopen: async (orderKey: OrderKey) => void (await person.setStatus(Number(orderKey), 'pending')),
      payOtherwise: async (orderKey: OrderKey) =>
        void (await person.setStatus(Number(orderKey), 'processing')),
      refund: async (orderKey: OrderKey, amount: string) =>
        void (await person.refund(Number(orderKey), amount, { api: false })),
    },
    trouble: { unreachable: () => trouble('unreachable'), 'answer-lost': () => trouble('answer-lost') },
    close: async () => {
      await woo.close();
      await close();
    },
  };
};

describeStorefront({
  name: 'the WooCommerce storefront',
  readsOrders: true,
  open: () => openWooCommerce('gatewright'),
});
describeStorefront({
  name: 'the WooCommerce storefront in REST-only mode',
  readsOrders: true,
  open: () => openWooCommerce('bacs'),
});
