import type { GatewayId } from '@gatewright/gateway-simulator';
import { orderKeySchema } from '@gatewright/payment-core';
import { visit } from '../shopper/browser.ts';
import { tonAmounts, total, wishFor } from '../shopper/fifty-dollars.ts';
import { chooseOnPage, shownBy } from '../shopper/pay-page.ts';
import type { PlacedOrder, Scene } from '../stories/scene.ts';
import { told } from '../stories/story.ts';
import type { Counter } from './counter.ts';

const inReview = ({ stage, store }: Counter, orderId: number): Promise<boolean> =>
  stage.bridge.ports.ledger.transact(async (tx) => {
    const key = orderKeySchema.parse(String(orderId));
    const items = await tx.reviews.page(store, { state: 'open', limit: 100 });
    return items.some((item) => item.orderKey === key);
  });

/** Anything but exactly one booking of a paid order is part of what the story says. */
const bookings = ({ shop }: Counter, orderId: number, status: string): string => {
  const booked = shop.events.paymentComplete(orderId);
  const expected = status === 'processing' || status === 'refunded' ? 1 : 0;
  return booked === expected ? '' : `, booked ${booked} times`;
};

/** One gateway's account in a demo shop, as a story sees it. */
export const sceneOf = (counter: Counter, gateway: GatewayId): Scene => {
  const { stage, shop } = counter;
  const simulator = stage.simulators.gateways[gateway];
  return {
    simulator,
    checkout: async (): Promise<PlacedOrder> => {
      const before = new Set(simulator.payments().map(({ id }) => id));
      const { id, page } = await counter.placeOrder(total);
      const chosen = await chooseOnPage(page, wishFor(gateway));
      const payment = simulator.payments().find(({ id }) => !before.has(id));
      if (!payment) throw new Error(`${gateway} has no payment for order ${id}`);
      if (chosen.link('outside') !== payment.payUrl) throw new Error(`the page does not lead to ${gateway}`);
      return { id, page, payment };
    },
    act: (kind, order, options = {}) => {
      if (gateway !== 'ton-nft') return simulator.shopper[kind](order.payment.id, options);
      // A deposit address never expires there, so "late" is only a matter of when (NFT-11).
      const { late: _late, ...rest } = options;
      return simulator.shopper[kind](order.payment.id, { amount: tonAmounts[kind], ...rest });
    },
    live: stage.live,
    cancelInShop: async (order) => {
      await shop.merchant.cancel(order.id);
    },
    refundInShop: async (order) => {
      const api = counter.ways.refundsByGateway;
      const refund = await shop.merchant.refund(order.id, total, { api, reason: 'Returned' });
      return refund.ok ? { ok: true, message: '' } : { ok: false, message: refund.message };
    },
    outcome: async (order) => {
      const status = shop.orders(order.id)?.status ?? 'gone';
      const review = (await inReview(counter, order.id)) ? ', in review' : '';
      const outcome = `${status}${bookings(counter, order.id, status)}${review}`;
      return told(outcome, shownBy(await visit(order.page)));
    },
  };
};
