import type { RequestListener, ServerResponse } from 'node:http';
import {
  type Money,
  minutes,
  orderKeySchema,
  parseCurrency,
  parseDecimal,
  seconds,
  storeIdSchema,
} from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { openAccount } from './support/accounts.ts';
import { cryptoPayOf } from './support/crypto-pay.ts';
import { everything } from './support/ledger-file.ts';
import { serve } from './support/raw-server.ts';
import { openShop, startWorld, type World } from './support/world.ts';

const usd = (text: string): Money => {
  const [amount, currency] = [parseDecimal(text), parseCurrency('USD')];
  if (amount === undefined || currency === undefined) throw new Error(`${text} is no amount`);
  return { amount, currency };
};

/** A paired shop at this server, with orders that it has to be told of. */
const openSilentShop = async ({ bridge, simulators }: World, listener: RequestListener, settles: number) => {
  const { vault, ports } = bridge;
  const url = await serve(listener);
  const added = await vault.addStore({ name: 'Other', mode: 'test', platform: 'woocommerce', url });
  if (!added.ok) throw new Error(added.reason);
  const store = storeIdSchema.parse(added.store.id);
  await vault.setStorefrontCredentials(
    store,
    { consumerKey: 'ck_1', consumerSecret: 'cs_1' },
    { replace: false },
  );
  await vault.setPluginKey(store, { keyId: 'gwk_other', secret: 'a-secret-of-the-test' });
  const now = simulators.clock.now();
  const expected = usd('49.90');
  await ports.ledger.transact(async (tx) => {
    for (let n = 0; n < settles; n += 1) {
      const orderKey = orderKeySchema.parse(String(100 + n));
      const id = `settle-${n}`;
      const what = { kind: 'settle', claim: `claim-${n}`, transaction: `tx-${n}`, expected } as const;
      const row = { id, store, orderKey, invoice: null, note: '', ...what, createdAt: now } as const;
      await tx.instructions.insert({ ...row, state: 'pending', answer: null, doneAt: null });
      await tx.jobs.enqueue({ kind: 'tell-storefront', instruction: id, store }, now);
    }
  });
  const told = async (): Promise<number> => {
    const rows = await ports.ledger.transact((tx) =>
      Promise.all(Array.from({ length: settles }, (_, n) => tx.instructions.byId(`settle-${n}`))),
    );
    return rows.filter((row) => row?.state === 'done').length;
  };
  return { store, told };
};

const settled = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"outcome":"settled"}');
};

describe('a shop that does not answer', () => {
  test("takes two calls at a time, and another shop's order is settled meanwhile", async () => {
    const world = await startWorld();
    const shop = await openShop(world);
    await openAccount(world, shop.store, 'crypto-pay');
    const hanging: ServerResponse[] = [];
    const { told } = await openSilentShop(world, (_request, response) => hanging.push(response), 40);
    const working = world.bridge.work();
    await expect.poll(() => hanging.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const { id } = await shop.woo.shopper.placeOrder({ total: '49.90' });
    await shop.woo.shopper.pay(id);
    const gateway = cryptoPayOf(world);
    await gateway.shopper.pay(gateway.payments().at(-1)?.id ?? '');
    await expect.poll(() => shop.woo.orders(id)?.status, { timeout: 10_000 }).toBe('processing');
    expect(hanging.length).toBeLessThanOrEqual(2);
    let answered = 0;
    const answerAll = setInterval(() => {
      for (const response of hanging.splice(0)) settled(response);
      answered += 1;
    }, 5);
    await working;
    clearInterval(answerAll);
    expect(answered).toBeGreaterThan(0);
    expect(await told()).toBe(40);
  });
});

describe('a shop that fails', () => {
  const failing = async (settles: number) => {
    const world = await startWorld();
    const shop: { isWell: boolean; calls: number } = { isWell: false, calls: 0 };
    const listener: RequestListener = (_request, response) => {
      shop.calls += 1;
      if (shop.isWell) settled(response);
      else response.writeHead(502).end('<html>502</html>');
    };
    const opened = await openSilentShop(world, listener, settles);
    const callsIn = async (ms: number): Promise<number> => {
      const before = shop.calls;
      await world.simulators.clock.advance(ms);
      await world.bridge.work();
      return shop.calls - before;
    };
    return { world, shop, callsIn, ...opened };
  };

  test('is shown to a person after a while, and the items close themselves once it has been told', async () => {
    const { world, shop, callsIn, store, told } = await failing(2);
    const open = () => world.bridge.ports.ledger.transact((tx) => tx.reviews.count(store, 'open'));
    for (let quarter = 0; quarter < 6; quarter += 1) await callsIn(minutes(15));
    expect(await open()).toBe(2);
    shop.isWell = true;
    for (let quarter = 0; quarter < 6; quarter += 1) await callsIn(minutes(15));
    expect(await told()).toBe(2);
    expect(await open()).toBe(0);
  });

  test('is left alone after three failures in a row, then asked by one call at a time, more and more rarely', async () => {
    const { shop, callsIn } = await failing(30);
    expect(await callsIn(0)).toBeLessThanOrEqual(4);
    expect(await callsIn(seconds(5))).toBe(0);
    const probes: number[] = [];
    for (let i = 0; i < 12; i += 1) probes.push(await callsIn(minutes(5)));
    expect(probes.every((calls) => calls <= 1)).toBe(true);
    expect(probes.filter((calls) => calls === 1).length).toBeGreaterThan(5);
    expect(shop.calls).toBeLessThan(20);
  });

  test('hears of every order when it is back, and none was given up meanwhile', async () => {
    const { world, store, shop, callsIn, told } = await failing(5);
    const { ledger, clock } = world.bridge.ports;
    const orderKey = orderKeySchema.parse('7');
    await ledger.transact(async (tx) => {
      const total = usd('5.00');
      await tx.orders.put({ store, orderKey, mode: 'test', total, deadline: 1, state: 'open' });
      await tx.jobs.enqueue({ kind: 'follow-order', store, orderKey }, clock.now());
    });
    for (let i = 0; i < 130; i += 1) await callsIn(minutes(6));
    const waiting = everything(world).jobs as { dead_reason: string | null }[];
    expect(waiting.map(({ dead_reason }) => dead_reason)).toEqual(Array(6).fill(null));
    shop.isWell = true;
    for (let i = 0; i < 4; i += 1) await callsIn(minutes(6));
    expect(await told()).toBe(5);
  });
});
