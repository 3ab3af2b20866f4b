import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type GatewayId,
  type GatewaySimulators,
  startGatewaySimulators,
} from '@gatewright/gateway-simulator';
import {
  fixedTableSchema,
  type InstructionRow,
  type RandomBytes,
  rawHeaderLines,
  receiveWebhook,
  type Storefront,
  type StorefrontAnswer,
} from '@gatewright/payment-core';
import { openSqliteLedger } from '@gatewright/payment-ledger';
import { onTestFinished } from 'vitest';
import { medusaMoney } from '../fulfilment/medusa-money.ts';
import type { SessionPlace } from '../payment/find-collection.ts';
import { type StartResult, startPayment } from '../payment/start-payment.ts';
import { readMedusaConfig } from '../settings/medusa-config.ts';
import { faultText } from '../settings/setting-fault.ts';
import { type EngineOptions, type MedusaEngine, webhookBasePath } from './engine.ts';
import type { Market } from './markets.ts';
import { engineOn } from './open-engine.ts';
import { medusaTables } from './own-tables.ts';

/** The same bytes in every run. */
const countedBytes = (): RandomBytes => {
  let calls = 0;
  return (count) => {
    calls += 1;
    const parts: Buffer[] = [];
    for (let block = 0; block * 32 < count; block += 1)
      parts.push(createHash('sha256').update(`medusa ${calls} ${block}`).digest());
    return new Uint8Array(Buffer.concat(parts).subarray(0, count));
  };
};

export interface World {
  readonly engine: MedusaEngine;
  readonly simulators: GatewaySimulators;
  /** What the shop was told, in order; it answers `done` unless `answers` holds something else. */
  readonly told: InstructionRow[];
  readonly answers: StorefrontAnswer[];
  readonly log: string[];
  /** A payment session as core asks for one. */
  start(options?: Partial<Asked>): Promise<StartResult>;
}

export interface Asked {
  readonly session: string;
  readonly gateway: GatewayId | 'test';
  readonly cart: string | null;
  readonly collection: string;
  readonly amount: string;
  readonly currency: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A shop that believes everything; the real one is src/fulfilment, and its tests and the server's show it. */
const believingShop = (told: InstructionRow[], answers: StorefrontAnswer[]): Storefront => ({
  tell: async (instruction) => {
    told.push(instruction);
    return answers.shift() ?? { outcome: 'done' };
  },
});

/** The way of a webhook to the ledger, without Medusa's server in between. */
const listenForWebhooks = async (engine: () => MedusaEngine): Promise<string> => {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const { ports } = engine();
      const id = (request.url ?? '').slice(webhookBasePath.length + 1);
      const account = (await ports.directory.accountsOf(engine().settings.store.id)).find(
        (one) => one.id === id,
      );
      const { status } = await receiveWebhook(ports, account?.gateway ?? '', id, {
        headers: rawHeaderLines(request.rawHeaders),
        body: Buffer.concat(parts),
        receivedAt: ports.clock.now(),
      });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

export interface WorldOptions {
  readonly gateways?: readonly GatewayId[];
  /** Beside publicUrl and the sandbox. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly markets?: () => Promise<readonly Market[]>;
  /** Waits for nothing: what is worth a wait is given up at once. */
  readonly impatient?: boolean;
  /** Default: `shared`, with locks in memory. */
  readonly process?: Pick<EngineOptions, 'workerMode' | 'sharedLocking'>;
}

/** An engine on a ledger in a file, over simulated gateways on a clock that moves by `advance` alone. */
export const startWorld = async ({
  gateways = ['crypto-pay'],
  options = {},
  markets,
  impatient = false,
  process = { workerMode: 'shared', sharedLocking: false },
}: WorldOptions = {}): Promise<World> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-medusa-'));
  const simulators = await startGatewaySimulators({ gateways });
  let engine: MedusaEngine | undefined;
  const publicUrl = await listenForWebhooks(() => {
    if (engine === undefined) throw new Error('a webhook came before the engine was open');
    return engine;
  });
  const rates = fixedTableSchema.parse([
    { from: 'USD', to: 'EUR', value: '0.9' },
    { from: 'TON', to: 'EUR', value: '3' },
  ]);
  const random = countedBytes();
  const plugin = '@gatewright/medusa-payment-provider';
  const entries = [...gateways, 'test' as const].map((id) => ({
    resolve: `${plugin}/providers/gatewright`,
    id,
    options: { gateway: id, ...(id === 'test' ? {} : Object(simulators.gateways[id].config)) },
  }));
  const read = readMedusaConfig(
    {
      projectConfig: { databaseUrl: 'postgres://unused' },
      plugins: [
        {
          resolve: plugin,
          options: {
            publicUrl,
            storefrontUrls: ['https://shop.example'],
            sandbox: true,
            rates: { fixed: rates },
            ...options,
          },
        },
      ],
      modules: { payment: { options: { providers: entries } } },
    },
    random,
  );
  if (!read.ok) throw new Error(faultText(read.faults));
  const { clock } = simulators;
  const opened = await openSqliteLedger({
    path: join(folder, 'ledger.db'),
    clock,
    random,
    tables: medusaTables,
  });
  if (!opened.ok) throw new Error(opened.message);
  const told: InstructionRow[] = [];
  const answers: StorefrontAnswer[] = [];
  const log: string[] = [];
  const write = (message: string): void => void log.push(message);
  const running = engineOn(
    {
      settings: read.settings,
      ...process,
      storefront: () => believingShop(told, answers),
      ...(markets ? { markets } : {}),
      log: { info: write, warn: write, error: write },
      clock,
      random,
      sleep: impatient ? async () => undefined : (ms) => wait(ms),
      every: () => () => undefined,
    },
    opened,
  );
  engine = running;
  for (const id of gateways)
    simulators.gateways[id].setWebhookUrl(
      simulators.gateways[id].accountId,
      `${publicUrl}${webhookBasePath}/pp_gatewright_${id}`,
    );
  onTestFinished(async () => {
    await running.stop();
    await simulators.stop();
    await rm(folder, { recursive: true, force: true });
  });
  let sessions = 0;
  return {
    engine: running,
    simulators,
    told,
    answers,
    log,
    start(asked = {}) {
      sessions += 1;
      const { session = `payses_${sessions}`, gateway = 'crypto-pay', collection = 'paycol_1' } = asked;
      const cart = asked.cart === undefined ? 'cart_01ABCDEFGH' : asked.cart;
      const place: SessionPlace = { provider: `pp_gatewright_${gateway}`, collection, cart };
      const amount = medusaMoney(asked.amount ?? '24.99', asked.currency ?? 'EUR');
      if (amount === undefined) throw new Error('no amount');
      return startPayment(running, { session, place, amount, data: asked.data });
    },
  };
};

/** The result of a start that has to succeed. */
export const mustStart = async (starting: Promise<StartResult>) => {
  const started = await starting;
  if (!started.ok) throw new Error(`${started.reason}: ${started.message}`);
  return started;
};
