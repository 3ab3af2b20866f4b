import { setTimeout as wait } from 'node:timers/promises';
import {
  type Clock,
  createFixedRates,
  type Egress,
  gatewayById,
  newRowId,
  type Ports,
  type RandomBytes,
  type RateSource,
  type ReconcileReport,
  type RegisteredGateway,
  reconcile,
} from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import { everyInterval, startBackground } from './background.ts';
import type { BridgeEnv } from './env.ts';
import type { ServerSettings } from './http/server.ts';
import { bind, openOrRefuse } from './open.ts';
import { createLog } from './operations/log.ts';
import { createMetrics, type Metrics } from './operations/metrics.ts';
import { countOpenReviews } from './operations/open-reviews.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import { createOperatorServer, createPublicServer, type PublicServer } from './servers.ts';
import { type ConnectionFindings, createConnectionFindings } from './storefront/connection-findings.ts';
import { createWooCommerceStorefront } from './storefront/woocommerce-storefront.ts';
import { version } from './version.ts';
import { createWork, measuredStorefront } from './work.ts';

export interface BridgeOptions {
  readonly env: BridgeEnv;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Default: JSON lines on standard output at `env.logLevel`. */
  readonly log?: Logger;
  /** Default: the system's resolver and sockets. */
  readonly egress?: Egress;
  /** Default: `env.rates`. */
  readonly rates?: RateSource;
  /** Default: every gateway of the core. */
  readonly gateway?: (id: string) => RegisteredGateway | undefined;
  /** Real waiting, for retries and for a checkout that is under way. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Polls for due jobs and reconciles on wall time. Without it only webhooks, `work` and `reconcile` move things. */
  readonly background?: boolean;
}

/** A running bridge. */
export interface Bridge {
  /** Origin of the public listener as others reach it. */
  readonly publicUrl: string;
  /** Origin of the operator's listener: /metrics, /healthz, /readyz. */
  readonly operatorUrl: string;
  /** Where the ledger is, without credentials. */
  readonly location: string;
  readonly vault: Vault;
  readonly ports: Ports;
  /** Runs every job that is due at the clock's now, and what becomes due by that, before it resolves. */
  work(): Promise<void>;
  /** One round of reconcile, and the work that follows from it. */
  reconcile(): Promise<ReconcileReport>;
  /** Takes no more requests, answers those under way, ends the running jobs, closes the ledger. */
  stop(): Promise<void>;
}

/** What changes while a bridge lives. */
interface Life {
  publicUrl: string;
  closing: boolean;
}

type Settings = BridgeOptions & Required<Pick<BridgeOptions, 'log' | 'sleep' | 'gateway'>>;

const withDefaults = (options: BridgeOptions): Settings => ({
  ...options,
  log: options.log ?? createLog({ level: options.env.logLevel }),
  sleep: options.sleep ?? ((ms) => wait(ms)),
  gateway: options.gateway ?? gatewayById,
});

interface Assembly {
  readonly settings: Settings;
  readonly life: Life;
  readonly opened: Awaited<ReturnType<typeof openOrRefuse>>;
  readonly outgoing: Outgoing;
  readonly findings: ConnectionFindings;
  readonly metrics: Metrics;
}

const assemble = async (settings: Settings): Promise<Assembly> => {
  const { env, clock, random, sleep, gateway } = settings;
  const opened = await openOrRefuse(env, clock, random);
  return {
    settings,
    life: { publicUrl: env.publicUrl ?? '', closing: false },
    opened,
    outgoing: createOutgoing({
      egress: settings.egress,
      sandbox: env.sandbox,
      clock,
      random,
      sleep,
      gateway,
    }),
    findings: createConnectionFindings(),
    metrics: createMetrics(() => countOpenReviews(opened.ledger, opened.vault)),
  };
};

const portsOf = ({ settings, life, opened, outgoing, findings, metrics }: Assembly): Ports => {
  const { env, clock, random, gateway } = settings;
  const { vault } = opened;
  const caller = { http: outgoing.shops, clock, random };
  return {
    ledger: opened.ledger,
    directory: vault,
    storefront: measuredStorefront(createWooCommerceStorefront({ caller, vault, findings }), metrics),
    rates: settings.rates ?? createFixedRates({ table: env.rates }),
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
});

const publicServer = (assembly: Assembly, ports: Ports, kick: () => void): PublicServer => {
  const { settings, life, opened, findings, metrics } = assembly;
  const { clock, random } = settings;
  const { vault, ledger } = opened;
  return {
    settings: serverSettings(assembly),
    health: { ledger, isClosing: () => life.closing },
    gatewayWebhooks: { ports, kick, onAnswer: metrics.webhook },
    storeWebhooks: { ports, vault, kick },
    pluginApi: {
      vault,
      clock,
      pairing: { vault, clock, random },
      api: {
        ports,
        version,
        kick,
        sleep: settings.sleep,
        findings: findings.of,
        publicUrl: () => life.publicUrl,
      },
    },
  };
};

/**
 * Starts the bridge in this process. Time, chance and the way out come in as parameters, so a sandbox runs it on a
 * virtual clock.
 * @throws CannotStart when the ledger, its keys or a port cannot be had
 */
export const startBridge = async (options: BridgeOptions): Promise<Bridge> => {
  const settings = withDefaults(options);
  const { env, log } = settings;
  const assembly = await assemble(settings);
  const { life, opened, metrics } = assembly;
  const ports = portsOf(assembly);
  const runner = createWork(ports, opened.jobs, metrics, log);
  const parts = publicServer(assembly, ports, runner.kick);
  const app = createPublicServer(parts);
  const operator = createOperatorServer(parts.settings, parts.health, metrics);
  let endBackground = async (): Promise<void> => undefined;
  let stopped: Promise<void> | undefined;

  const stop = async (): Promise<void> => {
    life.closing = true;
    const ended = endBackground();
    await app.close();
    await ended;
    await runner.stop();
    await operator.close();
    await opened.close();
  };
  const reconcileAndWork = async (): Promise<ReconcileReport> => {
    const report = await reconcile(ports);
    await runner.drain();
    return report;
  };

  try {
    const listening = await bind(app, 'PORT', env.sandbox ? '127.0.0.1' : '0.0.0.0', env.port);
    life.publicUrl = env.publicUrl ?? listening;
    const operatorUrl = await bind(operator, 'OPERATOR_PORT', '127.0.0.1', env.operatorPort);
    if (options.background === true)
      endBackground = startBackground({ runner, reconcile: reconcileAndWork, timer: everyInterval, log });
    return {
      publicUrl: life.publicUrl,
      operatorUrl,
      location: opened.location,
      vault: opened.vault,
      ports,
      work: () => runner.drain(),
      reconcile: reconcileAndWork,
      stop: () => {
        stopped ??= stop();
        return stopped;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
