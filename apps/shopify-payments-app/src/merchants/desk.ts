import type { Finding } from '@gatewright/payment-core';
import { createShopAccounts, type ShopAccounts } from '../accounts/shop-accounts.ts';
import type { MerchantDeps } from '../app.ts';
import { lastWebhookAt } from '../gateway-webhooks/webhook-sightings.ts';
import { type ByHandDecision, type ByHandResult, decideByHand } from '../refunds/decide-by-hand.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { type Activation, createActivation } from './activation.ts';
import type { Count } from './count.ts';
import { shopFindings } from './health.ts';
import { listPayments, type PaymentList } from './payment-list.ts';
import { type PaymentView, paymentView } from './payment-view.ts';
import { countRefunds, type RefundLine, type RefundList, refundLine, refundQueue } from './refund-queue.ts';
import { countReviews, listReviews, type ReviewList } from './review-list.ts';
import {
  type DecideReviewResult,
  decideOnReview,
  type ReviewView,
  reviewView,
  tellReviewAgain,
  type WordedReview,
} from './review-queue.ts';
import { instantOrNull } from './shown.ts';
import { readUntold, type TellAgainResult, tellAgain } from './tell-again.ts';
import { countUntold, listUntold, type UntoldList } from './untold.ts';
import { merchantName } from './who.ts';

/** What waits for the merchant, in numbers. */
export interface Waiting {
  readonly refunds: Count;
  readonly reviews: Count;
  readonly untold: Count;
}

/**
 * Everything that the merchant's pages can show and do, for the shop that is signed in. Nothing here takes a shop from
 * a caller, so a page cannot ask for another one's (invariant 6).
 */
export interface MerchantDesk {
  readonly domain: string;
  readonly ready: boolean;
  readonly accounts: ShopAccounts;
  readonly activation: Activation;
  lastWebhookAt(account: string): Promise<string | null>;
  waiting(): Promise<Waiting>;
  payments(before: string | null): Promise<PaymentList>;
  payment(id: string): Promise<PaymentView | undefined>;
  refunds(after: string | null): Promise<RefundList>;
  /** Also one that is decided. */
  refund(id: string): Promise<RefundLine | undefined>;
  decideRefund(id: string, decision: ByHandDecision['decision']): Promise<ByHandResult>;
  reviews(after: string | null): Promise<ReviewList>;
  review(id: string): Promise<ReviewView | undefined>;
  decideReview(worded: WordedReview): Promise<DecideReviewResult>;
  untold(after: string | null): Promise<UntoldList>;
  tellAgain(kind: string, id: string): Promise<TellAgainResult>;
  /** Undefined: there is no such item, or it is about nothing that Shopify is told. */
  tellReviewAgain(id: string): Promise<TellAgainResult | undefined>;
  findings(): Promise<readonly Finding[]>;
}

export const createMerchantDesk = (deps: MerchantDeps, shop: ShopRow): MerchantDesk => {
  const { ports, vault, ledger, sessions, followUps, configure, kick, env, inTurn } = deps;
  const { clock } = ports;
  const accounts = createShopAccounts({ ports, vault, inTurn }, shop);
  const by = merchantName(shop.domain);
  return {
    domain: shop.domain,
    ready: shop.ready,
    accounts,
    activation: createActivation({ accounts, configure, apiKey: env.shopifyApiKey }, shop),
    lastWebhookAt: async (account) =>
      (await accounts.find(account)) ? instantOrNull(await lastWebhookAt(ledger, account)) : null,
    waiting: async () => ({
      refunds: await countRefunds(followUps, shop),
      reviews: await countReviews(ports, shop),
      untold: await countUntold(deps, shop),
    }),
    payments: (before) => listPayments(deps, shop, before),
    payment: (id) => paymentView(deps, shop, id),
    refunds: (after) => refundQueue(followUps, shop, clock.now(), after),
    refund: async (id) => {
      const row = await followUps.byKey({ shop: shop.domain, kind: 'refund', id });
      return row && refundLine(row, clock.now());
    },
    decideRefund: (id, decision) =>
      decideByHand({ ledger, sessions, clock, kick }, { shop: shop.domain, id, by, decision }),
    reviews: (after) => listReviews(ports, shop, after),
    review: (id) => reviewView(deps, shop, id),
    decideReview: async (worded) => {
      const decided = await decideOnReview(ports, shop, worded);
      if (decided.ok) kick();
      return decided;
    },
    untold: (after) => listUntold(deps, shop, after),
    tellAgain: async (kind, id) => {
      const untold = readUntold(kind, id);
      return untold ? tellAgain(deps, shop, untold) : 'known';
    },
    tellReviewAgain: (id) => tellReviewAgain(deps, shop, id),
    findings: () => shopFindings(deps, accounts, shop),
  };
};
