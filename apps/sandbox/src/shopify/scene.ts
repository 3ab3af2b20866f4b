import type {
  ActionOptions,
  GatewayId,
  GatewaySimulator,
  ShopperOutcome,
  SimulatedPayment,
} from '@gatewright/gateway-simulator';
import { hours, minutes } from '@gatewright/payment-core';
import type { Checkout } from '@gatewright/storefront-simulator';
import type { TimeShare } from '../medusa/shared-time.ts';
import { visit } from '../shopper/browser.ts';
import { tonAmounts, total, wishFor } from '../shopper/fifty-dollars.ts';
import { chooseOnPage } from '../shopper/pay-page.ts';
import { ordersOf, outcomeOf } from './outcome.ts';
import type { Stage } from './stage.ts';
import { withFact } from './stories/shopify-story.ts';
import { openTestOnlyShop } from './test-only-shop.ts';

/** One try of a checkout to be paid, followed to the gateway's page. */
export interface Try {
  readonly checkout: Checkout;
  /** Shopify's payment session. */
  readonly session: string;
  /** Address of the buyer's page. */
  readonly page: string;
  readonly payment: SimulatedPayment;
}

/** What a story may do: one gateway, one Shopify shop, and time. */
export interface ShopifyScene {
  readonly simulator: Pick<GatewaySimulator, 'shopper' | 'faults'>;
  /** Fills a cart of 50 USD, starts to pay, chooses the gateway among all of them and follows the page there. */
  checkout(): Promise<Try>;
  /** Pays the same checkout once more: another session of its group. */
  tryAgain(before: Try): Promise<Try>;
  /** The buyer's action at the gateway, with the amount the cart is worth there. */
  act(kind: 'pay' | 'underpay' | 'overpay', attempt: Try, options?: ActionOptions): Promise<ShopperOutcome>;
  /** Sends what is missing, where the gateway can take more. @param amount in the gateway's coin; default: all of it */
  topUp(attempt: Try, amount?: string): Promise<ShopperOutcome>;
  /** More money for an invoice that was paid in part: sent by the buyer, or let through by the gateway's people. */
  payAfterAll(attempt: Try): Promise<ShopperOutcome>;
  /** Everything that was sent for the invoice leaves its chain. */
  dropAll(attempt: Try): Promise<ShopperOutcome>;
  /** Lets time pass for the gateways, the app and Shopify, who look every five minutes. */
  live(minutes: number): Promise<void>;
  /** The same for a long while in which nobody does anything: they look every hour. */
  wait(hours: number): Promise<void>;
  /** Follows the page's way out. @returns where it leads: the checkout, the order, or somewhere else */
  leave(attempt: Try): Promise<string>;
  /** All of it, by the merchant in Shopify's admin. @returns Shopify's id of the refund */
  refund(attempt: Try): Promise<string>;
  /** The merchant decides about it on the pages of the app. */
  decideRefund(refund: string, decision: 'paid-back' | 'decline'): Promise<void>;
  /** Somebody decides on the operator's port that nothing is owed for the order. */
  decline(attempt: Try): Promise<void>;
  /** A live order in a shop of its own, whose only account is a test one. @returns as `outcome` does */
  payLiveWithTestAccount(): Promise<string>;
  /** What Shopify knows of it. */
  refundState(refund: string): string;
  /** What became of the checkout in Shopify's admin, and a review; then what the buyer's page shows. */
  outcome(attempt: Try): Promise<string>;
}

const testAccountOnly = async (
  stage: Stage,
  gateway: GatewayId,
  live: ShopifyScene['live'],
): Promise<string> => {
  const { shop, store } = await openTestOnlyShop(stage, gateway);
  const checkout = shop.checkout({ amount: total });
  const started = await checkout.pay();
  if (!started.ok) throw new Error(`Shopify's checkout: ${started.reason}`);
  const { redirectUrl: page } = started;
  // The buyer comes, and Shopify is told after that.
  await visit(page);
  await live(2);
  const offered = shop.gateway().configuration?.ready === false ? 'not offered any more' : 'still offered';
  const outcome = await outcomeOf({ app: stage.app, shop, store }, { checkout, page });
  return withFact(outcome, offered);
};

/** Where the page's way out ends, as the buyer's browser follows it. */
const wayOut = async ({ shop, shopify }: Stage, { checkout, page }: Try): Promise<string> => {
  const link = (await visit(page)).link('leave');
  if (link === undefined) return 'nowhere';
  const { url, status } = await shopify.newBrowser().open(link);
  if (url === checkout.url) return 'checkout';
  const next = shop.payments().some(({ group, returnUrl }) => group === checkout.group && returnUrl === url);
  return next && status === 200 ? 'order' : `${status} ${url}`;
};

const refundOf = async (stage: Stage, attempt: Try): Promise<string> => {
  const [order] = ordersOf(stage, attempt);
  const asked = await stage.shop.merchant.refund(order?.id ?? 0);
  if (!asked.ok) throw new Error(`Shopify's admin does not refund: ${asked.reason}`);
  return asked.sessionId;
};

const decideRefund = async (
  { app, merchant }: Stage,
  refund: string,
  decision: 'paid-back' | 'decline',
): Promise<void> => {
  const form = decision === 'paid-back' ? { intent: decision } : { intent: decision, text: 'Used and worn.' };
  const page = await merchant.open(`${app.publicUrl}/app/refunds/${refund}`, { method: 'POST', form });
  if (!page.url.includes('did=')) throw new Error(`the decision was refused: ${page.status} ${page.url}`);
};

const notSupported: ShopperOutcome = { ok: false, reason: 'not-supported' };

/** Minutes. */
const lookEvery = 5;

/** One gateway's account in the demo shop, as a story sees it. @param time where the story waits for time */
export const shopifyScene = (stage: Stage, gateway: GatewayId, time: TimeShare): ShopifyScene => {
  const simulator: GatewaySimulator = stage.simulators.gateways[gateway];

  const pay = async (checkout: Checkout): Promise<Try> => {
    const known = new Set(simulator.payments().map(({ id }) => id));
    const started = await checkout.pay();
    if (!started.ok) throw new Error(`Shopify's checkout: ${started.reason}`);
    const { sessionId: session, redirectUrl: page } = started;
    const chosen = await chooseOnPage(page, wishFor(gateway));
    const payment = simulator.payments().find(({ id }) => !known.has(id));
    if (!payment) throw new Error(`${gateway} has no payment for session ${session}`);
    if (chosen.link('outside') !== payment.payUrl) throw new Error(`the page does not lead to ${gateway}`);
    return { checkout, session, page, payment };
  };

  const live: ShopifyScene['live'] = async (whole) => {
    for (let left = whole; left > 0; left -= lookEvery)
      await time.pass(minutes(Math.min(left, lookEvery)), stage.work);
  };

  const topUp: ShopifyScene['topUp'] = async ({ payment }, amount) =>
    gateway === 'cryptopayment-center'
      ? stage.simulators.gateways[gateway].shopper.topUp(payment.id, amount === undefined ? {} : { amount })
      : notSupported;

  return {
    simulator,
    checkout: () => pay(stage.shop.checkout({ amount: total })),
    tryAgain: ({ checkout }) => pay(checkout),
    act: (kind, { payment }, options = {}) => {
      if (gateway !== 'ton-nft') return simulator.shopper[kind](payment.id, options);
      // A deposit address never expires there, so "late" is only a matter of when (NFT-11).
      const { late: _late, ...rest } = options;
      return simulator.shopper[kind](payment.id, { amount: tonAmounts[kind], ...rest });
    },
    topUp,
    payAfterAll: async (attempt) =>
      gateway === 'teleport-pay'
        ? stage.simulators.gateways[gateway].shopper.confirm(attempt.payment.id)
        : topUp(attempt),
    dropAll: async ({ payment }) => {
      if (gateway !== 'cryptopayment-center') return notSupported;
      const { shopper } = stage.simulators.gateways[gateway];
      let left = await shopper.reorg(payment.id);
      while (left.ok) left = await shopper.reorg(payment.id, { deep: true });
      return left.reason === 'not-paid' ? { ok: true } : left;
    },
    live,
    wait: (whole) => time.pass(hours(whole), stage.work),
    leave: (attempt) => wayOut(stage, attempt),
    refund: (attempt) => refundOf(stage, attempt),
    decideRefund: (refund, decision) => decideRefund(stage, refund, decision),
    decline: ({ checkout }) => stage.operator.declineAll(checkout.group),
    payLiveWithTestAccount: () => testAccountOnly(stage, gateway, live),
    refundState: (refund) => stage.shop.followUps().find(({ id }) => id === refund)?.state ?? 'lost',
    outcome: (attempt) => outcomeOf(stage, attempt),
  };
};
