import type { PageHost, PayPages } from '@gatewright/pay-page';
import type {
  AccountId,
  Clock,
  Egress,
  Finding,
  PageChanges,
  Ports,
  RandomBytes,
  ReconcileReport,
  RegisteredGateway,
  Storefront,
} from '@gatewright/payment-core';
import type { SqlLedger, Timer, TurnParts } from '@gatewright/payment-ledger';
import type { Arrivals } from '../arrivals/arrivals.ts';
import type { SessionBook } from '../sessions/session-book.ts';
import type { MedusaSettings } from '../settings/medusa-settings.ts';
import type { Market } from './markets.ts';

/** Where the engine writes what happens; Medusa's own logger fits. Texts hold no secret. */
export interface EngineLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string, error?: Error): void;
}

/** Medusa's worker modes: a `server` answers requests, a `worker` runs jobs, `shared` does both. */
export type WorkerMode = 'server' | 'worker' | 'shared';

/** Who makes the core's `Storefront` for this shop is given these. */
export interface StorefrontParts {
  readonly ledger: SqlLedger;
  readonly sessions: SessionBook;
  readonly settings: MedusaSettings;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Real waiting. */
  readonly sleep: TurnParts['sleep'];
  readonly log: EngineLog;
}
export type StorefrontFactory = (parts: StorefrontParts) => Storefront;

/** What the engine takes from the machine it runs on; tests and sandboxes give their own. */
export interface EngineRuntime {
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Real waiting, for retries and for a checkout that is under way. */
  readonly sleep: TurnParts['sleep'];
  /** Calls `run` every `ms` of wall time. */
  readonly every: Timer;
  /** Default: the system's resolver and sockets, behind the one way out. */
  readonly egress?: Egress;
  /** Default: every gateway of the core. */
  readonly gateway?: (id: string) => RegisteredGateway | undefined;
}

export interface EngineOptions extends EngineRuntime {
  readonly settings: MedusaSettings;
  readonly workerMode: WorkerMode;
  /** Whether this process has a lock that other processes see (Medusa's locking module). */
  readonly sharedLocking: boolean;
  readonly storefront: StorefrontFactory;
  /** The shop's name in Medusa; absent or undefined: none that could be shown. */
  readonly shopName?: () => Promise<string | undefined>;
  /** The shop's regions, for findings. */
  readonly markets?: () => Promise<readonly Market[]>;
  readonly log: EngineLog;
  /** Polls for due jobs and reconciles on wall time, where the worker mode allows it. Default: only `work` and `reconcile` move things. */
  readonly background?: boolean;
}

/** What an owner should mend; `account` where it is about one provider entry. */
export interface SetupFinding extends Finding {
  readonly account: AccountId | null;
}

/** The ledger, the gateways and the pages of one Medusa server, in this process. */
export interface MedusaEngine {
  /** What the core's use cases take: `receiveWebhook(engine.ports, …)`, `requestRefund(engine.ports, …)`. */
  readonly ports: Ports;
  readonly settings: MedusaSettings;
  readonly ledger: SqlLedger;
  readonly changes: PageChanges;
  /** Our own record of Medusa's payment sessions; it outlives them. */
  readonly sessions: SessionBook;
  /** When each account last sent a webhook, and how it was answered. */
  readonly arrivals: Arrivals;
  /** The shopper's pages below `payBasePath`: `pages.handle(webRequest, {clientKey})`. */
  readonly pages: PayPages;
  /** For `payPatiently` and `pageAddress`. */
  readonly host: PageHost;
  readonly log: EngineLog;
  readonly workerMode: WorkerMode;
  /** Where the ledger is, without credentials. */
  readonly location: string;
  /** Due jobs are run in the background; a `server` leaves them to the workers, which look every half second. */
  kick(): void;
  /** Runs every job that is due at the clock's now, and what becomes due by that, whatever the worker mode. */
  work(): Promise<void>;
  /** One round of reconcile, of leaving invoices that no session wants any more, and the work that follows. */
  reconcile(): Promise<ReconcileReport>;
  /** What is wrong with this set-up, worst first; asks the gateways unless `offline`. */
  findings(options?: { readonly offline?: boolean }): Promise<readonly SetupFinding[]>;
  /** Ends the running jobs and the streams of the pages, then closes the ledger. May be called twice. */
  stop(): Promise<void>;
}

/** Where the pages stand: `/gatewright/pay/<page>`. */
export const payBasePath = '/gatewright/pay';

/** Where gateways send their webhooks: `/gatewright/webhooks/<account>`. */
export const webhookBasePath = '/gatewright/webhooks';
