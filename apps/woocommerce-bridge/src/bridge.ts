import type {
  Clock,
  Egress,
  Ports,
  RandomBytes,
  RateSource,
  ReconcileReport,
  RegisteredGateway,
} from '@gatewright/payment-core';
import type { TurnParts, Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import type { BridgeEnv } from './env.ts';
import type { InboundSizes } from './http/inbound-limits.ts';

export interface BridgeOptions {
  readonly env: BridgeEnv;
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
  /** Real waiting, for retries, for a checkout that is under way, and until an order that is being written is held for longer. */
  readonly sleep?: TurnParts['sleep'];
  /** Default: `defaultInboundSizes`. */
  readonly limits?: InboundSizes;
  /** Polls for due jobs and reconciles on wall time. Without it only webhooks, `work` and `reconcile` move things. */
  readonly background?: boolean;
}

/** A running bridge. */
export interface Bridge {
  /** Origin of the public listener as others reach it. */
  readonly publicUrl: string;
  /** Origin of the operator's listener: /metrics, /healthz, /readyz, /v1/stores/:store/reviews. */
  readonly operatorUrl: string;
  /** Where the ledger is, without credentials. */
  readonly location: string;
  readonly vault: Vault;
  readonly ports: Ports;
  /** Runs every job that is due at the clock's now, and what becomes due by that, before it resolves. */
  work(): Promise<void>;
  /** One round of reconcile, and the work that follows from it. */
  reconcile(): Promise<ReconcileReport>;
  /** One round of the watchdog: every shop that is due is looked at. @returns how many there were */
  watch(): Promise<number>;
  /** Takes no more requests, answers those under way, ends the running jobs, closes the ledger. */
  stop(): Promise<void>;
}
