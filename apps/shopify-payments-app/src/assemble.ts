import { setTimeout as wait } from 'node:timers/promises';
import {
  CannotStart,
  createLog,
  createOutgoing,
  createRates,
  measuredHandler,
  measuredTell,
  type Outgoing,
} from '@gatewright/operations';
import {
  createAccountHealth,
  gatewayById,
  jobHandler,
  type Ports,
  reportDeadJob,
} from '@gatewright/payment-core';
import {
  createInTurn,
  createJobRunner,
  defaultJobPolicy,
  type JobRunner,
  openLedger,
} from '@gatewright/payment-ledger';
import { createTurns, type InShopTurn } from './accounts/turns.ts';
import type { AppOptions } from './app.ts';
import { closeWhenTold } from './fulfilment/close-when-told.ts';
import { createShopifyStorefront } from './fulfilment/shopify-storefront.ts';
import { type AppMetrics, createAppMetrics } from './operator/app-metrics.ts';
import { createPaymentsApi } from './payments-api/client.ts';
import { createTellShopify, type TellShopify } from './payments-api/tell-shopify.ts';
import { createFollowUpBook, type FollowUpBook } from './refunds/follow-up-book.ts';
import { createRejectionBook, type RejectionBook } from './sessions/rejection-book.ts';
import { createSessionBook, type SessionBook } from './sessions/session-book.ts';
import { createShopBook, type ShopBook } from './shops/shop-book.ts';
import { shopifyTables } from './tables.ts';
import { createShopTokens, tokenTurns } from './tokens/shop-tokens.ts';
import type { TokenSource } from './tokens/token-source.ts';

type Settings = AppOptions & Required<Pick<AppOptions, 'log' | 'sleep' | 'gateway'>>;

export const withDefaults = (options: AppOptions): Settings => ({
  ...options,
  log: options.log ?? createLog({ level: options.env.logLevel }),
  sleep: options.sleep ?? ((ms, until) => wait(ms, undefined, { signal: until })),
  gateway: options.gateway ?? gatewayById,
});

/** What changes while an app lives. */
export interface Life {
  publicUrl: string;
  closing: boolean;
}

const openOrRefuse = async ({ env, clock, random, log }: Settings) => {
  const opened = await openLedger(env.databaseUrl, {
    clock,
    random,
    keys: env.keys,
    tables: shopifyTables,
    onError: (error) => log.warn({ err: error }, 'ledger upkeep failed'),
  });
  if (!opened.ok) throw new CannotStart(opened.reason, opened.message);
  return opened;
};

/** An app's parts before it listens. */
export interface Assembly {
  readonly settings: Settings;
  readonly life: Life;
  readonly opened: Awaited<ReturnType<typeof openOrRefuse>>;
  readonly outgoing: Outgoing;
  readonly ports: Ports;
  readonly shops: ShopBook;
  readonly sessions: SessionBook;
  readonly rejections: RejectionBook;
  readonly followUps: FollowUpBook;
  readonly tokens: TokenSource;
  readonly tell: TellShopify;
  readonly metrics: AppMetrics;
  readonly inTurn: InShopTurn;
}

type Books = Pick<Assembly, 'shops' | 'sessions' | 'rejections' | 'followUps'>;

const tokensOf = (
  settings: Settings,
  { ledger, vault }: Assembly['opened'],
  shops: ShopBook,
  outgoing: Outgoing,
): TokenSource => {
  const { env, clock, random, sleep } = settings;
  return createShopTokens({
    ...{ shops, vault, clock },
    inTurn: createInTurn({ ledger, clock, random, sleep }, tokenTurns),
    http: outgoing.shops,
    app: { key: env.shopifyApiKey, secret: env.shopifyApiSecret },
  });
};

const portsOf = (
  settings: Settings,
  opened: Assembly['opened'],
  outgoing: Outgoing,
  life: Life,
  storefront: Ports['storefront'],
): Ports => {
  const { env, clock, random, gateway, log } = settings;
  return {
    ledger: opened.ledger,
    directory: opened.vault,
    storefront,
    rates: settings.rates ?? createRates({ env, outgoing, directory: opened.vault, clock, log }),
    health: createAccountHealth(),
    clock,
    random,
    gateway,
    http: outgoing.gateway,
    webhookUrl: (account) => `${life.publicUrl}/webhooks/gateways/${account.gateway}/${account.id}`,
    sandbox: env.sandbox,
  };
};

const measured =
  (tell: TellShopify, metrics: AppMetrics): TellShopify =>
  async (shop, mutation) => {
    const answer = await tell(shop, mutation);
    metrics.mutation(mutation.operation, answer.outcome);
    return answer;
  };

/** @throws CannotStart when the ledger or its keys cannot be had */
export const assemble = async (settings: Settings): Promise<Assembly> => {
  const { env, clock, random, sleep, gateway, egress } = settings;
  const opened = await openOrRefuse(settings);
  const life: Life = { publicUrl: env.publicUrl ?? '', closing: false };
  const outgoing = createOutgoing({ egress, sandbox: env.sandbox, clock, random, sleep, gateway });
  const books: Books = {
    shops: createShopBook(opened.ledger, opened.vault, clock.now),
    sessions: createSessionBook(opened.ledger),
    rejections: createRejectionBook(opened.ledger),
    followUps: createFollowUpBook(opened.ledger),
  };
  const tokens = tokensOf(settings, opened, books.shops, outgoing);
  const inTurn = createTurns({ ledger: opened.ledger, clock, random, sleep });
  const metrics = createAppMetrics(opened.ledger);
  const tell = measured(createTellShopify(createPaymentsApi(outgoing.shops), tokens), metrics);
  const shopify = createShopifyStorefront({ ...books, tell, clock });
  const told = closeWhenTold(shopify.tell, { ledger: opened.ledger, clock });
  const storefront = { ...shopify, tell: measuredTell(told, metrics) };
  const ports = portsOf(settings, opened, outgoing, life, storefront);
  return { settings, life, opened, outgoing, ports, tokens, tell, metrics, inTurn, ...books };
};

/** The runner of this process over the core's use cases. */
export const createWork = ({ settings, opened, ports, metrics }: Assembly): JobRunner =>
  createJobRunner({
    ...defaultJobPolicy(ports.random),
    queue: opened.jobs,
    clock: ports.clock,
    handler: measuredHandler(jobHandler(ports), metrics, settings.log),
    onDead: async (job, reason) => {
      metrics.job(job.kind, 'dead');
      settings.log.error({ job: job.kind, reason }, 'job given up');
      await reportDeadJob(ports, job, reason);
    },
    onError: (error, job) => settings.log.error({ err: error, job: job?.kind }, 'job failed'),
  });
