import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { startGatewaySimulators } from '@gatewright/gateway-simulator';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { type Replica, startReplica } from './support/replica.ts';
import {
  expectFulfilledOnce,
  fulfilmentOf,
  openShared,
  openShop,
  type PaidOrder,
  payOrder,
  pendingMessages,
  type Shared,
  type Shop,
  type Simulators,
  until,
  webhookSecret,
} from './support/replica-shop.ts';
import { storedBytes } from './support/stored-bytes.ts';
import { sandboxKeys } from './support/world.ts';

const databaseUrl = inject('postgresDatabases').bridge;

let shared: Shared;
let simulators: Simulators;
let replicas: Replica[];

beforeAll(async () => {
  shared = await openShared(databaseUrl);
  simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], realTime: true });
  replicas = await Promise.all(Array.from({ length: 3 }, () => startReplica(databaseUrl)));
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.kill()));
  await shared.close();
  await simulators.stop();
});

const replica = (i: number): Replica => {
  const found = replicas[i % replicas.length];
  if (found === undefined) throw new Error('no replica is running');
  return found;
};
const shopOf = (paired: Replica): Promise<Shop> => openShop(shared, simulators, paired);

/** As if the time of every lease had passed; the clocks of the processes go on as they are. */
const endAllLeases = () => shared.ledger.transact((tx) => tx.sql`update job_leases set until = 0`);

describe('three replicas on one PostgreSQL', () => {
  test('fulfil an order once for 100 parallel copies of its webhook, and answer each of them 2xx', async () => {
    const shop = await shopOf(replica(0));
    const { orderId, send } = await payOrder(shop);
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => send(replica(i))));
    expect(new Set(answers)).toEqual(new Set([200]));
    await expectFulfilledOnce(shop, orderId);
    await until(async () => (await pendingMessages(shop)) === 0, 15);
    expect(await shared.jobs.dead()).toEqual([]);
    expect(shop.woo.events.paymentComplete(orderId)).toBe(1);
  });

  test('fulfil it once when one stands still for longer than its lease in the middle of telling the shop', async () => {
    const [teller, others] = [replica(0), replicas.slice(1)];
    const shop = await shopOf(teller);
    const { orderId, send } = await payOrder(shop);
    for (const other of others) other.pause();
    onTestFinished(() => {
      for (const each of replicas) each.resume();
    });
    expect(await send(teller)).toBe(200);
    // The shop has settled; the answer is on its way.
    while (shop.woo.claim(orderId) === undefined) await nextTurn();
    teller.pause();
    expect(await fulfilmentOf(shop, orderId)).toEqual({ claim: 'held', settle: ['pending'] });
    for (const other of others) other.resume();
    await wait(1_500);
    // Its lease holds: nobody else tells the shop meanwhile.
    expect(await fulfilmentOf(shop, orderId)).toEqual({ claim: 'held', settle: ['pending'] });
    await endAllLeases();
    await expectFulfilledOnce(shop, orderId);
    // Longer than the server keeps a transaction that stands still.
    await wait(11_000);
    teller.resume();
    await wait(1_500);
    await expectFulfilledOnce(shop, orderId);
    const next = await payOrder(shop);
    expect(await next.send(teller)).toBe(200);
    await expectFulfilledOnce(shop, next.orderId);
  }, 60_000);

  test('read an invoice that is due by one of them', async () => {
    const shop = await shopOf(replica(0));
    const { id } = await shop.woo.shopper.placeOrder({ total: '49.90' });
    await shop.woo.shopper.pay(id);
    const { faults } = simulators.gateways['crypto-pay'];
    faults.add({ kind: 'latency', ms: 300, route: 'getInvoices', count: 50 });
    onTestFinished(() => faults.clear());
    const reads = (): number => {
      const [counter] = faults.pending();
      return 50 - (typeof counter?.count === 'number' ? counter.count : 0);
    };
    await shared.ledger.transact(
      (tx) => tx.sql`update invoices set next_read_at = case when account = ${shop.account.id} then 1 end`,
    );
    // Every replica polls once in this time.
    await wait(17_000);
    expect(reads()).toBe(1);
  }, 40_000);

  test('show no secret in their logs, their metrics, the database’s files or its log (invariant 15)', async () => {
    const shop = await shopOf(replica(0));
    const { orderId, send } = await payOrder(shop);
    expect(await send(replica(0))).toBe(200);
    await expectFulfilledOnce(shop, orderId);
    const [key] = await shared.vault.pluginKeysOf(shop.store);
    const { token } = z.object({ token: z.string() }).parse(shop.account.config);
    const secrets = [
      token,
      key?.secret,
      shop.woo.restKeys.consumerSecret,
      webhookSecret,
      sandboxKeys.slice(3),
    ];
    const metrics = await Promise.all(
      replicas.map(async ({ operatorUrl }) => (await fetch(`${operatorUrl}/metrics`)).text()),
    );
    const shown = [...replicas.map(({ output }) => output()), ...metrics].join('\n');
    const stored = storedBytes(inject('postgresFolder'));
    // What is no secret is found by the same search, so the search works.
    expect(shown).toContain('gatewright_webhooks_total');
    expect(stored.includes(shop.account.id)).toBe(true);
    for (const [i, secret] of secrets.entries()) {
      expect(secret, `secret ${i}`).toMatch(/.{16}/);
      expect(shown.includes(secret ?? '?'), `secret ${i} shown`).toBe(false);
      expect(stored.includes(secret ?? '?'), `secret ${i} stored`).toBe(false);
    }
  });

  test('take over from one that is asked to end, at once and without loss', async () => {
    const leaving = await startReplica(databaseUrl);
    const shop = await shopOf(leaving);
    const paid: PaidOrder[] = [];
    for (let i = 0; i < 12; i += 1) paid.push(await payOrder(shop));
    const statuses = await Promise.all(paid.map(({ send }) => send(leaving)));
    const code = await leaving.terminate();
    expect(statuses).toEqual(paid.map(() => 200));
    expect(code).toBe(0);
    for (const { orderId } of paid) await expectFulfilledOnce(shop, orderId);
  }, 60_000);
});
