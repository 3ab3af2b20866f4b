import type {
  Clock,
  Egress,
  Ports,
  RandomBytes,
  RateSource,
  ReconcileReport,
  RegisteredGateway,
} from '@gatewright/payment-core';
import type { SqlLedger, TurnParts, Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import type { InShopTurn } from './accounts/turns.ts';
import type { AppEnv } from './env.ts';
import type { TellAnswer } from './payments-api/tell-shopify.ts';
import type { FollowUpBook } from './refunds/follow-up-book.ts';
import type { CertificatesResult } from './server/certificates.ts';
import type { SessionBook } from './sessions/session-book.ts';
import type { ShopDomain } from './sessions/session-headers.ts';
import type { ShopBook } from './shops/shop-book.ts';

/** What the merchant's pages are made with. */
export interface MerchantDeps {
  readonly env: AppEnv;
  readonly ports: Ports;
  readonly vault: Vault;
  /** For tables of the app's own. */
  readonly ledger: SqlLedger;
  readonly shops: ShopBook;
  readonly sessions: SessionBook;
  readonly followUps: FollowUpBook;
  readonly configure: App['configure'];
  readonly inTurn: InShopTurn;
  readonly origin: () => string;
  /** There is something to do for the worker. */
  readonly kick: () => void;
  readonly log: Logger;
}

export interface AppOptions {
  readonly env: AppEnv;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Default: JSON lines on standard output at `env.logLevel`. */
  readonly log?: Logger;
  /** Default: the system's resolver and sockets. */
  readonly egress?: Egress;
  /** Default: the sources that `env` names. */
  readonly rates?: RateSource;
  /** Default: every gateway of the core. */
  readonly gateway?: (id: string) => RegisteredGateway | undefined;
  readonly sleep?: TurnParts['sleep'];
  /** Works, reconciles and reads the certificates again on wall time. */
  readonly background?: boolean;
  /** The merchant's pages, which are built apart. Default: yes. */
  readonly merchantPages?: boolean;
}

/** A running app. */
export interface App {
  readonly publicUrl: string;
  /** Port of the public listener; a proxy may stand before it. */
  readonly port: number;
  /** Port of the session endpoints' listener. */
  readonly sessionPort: number;
  /** Origin of the operator's listener: /metrics, /healthz, /readyz, /v1/stores/:store/reviews. */
  readonly operatorUrl: string;
  /** Where the ledger is, without credentials. */
  readonly location: string;
  readonly vault: Vault;
  readonly ports: Ports;
  readonly shops: ShopBook;
  readonly sessions: SessionBook;
  readonly followUps: FollowUpBook;
  /** Runs every job and follow-up that is due at the clock's now. */
  work(): Promise<void>;
  reconcile(): Promise<ReconcileReport>;
  /** Tells Shopify whether the shop's merchant can be paid, and remembers what it was told. */
  configure(shop: ShopDomain, externalHandle: string | null, ready: boolean): Promise<TellAnswer['outcome']>;
  /** Reads Shopify's authorities and the listener's certificate again; new connections use them. */
  reloadCertificates(): Promise<CertificatesResult | undefined>;
  stop(): Promise<void>;
}
