import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewaySimulators, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { createLog } from '@gatewright/operations';
import { minutes, type RandomBytes, type StoreId } from '@gatewright/payment-core';
import { startWooCommerce, type WooCommerceDouble } from '@gatewright/storefront-simulator';
import { onTestFinished } from 'vitest';
import type { Bridge } from '../../src/bridge.ts';
import { readEnv } from '../../src/env.ts';
import type { InboundSizes } from '../../src/http/inbound-limits.ts';
import { startBridge } from '../../src/start-bridge.ts';

/** The same bytes in every run. */
export const countedBytes = (seed: string): RandomBytes => {
  let calls = 0;
  return (count) => {
    const parts: Buffer[] = [];
    for (let block = 0; block * 32 < count; block += 1)
      parts.push(createHash('sha256').update(`${seed} ${calls} ${block}`).digest());
    calls += 1;
    return new Uint8Array(Buffer.concat(parts).subarray(0, count));
  };
};

export const sandboxKeys = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

export interface World {
  readonly simulators: GatewaySimulators;
  readonly bridge: Bridge;
  /** Every line the bridge has logged so far. */
  readonly log: () => string;
  /** The ledger's file. */
  readonly file: string;
}

export interface Shop {
  readonly woo: WooCommerceDouble;
  readonly store: StoreId;
  readonly webhookSecret: string;
}

export interface WorldOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The clock follows the machine's, and the bridge polls for jobs by itself, as in production. */
  readonly realTime?: boolean;
  readonly limits?: InboundSizes;
}

/** The simulated gateways and a bridge on their clock, with a ledger in a file; ended with the test. */
export const startWorld = async (options: WorldOptions = {}): Promise<World> => {
  const { realTime = false } = options;
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-bridge-'));
  const file = join(folder, 'ledger.db');
  const simulators = await startGatewaySimulators({ realTime });
  const lines: string[] = [];
  const read = readEnv({
    GATEWRIGHT_SANDBOX: '1',
    GATEWRIGHT_KEYS: sandboxKeys,
    DATABASE_URL: `sqlite:${file}`,
    PORT: '0',
    OPERATOR_PORT: '0',
    GATEWRIGHT_RATES:
      '[{"from":"USD","to":"EUR","value":"0.9"},{"from":"TON","to":"USD","value":"3"},{"from":"USDT","to":"USD","value":"1"}]',
    ...options.env,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const bridge = await startBridge({
    env: read.env,
    clock: simulators.clock,
    random: countedBytes('bridge'),
    background: realTime,
    ...(options.limits ? { limits: options.limits } : {}),
    log: createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } }),
  });
  onTestFinished(async () => {
    await bridge.stop();
    await simulators.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return { simulators, bridge, log: () => lines.join(''), file };
};

/** A shop with the plugin, paired and connected the way its owner does it. */
export const openShop = async (
  { simulators, bridge }: World,
  options: { readonly name?: string; readonly seed?: number } = {},
): Promise<Shop> => {
  const { name = 'Shop', seed = 1 } = options;
  const woo = await startWooCommerce({ clock: simulators.clock, seed });
  onTestFinished(() => woo.close());
  const added = await bridge.vault.addStore({ name, mode: 'test', platform: 'woocommerce', url: woo.url });
  if (!added.ok) throw new Error(added.reason);
  const store = added.store.id;
  const webhookSecret = `whsec-of-${name}-0123456789`;
  await bridge.vault.setStorefrontCredentials(store, { ...woo.restKeys, webhookSecret }, { replace: false });
  const code = await bridge.vault.issueCode('pairing', store, minutes(10));
  const paired = await woo.pairBridge(`${bridge.publicUrl}#${code}`);
  if (!paired.ok) throw new Error(JSON.stringify(paired));
  return { woo, store, webhookSecret };
};
