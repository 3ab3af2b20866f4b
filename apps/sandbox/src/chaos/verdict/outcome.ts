import type { Decimal, ReviewKind } from '@gatewright/payment-core';
import type { TakenPayment } from '../load/deeds.ts';
import type { Story } from '../plan/plan.ts';

export interface JudgedPayment extends Pick<TakenPayment, 'gateway' | 'kind' | 'expiresAt'> {
  /**
   * The earliest moment at which our side had news of this money on record: a webhook that a bridge acknowledged, or
   * the receipt that the ledger notes. Null: never.
   */
  readonly heardAt: number | null;
}

export interface JudgedRefund {
  readonly asked: Decimal;
  /** What the shop was told last. */
  readonly told: 'done' | 'checking' | 'nothing';
  /** What the gateway has really paid back. */
  readonly made: Decimal;
  /** What the ledger says was paid back. */
  readonly recorded: Decimal;
}

/** What has become of one order: what the shopper did, and what shop and ledger say. */
export interface OrderOutcome {
  readonly number: number;
  readonly story: Story;
  /** How often a shopper was sent to a gateway. */
  readonly invoices: number;
  readonly payments: readonly JudgedPayment[];
  /** Runs of payment_complete in the shop. */
  readonly fulfilments: number;
  readonly claim: 'none' | 'held' | 'acknowledged' | 'released';
  /** Of what the owner wanted to pay back; null: nothing. */
  readonly refund: JudgedRefund | null;
  /** Open items of the review queue. */
  readonly reviews: readonly ReviewKind[];
}

export interface Outcome {
  readonly orders: readonly OrderOutcome[];
  /** Webhooks that a bridge answered with 2xx and that the inbox does not have as often. */
  readonly missingFromInbox: readonly string[];
  /** Stored and never applied. */
  readonly pendingInbox: number;
  /** Jobs that were given up. */
  readonly deadJobs: readonly string[];
  /** Bridges that ended without having been killed. */
  readonly crashes: number;
}

export interface Violation {
  /** Kebab-case. */
  readonly rule:
    | 'never-checked-out'
    | 'paid-not-fulfilled'
    | 'fulfilled-more-than-once'
    | 'unpaid-fulfilled'
    | 'refunded-more-than-asked'
    | 'refund-not-made'
    | 'refund-misrecorded'
    | 'not-acknowledged'
    | 'anomaly-not-in-review'
    | 'false-alarm'
    | 'acknowledged-and-lost'
    | 'never-applied'
    | 'job-given-up'
    | 'bridge-crashed';
  /** In the plan; null where it is not about one order. */
  readonly order: number | null;
  readonly detail: string;
}
