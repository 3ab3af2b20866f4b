import type { PageHost } from '@gatewright/pay-page';
import {
  createAccountHealth,
  gatewayById,
  newRowId,
  type Ports,
  type ReconcileReport,
  reconcile,
} from '@gatewright/payment-core';
import { type LedgerRefusal, type OpenedSqlLedger, openPostgresLedger } from '@gatewright/payment-ledger';
import { createArrivals } from '../arrivals/arrivals.ts';
import { leaveInvoices } from '../sessions/leave-invoices.ts';
import { createSessionBook } from '../sessions/session-book.ts';
import { startBackground } from './background.ts';
import { createDirectory } from './directory.ts';
import { type EngineOptions, type MedusaEngine, payBasePath, webhookBasePath } from './engine.ts';
import { findSetUp } from './findings.ts';
import { createOutgoing } from './outgoing.ts';
import { medusaTables } from './own-tables.ts';
import { forgetProcess, reportProcess } from './processes.ts';
import { createRates } from './rates.ts';
import { createShopPages } from './shop-pages.ts';
import { createWork } from './work.ts';

/** Schemas beside Medusa's own; `medusa db:migrate` never looks into them. */
const ledgerSchema = 'gatewright';
const jobsSchema = 'gatewright_jobs';

/** Opens the shop's ledger, and brings its tables up to date under the ledger's own lock. */
export const openShopLedger = ({
  settings,
  workerMode,
  clock,
  random,
  log,
}: Pick<EngineOptions, 'settings' | 'workerMode' | 'clock' | 'random' | 'log'>): Promise<
  OpenedSqlLedger | LedgerRefusal
> =>
  openPostgresLedger({
    connection: settings.databaseUrl,
    schema: ledgerSchema,
    jobs: { schema: jobsSchema, supervise: workerMode !== 'server' },
    tables: medusaTables,
    clock,
    random,
    onError: (error) =>
      log.warn(
        `Gatewright: upkeep of the ledger failed (${error instanceof Error ? error.message : 'unknown'}).`,
      ),
  });

const portsOf = (options: EngineOptions, opened: OpenedSqlLedger): Ports => {
  const { settings, clock, random, log, gateway = gatewayById } = options;
  const outgoing = createOutgoing(options, settings.sandbox);
  const sessions = createSessionBook(opened.ledger);
  const directory = createDirectory(settings);
  return {
    ledger: opened.ledger,
    directory,
    storefront: options.storefront({
      ledger: opened.ledger,
      sessions,
      settings,
      clock,
      random,
      sleep: options.sleep,
      log,
    }),
    rates: createRates({ settings, outgoing, directory, clock, log }),
    health: createAccountHealth(),
    clock,
    random,
    gateway,
    http: outgoing.gateway,
    webhookUrl: (account) => `${settings.publicUrl}${webhookBasePath}/${account.id}`,
    sandbox: settings.sandbox,
  };
};

/** The engine on a ledger that is open; it closes the ledger when it stops. */
export const engineOn = (options: EngineOptions, opened: OpenedSqlLedger): MedusaEngine => {
  const { settings, workerMode, sharedLocking, clock, random, sleep, log } = options;
  const { ledger, changes } = opened;
  const ports = portsOf(options, opened);
  const runner = createWork(ports, opened.jobs, log, options);
  const runsJobs = workerMode !== 'server';
  const kick = (): void => {
    if (runsJobs && options.background === true) runner.kick();
  };
  const host: PageHost = { ports, origin: () => settings.publicUrl, basePath: payBasePath, sleep };
  const pages = createShopPages(options, host, changes, kick);
  const process = { id: newRowId(random), workerMode, sharedLocking };
  const reconcileAndWork = async (): Promise<ReconcileReport> => {
    await leaveInvoices(ledger, clock.now());
    const report = await reconcile(ports);
    await runner.drain();
    return report;
  };
  const endBackground = startBackground(options, {
    report: () => reportProcess(ledger, process, clock.now()),
    ...(runsJobs ? { runner, reconcile: reconcileAndWork } : {}),
  });
  const stop = async (): Promise<void> => {
    pages.close();
    await endBackground();
    await runner.stop();
    // Its row is forgotten by itself a minute later, where the database is gone.
    await forgetProcess(ledger, process.id).catch(() => undefined);
    await opened.close();
  };
  let stopped: Promise<void> | undefined;
  return {
    ports,
    settings,
    ledger,
    changes,
    sessions: createSessionBook(ledger),
    arrivals: createArrivals(ledger),
    pages,
    host,
    log,
    workerMode,
    location: opened.location,
    kick,
    work: () => runner.drain(),
    reconcile: reconcileAndWork,
    findings: (asked) =>
      findSetUp({ ports, ledger, settings, clock, log, process, markets: options.markets }, asked),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
};

export type OpenEngineResult = { readonly ok: true; readonly engine: MedusaEngine } | LedgerRefusal;

/** The ledger in the shop's own database, the gateways and the pages, in this process. */
export const openEngine = async (options: EngineOptions): Promise<OpenEngineResult> => {
  const opened = await openShopLedger(options);
  return opened.ok ? { ok: true, engine: engineOn(options, opened) } : opened;
};
