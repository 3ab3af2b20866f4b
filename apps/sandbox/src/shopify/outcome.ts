import { orderKeySchema } from '@gatewright/payment-core';
import type { Checkout, ShopifyOrder } from '@gatewright/storefront-simulator';
import { visit } from '../shopper/browser.ts';
import { shownBy } from '../shopper/pay-page.ts';
import { told } from '../stories/story.ts';
import type { Stage } from './stage.ts';

/** A checkout that was tried to be paid, and the buyer's page of it. */
export interface Tried {
  readonly checkout: Checkout;
  readonly page: string;
}

/** One shop of the stage, and where its payments are. */
export type InShop = Pick<Stage, 'app' | 'shop' | 'store'>;

const inReview = ({ app, store }: InShop, { checkout }: Pick<Tried, 'checkout'>): Promise<boolean> =>
  app.ports.ledger.transact(async (tx) => {
    const orderKey = orderKeySchema.parse(checkout.group);
    return (await tx.reviews.page(store, { state: 'open', limit: 1, orderKey })).length > 0;
  });

export const ordersOf = ({ shop }: InShop, { checkout }: Pick<Tried, 'checkout'>): readonly ShopifyOrder[] =>
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
const rejections = ({ shop }: InShop, { checkout }: Pick<Tried, 'checkout'>): string =>
  shop
    .payments()
    .flatMap(({ group, state }) =>
      group === checkout.group && state.code === 'rejected' ? [`, rejected ${state.reason}`] : [],
    )
    .join('');

/** What became of the checkout in Shopify's admin, and a review; then what the buyer's page shows. */
export const outcomeOf = async (place: InShop, attempt: Tried): Promise<string> => {
  const review = (await inReview(place, attempt)) ? ', in review' : '';
  const fate = `${fateOf(ordersOf(place, attempt))}${rejections(place, attempt)}${review}`;
  return told(fate, shownBy(await visit(attempt.page)));
};
