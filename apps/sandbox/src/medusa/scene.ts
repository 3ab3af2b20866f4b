import type {
  ActionOptions,
  GatewayId,
  GatewaySimulator,
  ShopperOutcome,
  SimulatedPayment,
} from '@gatewright/gateway-simulator';
import { minutes, orderKeySchema, storeIdSchema } from '@gatewright/payment-core';
import * as z from 'zod';
import { visit } from '../shopper/browser.ts';
import { tonAmounts, wishFor } from '../shopper/fifty-dollars.ts';
import { chooseOnPage, shownBy } from '../shopper/pay-page.ts';
import { told } from '../stories/story.ts';
import type { MedusaShop } from './medusa-shop.ts';
import type { Place } from './place.ts';
import type { TimeShare } from './shared-time.ts';
import { providerOf } from './shop/accounts.ts';
import { attempt, bookedCents, type Deed, ordersOf, paymentsOf, type ShopOrder } from './shop/orders.ts';

/** A cart that was taken to the gateway's page; with orders before payments it is an order already. */
export interface Purchase {
  readonly cart: string;
  readonly collection: string;
  /** Medusa's payment session. */
  readonly session: string;
  /** Address of the shopper's page. */
  readonly page: string;
  readonly payment: SimulatedPayment;
}

/** What a story may do: one gateway, one Medusa shop, and time. */
export interface MedusaScene {
  readonly simulator: Pick<GatewaySimulator, 'shopper' | 'faults'>;
  readonly shop: MedusaShop;
  /** Fills a cart of 50 USD (or with these variants), chooses the gateway and follows the page there. */
  checkout(variants?: readonly string[]): Promise<Purchase>;
  /** The shopper's action at the gateway, with the amount the cart is worth there. */
  act(
    kind: 'pay' | 'underpay' | 'overpay',
    purchase: Purchase,
    options?: ActionOptions,
  ): Promise<ShopperOutcome>;
  /** Sends what is missing, where the gateway can take more. */
  topUp(purchase: Purchase): Promise<ShopperOutcome>;
  /** Lets time pass for gateways and servers, and does what is due. */
  live(minutes: number): Promise<void>;
  /** The order that was made of the cart, if there is exactly one. */
  order(purchase: Purchase): Promise<ShopOrder | undefined>;
  cancelOrder(purchase: Purchase): Promise<Deed>;
  /** @param amount USD, as an admin types it */
  refund(purchase: Purchase, amount: number): Promise<Deed>;
  /** What became of the cart: the order and what was booked on it, a review; then what the shopper's page shows. */
  outcome(purchase: Purchase): Promise<string>;
}

const inReview = ({ opened }: MedusaShop, cart: string): Promise<boolean> =>
  opened.ledger.transact(async (tx) => {
    const items = await tx.reviews.page(storeIdSchema.parse('medusa'), { state: 'open', limit: 100 });
    const key = orderKeySchema.parse(cart);
    return items.some((item) => item.orderKey === key);
  });

const usd = (cents: number): string => (cents / 100).toFixed(2);

/** The state of an order that is paid once or not at all, and whatever does not fit. */
const orderText = (order: ShopOrder): string => {
  const { captures, captured, refunded } = bookedCents(order);
  const status = order.status === 'canceled' ? 'canceled' : order.payment_status;
  const facts = [status];
  if (captures > 1) facts.push(`${captures} captures`);
  if (captured !== 0 && captured !== 5_000) facts.push(`captured ${usd(captured)}`);
  if (status === 'canceled' && captured !== refunded) facts.push(`keeps ${usd(captured - refunded)}`);
  if (status === 'partially_refunded') facts.push(`refunded ${usd(refunded)}`);
  return facts.join(', ');
};

const fateOf = (orders: readonly ShopOrder[]): string => {
  const [order] = orders;
  if (order === undefined) return 'no order';
  return orders.length === 1 ? orderText(order) : `${orders.length} orders`;
};

/** Prepares the page to pay: where the gateway has several networks, the shopper chooses one. */
const followPage = async (page: string, gateway: GatewayId): Promise<string | undefined> => {
  const shown = await visit(page);
  const waiting = shownBy(shown) === 'choose' ? await chooseOnPage(page, wishFor(gateway)) : shown;
  if (shownBy(waiting) !== 'waiting') throw new Error(`the page shows ${shownBy(waiting)}`);
  return waiting.link('outside');
};

const newPayment = (simulator: GatewaySimulator, known: ReadonlySet<string>): SimulatedPayment => {
  const payment = simulator.payments().find(({ id }) => !known.has(id));
  if (!payment) throw new Error('the gateway has no new payment');
  return payment;
};

/**
 * One gateway's account in a Medusa shop, as a story sees it.
 * @param time where the story waits for time
 */
export const medusaScene = (
  place: Place,
  shop: MedusaShop,
  gateway: GatewayId,
  time: TimeShare,
): MedusaScene => {
  const simulator: GatewaySimulator = place.simulators.gateways[gateway];
  const { shopper, merchant } = shop;

  /** An action may have waited for the expiry. */
  const sameTime = <T>(outcome: T): T => {
    place.clockFile.set(place.simulators.clock.now());
    return outcome;
  };

  const checkout = async (variants?: readonly string[]): Promise<Purchase> => {
    const known = new Set(simulator.payments().map(({ id }) => id));
    const cart = await shopper.fillCart(variants);
    const collection = await shopper.collectionOf(cart);
    const session = await shopper.startPayment(collection, providerOf(gateway), {
      return_url: `${shop.storefrontUrl}/thanks`,
    });
    const page = z.url().parse(session.data.checkout_url);
    if (shop.orderTiming === 'before_payment') await shopper.complete(cart);
    const link = await followPage(page, gateway);
    const payment = newPayment(simulator, known);
    if (link !== payment.payUrl) throw new Error(`the page does not lead to ${gateway}`);
    return { cart, collection, session: session.id, page, payment };
  };

  const order = async ({ cart }: Purchase): Promise<ShopOrder | undefined> => {
    const found = await ordersOf(merchant, cart);
    return found.length === 1 ? found[0] : undefined;
  };

  return {
    simulator,
    shop,
    checkout,
    act: async (kind, { payment }, options = {}) => {
      if (gateway !== 'ton-nft') return sameTime(await simulator.shopper[kind](payment.id, options));
      // A deposit address never expires there, so "late" is only a matter of when (NFT-11).
      const { late: _late, ...rest } = options;
      return sameTime(await simulator.shopper[kind](payment.id, { amount: tonAmounts[kind], ...rest }));
    },
    topUp: async ({ payment }) =>
      gateway === 'cryptopayment-center'
        ? place.simulators.gateways[gateway].shopper.topUp(payment.id)
        : { ok: false, reason: 'not-supported' },
    live: (whole) => time.pass(minutes(whole), shop.work),
    order,
    cancelOrder: async (purchase) => {
      const made = await order(purchase);
      return attempt(() => merchant.post(`/admin/orders/${made?.id}/cancel`, {}, z.unknown()));
    },
    refund: async (purchase, amount) => {
      const made = await order(purchase);
      const [payment] = made ? paymentsOf(made) : [];
      return attempt(() => merchant.post(`/admin/payments/${payment?.id}/refund`, { amount }, z.unknown()));
    },
    outcome: async ({ cart, page }) => {
      const review = (await inReview(shop, cart)) ? ', in review' : '';
      return told(`${fateOf(await ordersOf(merchant, cart))}${review}`, shownBy(await visit(page)));
    },
  };
};
