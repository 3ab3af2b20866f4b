import type { Clock, HttpClient, HttpRequest } from '@gatewright/payment-core';

export interface BenchClock extends Clock {
  /** Resolves when everything the time brought (expiries, confirmations, webhooks) has happened. */
  advance(ms: number): Promise<void>;
}

/** A payment request as the gateway has it. */
export interface BenchPayment {
  readonly id: string;
  /** Our reference, as the gateway was given it; null where it carries none. */
  readonly reference: string | null;
  /** What the shopper is asked to send, a decimal string in the asset that is sent; null where nothing is asked. */
  readonly amount: string | null;
}

/** One set of credentials at the gateway. */
export interface BenchAccount {
  /** As the adapter's own schema reads it. */
  readonly config: unknown;
  /** Every payment request of this account, oldest first. */
  payments(): readonly BenchPayment[];
}

export interface BenchPay {
  /** Decimal string in the asset that is sent; what was asked when absent. */
  readonly amount?: string;
  /** The payment has expired and the money comes all the same. */
  readonly late?: boolean;
}

type Act = (payment: string) => Promise<void>;

/**
 * What shoppers, and the gateway itself, do. Each call resolves when its webhooks were delivered or refused once, and
 * throws when the gateway does not allow it. What `happens` of the subject rules out may be absent.
 */
export interface BenchShopper {
  /** Pays, and lets the time pass that the gateway needs to call it final. */
  pay(payment: string, how?: BenchPay): Promise<void>;
  /** Money arrives that the gateway does not call final yet. */
  see?: Act;
  /** What was seen becomes final. */
  finish?: Act;
  /** What was seen is gone again, before it was final. */
  drop?: Act;
  /** What was final is gone again: a deep reorganisation. */
  withdraw?: Act;
  /** The rest of an underpayment arrives and becomes final (capability `topUp`). */
  topUp?: Act;
  /** A payment that has been paid is paid once more, in full unless an amount is given. */
  payAgain?: (payment: string, how?: Pick<BenchPay, 'amount'>) => Promise<void>;
  /** Cancels at the gateway. */
  cancel?: Act;
  /** The payment fails at the gateway. */
  fail?: Act;
  /** The gateway's people accept an underpayment as paid. */
  acceptShortfall?: Act;
}

/** A gateway to try an adapter on, with a clock of its own: a simulator, made anew for every story. */
export interface GatewayBench {
  readonly clock: BenchClock;
  /** What the adapter's calls go through. It must lead to this bench and nowhere else, and keep no time of its own. */
  readonly http: HttpClient;
  /** Which calls create, cancel or refund; all of them when absent. For adapters that fetch a token first. */
  readonly isMeant?: (request: HttpRequest) => boolean;
  /** @param webhookUrl on loopback, http; where its webhooks go */
  openAccount(webhookUrl: string): Promise<BenchAccount>;
  readonly shopper: BenchShopper;
  close(): Promise<void>;
}
