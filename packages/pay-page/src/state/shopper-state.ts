import {
  creatingLeaseMs,
  type Invoice,
  type InvoiceException,
  type Money,
  type PageSnapshot,
  type RegisteredGateway,
} from '@gatewright/payment-core';
import { asksFor, dueOf, missingFrom } from './amounts.ts';
import { type PaidState, paidState } from './paid-state.ts';

/** What a shopper is told, computed from the rows alone: a page shows one of these. */
export type ShopperState =
  | PaidState
  | { readonly kind: 'choose' }
  /** The gateway is being asked for an invoice. */
  | { readonly kind: 'preparing' }
  | { readonly kind: 'waiting'; readonly invoice: Invoice }
  /** Money is on its way; the confirmations where the gateway counts them. */
  | {
      readonly kind: 'seen';
      readonly confirmations: { readonly received: number; readonly required: number } | null;
    }
  /** `rest`: what to send to the same address; null where only the shop can help. */
  | {
      readonly kind: 'underpaid';
      readonly invoice: Invoice;
      readonly received: Money | null;
      readonly required: Money | null;
      readonly rest: Money | null;
    }
  /** Past its expiry by the clock, which proves nothing: the gateway has not said so yet (invariant 10). */
  | { readonly kind: 'time-up'; readonly canPayAgain: boolean }
  | { readonly kind: 'expired'; readonly canPayAgain: boolean }
  | { readonly kind: 'cancelled'; readonly canPayAgain: boolean }
  | { readonly kind: 'failed'; readonly canPayAgain: boolean }
  /** Received after the expiry: the shop decides. */
  | { readonly kind: 'late' }
  /** Received, and a person has to look at it. */
  | { readonly kind: 'held' }
  /** Nothing was paid and the order is over. */
  | { readonly kind: 'ended' };

export type GatewayOf = (id: string) => RegisteredGateway | undefined;

/** Invariant 9: the order can be paid until its own end, whatever became of its attempts. */
const canBePaid = ({ order, page }: PageSnapshot, now: number): boolean => {
  if (order !== undefined) return order.state === 'open' && now < order.deadline;
  return page.orderDeadline === null || now < page.orderDeadline;
};

/** Of the exceptions on money that is not settled: does a person have to look? */
const needsPerson = (exception: InvoiceException): boolean => {
  switch (exception) {
    case 'wrong_asset':
    case 'amount_mismatch':
    case 'currency_mismatch':
    case 'reference_mismatch':
    case 'duplicate_payment':
    case 'reorged':
    case 'review':
    case 'unmatched':
      return true;
    case 'underpaid':
    case 'overpaid':
    case 'late':
    case 'adopted':
    case 'marked':
      return false;
    default: {
      const never: never = exception;
      return never;
    }
  }
};

/** More money helps only where the gateway adds it to the same invoice and nothing else is wrong (gateways.md 11.7). */
const canTopUp = (invoice: Invoice, snapshot: PageSnapshot, gatewayOf: GatewayOf, now: number): boolean =>
  gatewayOf(invoice.gateway)?.capabilities.topUp === true &&
  invoice.address !== null &&
  !invoice.superseded &&
  now < invoice.monitorUntil &&
  snapshot.order?.state !== 'ended' &&
  invoice.exceptions.every((exception) => exception === 'underpaid' || exception === 'review');

const underpaid = (
  invoice: Invoice,
  snapshot: PageSnapshot,
  gatewayOf: GatewayOf,
  now: number,
): ShopperState => ({
  kind: 'underpaid',
  invoice,
  received: invoice.received,
  required: dueOf(invoice),
  rest: canTopUp(invoice, snapshot, gatewayOf, now) ? missingFrom(invoice) : null,
});

/** Money that is in progress. The reducer adds `review` to whatever it holds, so the nearer reason is asked first. */
const moneyState = (
  invoice: Invoice,
  snapshot: PageSnapshot,
  gatewayOf: GatewayOf,
  now: number,
): ShopperState => {
  const { exceptions } = invoice;
  const reasons = exceptions.filter((exception) => exception !== 'review' && needsPerson(exception));
  if (reasons.length > 0) return { kind: 'held' };
  if (exceptions.includes('underpaid')) return underpaid(invoice, snapshot, gatewayOf, now);
  if (exceptions.includes('late')) return { kind: 'late' };
  if (exceptions.some(needsPerson)) return { kind: 'held' };
  return { kind: 'seen', confirmations: invoice.confirmations };
};

/** An attempt without money. */
const attemptState = (invoice: Invoice, canPayAgain: boolean, now: number): ShopperState => {
  switch (invoice.status) {
    case 'creating':
      return now - invoice.createdAt < creatingLeaseMs
        ? { kind: 'preparing' }
        : { kind: 'failed', canPayAgain };
    case 'open':
      return now < invoice.expiresAt ? { kind: 'waiting', invoice } : { kind: 'time-up', canPayAgain };
    case 'expired':
      return { kind: 'expired', canPayAgain };
    case 'canceled':
      return { kind: 'cancelled', canPayAgain };
    case 'failed':
      return { kind: 'failed', canPayAgain };
    case 'processing':
    case 'settled':
      // Money has been asked for before; here it would mean that no claim was written for it.
      return { kind: 'held' };
    default: {
      const never: never = invoice.status;
      return never;
    }
  }
};

const hasMoney = ({ status }: Invoice): boolean => status === 'processing' || status === 'settled';

/**
 * What the shopper of this page is told at `now`. Money on any attempt comes first, on a superseded one too; the claim
 * alone makes an order paid (invariant 3); an order that is over is not offered again (invariant 9). An open attempt for
 * another amount than the page's is not paid any more: the next choice supersedes it (`startCheckout`).
 */
export const shopperState = (snapshot: PageSnapshot, now: number, gatewayOf: GatewayOf): ShopperState => {
  const paid = paidState(snapshot);
  if (paid !== undefined) return paid;
  const { attempts, order, page } = snapshot;
  const withMoney = attempts.findLast(hasMoney);
  // Settled, but the shop would not book it: the claim is released or belongs to no invoice of this order.
  if (withMoney?.status === 'settled') return { kind: 'held' };
  if (withMoney !== undefined) return moneyState(withMoney, snapshot, gatewayOf, now);
  const canPayAgain = canBePaid(snapshot, now);
  const anew: ShopperState = canPayAgain ? { kind: 'choose' } : { kind: 'ended' };
  const current = attempts.findLast((attempt) => !attempt.superseded);
  if (current === undefined) return anew;
  const state = attemptState(current, canPayAgain, now);
  if (state.kind === 'waiting' && !asksFor(current, page.amount)) return anew;
  const overWhileOpen = order?.state === 'ended' && (state.kind === 'waiting' || state.kind === 'preparing');
  return overWhileOpen ? { kind: 'ended' } : state;
};

/** Where the page shows ways to pay, so that the caller has to look which ones there are. */
export const needsOffers = (state: ShopperState): boolean => {
  switch (state.kind) {
    case 'choose':
    case 'waiting':
      return true;
    case 'time-up':
    case 'expired':
    case 'cancelled':
    case 'failed':
      return state.canPayAgain;
    case 'preparing':
    case 'seen':
    case 'paid':
    case 'overpaid':
    case 'underpaid':
    case 'late':
    case 'held':
    case 'refunded':
    case 'ended':
      return false;
    default: {
      const never: never = state;
      return never;
    }
  }
};
