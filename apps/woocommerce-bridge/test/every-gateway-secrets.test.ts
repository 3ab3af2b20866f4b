import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type GatewayId, gatewayIds, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { type Account, gatewayById, minutes, newTestGatewayConfig } from '@gatewright/payment-core';
import { openLedger, parseKeyRing, type Vault } from '@gatewright/payment-ledger';
import { startWooCommerce } from '@gatewright/storefront-simulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { callOperator } from './support/operator-call.ts';
import { openRatesEndpoint } from './support/rates-endpoint.ts';
import { formsOf, leaksOf, type Secrets } from './support/secret-forms.ts';

const ringKeys = [randomBytes(32), randomBytes(32)] as const;
const keyRing = ringKeys.map((key, i) => `k${i}:${key.toString('base64')}`).join(',');
const startedLine = z.object({ publicUrl: z.string(), operatorUrl: z.string() });

interface BridgeProcess {
  readonly publicUrl: string;
  readonly operatorUrl: string;
  /** Everything it has printed, on both streams. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

const addressesIn = async (child: ChildProcess, output: () => string) => {
  while (!output().includes('bridge started') && child.exitCode === null) await wait(20);
  const line = output()
    .split('\n')
    .find((candidate) => candidate.includes('bridge started'));
  return startedLine.parse(JSON.parse(line ?? '{}'));
};

/** The bridge as its operator starts it, as talkative as it can be. */
const startBridgeProcess = async (file: string, ratesUrl: string): Promise<BridgeProcess> => {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const aliases = new URL('support/source-aliases.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', aliases, main], {
    env: {
      DATABASE_URL: `sqlite:${file}`,
      GATEWRIGHT_KEYS: keyRing,
      GATEWRIGHT_SANDBOX: '1',
      GATEWRIGHT_RATES_URL: ratesUrl,
      LOG_LEVEL: 'trace',
      PORT: '0',
      OPERATOR_PORT: '0',
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const ended = once(child, 'close');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  onTestFinished(stop);
  return { ...(await addressesIn(child, () => text)), output: () => text, stop };
};

const openScene = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-secrets-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'ledger.db');
  const simulators = await startGatewaySimulators({ realTime: true, knobs: { confirmationMs: 20 } });
  onTestFinished(simulators.stop);
  const endpoint = await openRatesEndpoint();
  const bridge = await startBridgeProcess(file, endpoint.url);
  const keys = parseKeyRing(keyRing);
  if (!keys.ok) throw new Error(keys.message);
  const { clock } = simulators;
  const opened = await openLedger(`sqlite:${file}`, { clock, random: randomBytes, keys: keys.ring });
  if (!opened.ok) throw new Error(opened.message);
  onTestFinished(opened.close);
  return { folder, file, simulators, endpoint, bridge, vault: opened.vault };
};

type Scene = Awaited<ReturnType<typeof openScene>>;

const storeName = 'canary-of-the-store-name';

const openShop = async ({ simulators, bridge, vault }: Scene) => {
  const woo = await startWooCommerce({ clock: simulators.clock });
  onTestFinished(() => woo.close());
  const added = await vault.addStore({
    name: storeName,
    mode: 'test',
    platform: 'woocommerce',
    url: woo.url,
  });
  if (!added.ok) throw new Error(added.reason);
  const { id: store } = added.store;
  const webhookSecret = `whsec-${randomBytes(24).toString('hex')}`;
  await vault.setStorefrontCredentials(store, { ...woo.restKeys, webhookSecret }, { replace: false });
  const code = await vault.issueCode('pairing', store, minutes(10));
  expect(await woo.pairBridge(`${bridge.publicUrl}#${code}`)).toMatchObject({ ok: true });
  const operator = await vault.addOperator(store, 'ann');
  if (!operator.ok) throw new Error(operator.reason);
  return { woo, store, webhookSecret, code, token: operator.token };
};

type Shop = Awaited<ReturnType<typeof openShop>>;

const addAccount = async (
  vault: Vault,
  { store }: Shop,
  gateway: string,
  config: unknown,
): Promise<Account> => {
  const added = await vault.addAccount({ store, gateway, mode: 'test', config });
  if (!added.ok) throw new Error(added.reason);
  return added.account;
};

/** Every way on which the bridge handles this account's secrets: asking, being told, refusing, being refused. */
const useGateway = async (scene: Scene, shop: Shop, gateway: GatewayId): Promise<Account> => {
  const { simulators, bridge, vault } = scene;
  const simulator = simulators.gateways[gateway];
  const created = simulator.createAccount();
  const account = await addAccount(vault, shop, gateway, created.config);
  simulator.setWebhookUrl(created.accountId, `${bridge.publicUrl}/webhooks/${gateway}/${account.id}`);
  const [network] = gatewayById(gateway)?.methods ?? [];
  const choice = { gateway, ...(network ? { network } : {}) };
  simulator.faults.add({ kind: 'status', status: 500, count: 2 });
  const { id: broken } = await shop.woo.shopper.placeOrder({ total: '11.00' });
  await shop.woo.shopper.tryPay(broken, choice);
  simulator.faults.clear();
  const { id: orderId } = await shop.woo.shopper.placeOrder({ total: '49.90' });
  const { redirectUrl } = await shop.woo.shopper.pay(orderId, choice);
  expect((await fetch(redirectUrl)).status).toBe(200);
  const id = simulator.payments().at(-1)?.id ?? '';
  expect(await simulator.shopper.pay(id, gateway === 'ton-nft' ? { amount: '16.634' } : {})).toEqual({
    ok: true,
  });
  const isTold = () => simulator.deliveries().some(({ status }) => status === 200);
  for (let tries = 0; tries < 500 && !isTold(); tries += 1) await wait(20);
  expect(isTold()).toBe(true);
  // Whoever has the secrets and sends them in a body and in the address is a stranger all the same.
  const webhook = `${bridge.publicUrl}/webhooks/${gateway}/${account.id}`;
  const body = JSON.stringify(account.config);
  const leaked = `${webhook}?config=${encodeURIComponent(body)}`;
  for (const url of [webhook, leaked])
    expect((await fetch(url, { method: 'POST', body })).status).toBeGreaterThanOrEqual(400);
  return account;
};

const configText = z.record(z.string(), z.unknown());

/** What an account's configuration has of secrets, and what is as good as one: the digest that some gateways sign with. */
const secretsOfAccount = ({
  gateway,
  config,
}: Account): readonly (readonly [string, string | Uint8Array])[] =>
  Object.entries(configText.parse(config)).flatMap(([field, value]) => {
    if (typeof value !== 'string' || value.length < 16 || value.startsWith('http')) return [];
    const named = `${gateway} ${field}`;
    const key = value.replace(/^base64:|^\d+:/, '');
    return [
      [named, value] as const,
      [`${named} without its prefix`, key] as const,
      [`${named} decoded`, Buffer.from(key, 'base64')] as const,
      [`${named} as a signing key`, createHash('sha256').update(value).digest()] as const,
    ];
  });

const secretsOf = async (vault: Vault, shop: Shop, accounts: readonly Account[]): Promise<Secrets> => {
  const pluginKeys = await vault.pluginKeysOf(shop.store);
  const stored = configText.parse(await vault.storefrontCredentials(shop.store));
  return new Map([
    ...accounts.flatMap(secretsOfAccount),
    ...pluginKeys.map(({ keyId, secret }) => [`plugin key ${keyId}`, secret] as const),
    ...Object.entries(stored).map(([field, value]) => [`stored ${field}`, String(value)] as const),
    ...Object.entries(shop.woo.restKeys).map(([field, value]) => [`the shop's ${field}`, value] as const),
    ['webhook secret', shop.webhookSecret],
    ['operator token', shop.token],
    ['its secret half', shop.token.replace(/^.*\./, '')],
    ['pairing code', shop.code],
    ["the rate endpoint's key", 'secret-of-the-endpoint'],
    ...ringKeys.map((key, i) => [`key ${i} of the ring`, key] as const),
    ...ringKeys.map((key, i) => [`key ${i} of the ring, as text`, key.toString('base64')] as const),
  ]);
};

const get = async (url: string): Promise<string> => (await fetch(url)).text();

/** The files of the ledger, each by its name, as they lie on the disk at this moment. */
const filesIn = async (folder: string): Promise<Record<string, Buffer>> => {
  const names = await readdir(folder);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
};

/** @param secret in place of the key's own */
const connectTo = async (
  { publicUrl }: BridgeProcess,
  { vault }: Scene,
  { woo, store }: Shop,
  secret?: string,
): Promise<void> => {
  const [key] = await vault.pluginKeysOf(store);
  if (key === undefined) throw new Error('the shop is not paired');
  woo.connectBridge({ url: publicUrl, keyId: key.keyId, secret: secret ?? key.secret });
};

/** An operator and strangers at both listeners, the test gateway's page, and a plugin that signs with a key that is not its own. */
const useTheRest = async (scene: Scene, shop: Shop): Promise<void> => {
  const { bridge } = scene;
  const reviews = `/v1/stores/${shop.store}/reviews`;
  expect((await callOperator(bridge.operatorUrl, reviews, { token: shop.token })).status).toBe(200);
  const wrongToken = `${shop.token.slice(0, -1)}_`;
  expect((await callOperator(bridge.operatorUrl, reviews, { token: wrongToken })).status).toBe(401);
  expect((await callOperator(bridge.publicUrl, `${reviews}?token=${shop.token}`)).status).toBe(404);
  const { id } = await shop.woo.shopper.placeOrder({ total: '5.00' });
  const { redirectUrl } = await shop.woo.shopper.pay(id, { gateway: 'test' });
  expect((await fetch(redirectUrl)).status).toBe(200);
  await connectTo(bridge, scene, shop, 'of-somebody-else');
  expect(await shop.woo.bridge()?.hello()).toMatchObject({ ok: false });
  await connectTo(bridge, scene, shop);
};

const rates = (now: number): string => {
  const at = new Date(now).toISOString();
  return JSON.stringify({
    rates: [
      { from: 'TON', to: 'USD', value: '3', at },
      { from: 'USDT', to: 'USD', value: '1', at },
    ],
  });
};

describe('nothing secret is readable (invariant 15)', () => {
  test('in the ledger, its write-ahead log, what the process prints, and its metrics', async () => {
    const scene = await openScene();
    const { folder, file, simulators, endpoint, bridge, vault } = scene;
    const shop = await openShop(scene);
    endpoint.answer = rates(simulators.clock.now());
    const accounts = [await addAccount(vault, shop, 'test', newTestGatewayConfig(randomBytes))];
    for (const gateway of gatewayIds) accounts.push(await useGateway(scene, shop, gateway));
    expect(endpoint.asked).toBe(1);
    const cryptoPay = accounts.find(({ gateway }) => gateway === 'crypto-pay');
    if (cryptoPay === undefined) throw new Error('no account of Crypto Pay');
    await useTheRest(scene, shop);

    // The next process meets an endpoint that is down.
    endpoint.answer = 503;
    const second = await startBridgeProcess(file, endpoint.url);
    await connectTo(second, scene, shop);
    expect(await shop.woo.bridge()?.offer('49.90', 'EUR', 'en')).toMatchObject({ ok: true });
    expect(endpoint.asked).toBe(2);
    const log = (): string => bridge.output() + second.output();

    const secrets = await secretsOf(vault, shop, accounts);
    for (const account of accounts) expect(secretsOfAccount(account).length).toBeGreaterThan(0);
    const running = await filesIn(folder);
    expect(new Set(Object.keys(running))).toEqual(new Set(['ledger.db', 'ledger.db-shm', 'ledger.db-wal']));
    const shown = {
      metrics: await get(`${bridge.operatorUrl}/metrics`),
      attention: JSON.stringify(await shop.woo.bridge()?.attention()),
    };
    expect(leaksOf(secrets, { ...running, ...shown, log: log() })).toEqual([]);

    // What is there to be read is found, in each of these places.
    const readable: Secrets = new Map([
      ['store name', storeName],
      ['account', cryptoPay.id],
      ['gateway', 'crypto-pay'],
    ]);
    const found = leaksOf(readable, {
      ledger: Buffer.concat(Object.values(running)),
      ...shown,
      log: log(),
    });
    expect(found).toEqual(
      expect.arrayContaining(['store name, raw: ledger', 'gateway, raw: log', 'gateway, raw: metrics']),
    );

    await Promise.all([bridge.stop(), second.stop()]);
    expect(leaksOf(secrets, { ...(await filesIn(folder)), log: log() })).toEqual([]);

    // A secret that somebody writes down is found in the write-ahead log first, and later in the file.
    const database = new DatabaseSync(file);
    onTestFinished(() => database.close());
    database.exec('create table written_down (text text)');
    database.prepare('insert into written_down values (?)').run(shop.webhookSecret);
    expect(leaksOf(secrets, await filesIn(folder))).toContain('webhook secret, raw: ledger.db-wal');
    database.exec('pragma wal_checkpoint(truncate)');
    expect(leaksOf(secrets, await filesIn(folder))).toContain('webhook secret, raw: ledger.db');
  }, 120_000);

  test('the search finds a secret in each of its forms, and in the middle of something encoded', () => {
    const secret = randomBytes(32);
    for (const [form, bytes] of formsOf(secret))
      expect(
        leaksOf(new Map([['it', secret]]), {
          here: Buffer.concat([Buffer.from('a'), bytes, Buffer.from('z')]),
        }),
      ).toContain(`it, ${form}: here`);
    for (const before of ['', 'c', 'ck', 'ck_'])
      expect(
        leaksOf(new Map([['it', 'cs_0123456789abcdef']]), {
          here: Buffer.from(`${before}cs_0123456789abcdef:`).toString('base64'),
        }),
      ).not.toEqual([]);
    expect(leaksOf(new Map([['it', secret]]), { here: randomBytes(4_096) })).toEqual([]);
  });
});
