import type {
  ActionOptions,
  GatewayId,
  GatewaySimulator,
  ShopperOutcome,
  SimulatedPayment,
} from '@gatewright/gateway-simulator';
import { minutes, orderKeySchema } from '@gatewright/payment-core';
import type { Checkout, ShopifyOrder } from '@gatewright/storefront-simulator';
import type { TimeShare } from '../medusa/shared-time.ts';
import { visit } from '../shopper/browser.ts';
import { tonAmounts, total, wishFor } from '../shopper/fifty-dollars.ts';
import { chooseOnPage, shownBy } from '../shopper/pay-page.ts';
import { told } from '../stories/story.ts';
import type { Stage } from './stage.ts';

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
  /** Sends what is missing, where the gateway can take more. */
  topUp(attempt: Try): Promise<ShopperOutcome>;
  /** Lets time pass for the gateways, the app and Shopify. */
  live(minutes: number): Promise<void>;
  /** Follows the page's way out. @returns where it leads: the checkout, the order, or somewhere else */
  leave(attempt: Try): Promise<string>;
  /** All of it, by the merchant in Shopify's admin. @returns Shopify's id of the refund */
  refund(attempt: Try): Promise<string>;
  /** What Shopify knows of it. */
  refundState(refund: string): string;
  /** What became of the checkout in Shopify's admin, and a review; then what the buyer's page shows. */
  outcome(attempt: Try): Promise<string>;
}

const inReview = ({ app, store }: Stage, { checkout }: Try): Promise<boolean> =>
  app.ports.ledger.transact(async (tx) => {
    const key = orderKeySchema.parse(checkout.group);
    const items = await tx.reviews.list(store, { open: true });
    return items.some((item) => item.orderKey === key);
  });

const ordersOf = ({ shop }: Stage, { checkout }: Try): readonly ShopifyOrder[] =>
  shop.orders().filter(({ checkoutToken }) => checkoutToken === checkout.token);

/** The state of an order that is paid once or not at all, and whatever does not fit. */
const orderText = ({ financialStatus, cancelledAt, payments }: ShopifyOrder): string => {
  const status = cancelledAt === undefined ? financialStatus : 'cancelled';
  const isPaid = financialStatus === 'paid' || financialStatus === 'refunded';
  return payments.length === (isPaid ? 1 : 0) ? status : `${status}, ${payments.length} payments`;
};

const fateOf = (orders: readonly ShopifyOrder[]): string => {
  const [order] = orders;
  if (order === undefined) return 'no order';
  return orders.length === 1 ? orderText(order) : `${orders.length} orders`;
};

/** A rejection keeps the buyer from trying again, so every one is part of what the story says. */
const rejections = ({ shop }: Stage, { checkout }: Try): string =>
  shop
    .payments()
    .flatMap(({ group, state }) =>
      group === checkout.group && state.code === 'rejected' ? [`, rejected ${state.reason}`] : [],
    )
    .join('');

const outcomeOf = async (stage: Stage, attempt: Try): Promise<string> => {
  const review = (await inReview(stage, attempt)) ? ', in review' : '';
  const fate = `${fateOf(ordersOf(stage, attempt))}${rejections(stage, attempt)}${review}`;
  return told(fate, shownBy(await visit(attempt.page)));
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
    topUp: async ({ payment }) =>
      gateway === 'cryptopayment-center'
        ? stage.simulators.gateways[gateway].shopper.topUp(payment.id)
        : { ok: false, reason: 'not-supported' },
    live: (whole) => time.pass(minutes(whole), stage.work),
    leave: (attempt) => wayOut(stage, attempt),
    refund: (attempt) => refundOf(stage, attempt),
    refundState: (refund) => stage.shop.followUps().find(({ id }) => id === refund)?.state ?? 'lost',
    outcome: (attempt) => outcomeOf(stage, attempt),
  };
};
