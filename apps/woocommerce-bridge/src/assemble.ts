import { setTimeout as wait } from 'node:timers/promises';
import {
  createLog,
  createMetrics,
  createOperatorApi,
  createOutgoing,
  createRates,
  type Metrics,
  type Outgoing,
} from '@gatewright/operations';
import {
  createAccountHealth,
  gatewayById,
  newRowId,
  type Ports,
  pooledRandom,
} from '@gatewright/payment-core';
import type { BridgeOptions } from './bridge.ts';
import { ticketFor } from './connect/connect-desk.ts';
import { createConnectStates } from './connect/states.ts';
import { createInboundLimits, defaultInboundSizes, type InboundLimits } from './http/inbound-limits.ts';
import type { ServerSettings } from './http/server.ts';
import { openOrRefuse } from './open.ts';
import type { Health } from './operations/health.ts';
import { createBridgePages, pageHost } from './pay/bridge-pages.ts';
import type { OperatorServer, PublicServer } from './servers.ts';
import { createShops, type Shops } from './storefront/assemble-storefront.ts';
import { version } from './version.ts';
import type { Intake } from './webhooks/intake.ts';
import { measuredStorefront } from './work.ts';

/** What changes while a bridge lives. */
interface Life {
  publicUrl: string;
  closing: boolean;
}

type Settings = BridgeOptions & Required<Pick<BridgeOptions, 'log' | 'sleep' | 'gateway'>>;

export const withDefaults = (options: BridgeOptions): Settings => ({
  ...options,
  random: pooledRandom(options.random),
  log: options.log ?? createLog({ level: options.env.logLevel }),
  sleep: options.sleep ?? ((ms, until) => wait(ms, undefined, { signal: until })),
  gateway: options.gateway ?? gatewayById,
});

/** A bridge's parts before it listens. */
export interface Assembly {
  readonly settings: Settings;
  readonly life: Life;
  readonly opened: Awaited<ReturnType<typeof openOrRefuse>>;
  readonly outgoing: Outgoing;
  readonly shops: Shops;
  readonly limits: InboundLimits;
  readonly metrics: Metrics;
}

/** @throws CannotStart when the ledger or its keys cannot be had */
export const assemble = async (settings: Settings): Promise<Assembly> => {
  const { env, clock, random, sleep, gateway, log } = settings;
  const opened = await openOrRefuse(env, clock, random, log);
  const outgoing = createOutgoing({
    egress: settings.egress,
    sandbox: env.sandbox,
    clock,
    random,
    sleep,
    gateway,
  });
  return {
    settings,
    life: { publicUrl: env.publicUrl ?? '', closing: false },
    opened,
    outgoing,
    shops: createShops({ ...opened, clock, random, sleep, http: outgoing.shops }),
    limits: createInboundLimits(clock, settings.limits ?? defaultInboundSizes),
    metrics: createMetrics(opened.ledger),
  };
};

export const portsOf = ({ settings, life, opened, outgoing, shops, metrics }: Assembly): Ports => {
  const { env, clock, random, gateway } = settings;
  const { vault } = opened;
  return {
    ledger: opened.ledger,
    directory: vault,
    storefront: measuredStorefront(shops.storefront, metrics),
    rates: settings.rates ?? createRates({ env, outgoing, directory: vault, clock, log: settings.log }),
    health: createAccountHealth(),
    clock,
    random,
    gateway,
    http: outgoing.gateway,
    webhookUrl: (account) => `${life.publicUrl}/webhooks/${account.gateway}/${account.id}`,
    sandbox: env.sandbox,
  };
};

const serverSettings = ({ settings, life, metrics }: Assembly): ServerSettings => ({
  log: settings.log,
  isClosing: () => life.closing,
  requestId: () => newRowId(settings.random),
  observe: metrics.http,
  trustedProxies: settings.env.trustedProxies,
});

const healthOf = ({ life, opened }: Assembly): Health => ({
  ledger: opened.ledger,
  isClosing: () => life.closing,
});

export const operatorServer = (assembly: Assembly, ports: Ports, kick: () => void): OperatorServer => ({
  settings: serverSettings(assembly),
  health: healthOf(assembly),
  metrics: assembly.metrics,
  operatorApi: createOperatorApi({
    api: { ports, kick },
    vault: assembly.opened.vault,
    clock: assembly.settings.clock,
  }),
});

export const publicServer = (
  assembly: Assembly,
  ports: Ports,
  kick: () => void,
  intake: Intake,
): PublicServer => {
  const { settings, life, opened, shops, limits, metrics } = assembly;
  const { clock, random, sleep, log } = settings;
  const { vault, changes, ledger } = opened;
  const states = createConnectStates(ledger, clock, random);
  const host = pageHost(ports, () => life.publicUrl, sleep);
  return {
    settings: serverSettings(assembly),
    health: healthOf(assembly),
    payPages: createBridgePages({ host, changes, vault, kick, log }),
    gatewayWebhooks: { ports, kick, intake, onAnswer: metrics.webhook },
    storeWebhooks: { ports, vault, kick, identities: shops.identities, limits },
    pluginApi: {
      vault,
      clock,
      limits,
      pairing: {
        vault,
        clock,
        random,
        onPaired: shops.connections.paired,
        connectUrl: async (store) =>
          (await vault.storefrontCredentials(store)) === undefined
            ? ticketFor({ states, publicUrl: () => life.publicUrl }, store)
            : null,
      },
      api: {
        ports,
        version,
        kick,
        findings: shops.connections.findings,
        pages: host,
        identities: shops.identities,
      },
    },
  };
};
