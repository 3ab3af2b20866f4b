import { cannot, expects } from '../../stories/story.ts';
import type { ShopifyScene, Try } from '../scene.ts';
import { mustHappen, type ShopifyStory, withFact } from './shopify-story.ts';

const noUnderpayment = cannot('the gateway takes the whole amount or nothing');

/** Too little came, and the merchant does not want it. */
const declined = async (scene: ShopifyScene): Promise<Try> => {
  const attempt = await scene.checkout();
  mustHappen(await scene.act('underpay', attempt));
  await scene.live(10);
  await scene.decline(attempt);
  await scene.live(2);
  return attempt;
};

/** Shopify cancels the order as soon as the merchant has decided against its money. */
const pendingDeclined: ShopifyStory = {
  name: 'pending, declined by the merchant',
  expected: ({ underpayment }) =>
    underpayment ? expects('cancelled, rejected CANCELLED_PAYMENT', 'underpaid') : noUnderpayment,
  play: async (scene) => scene.outcome(await declined(scene)),
};

/** The session is over: what comes afterwards waits for a person, and the order stays cancelled. */
const paidAfterReject: ShopifyStory = {
  name: 'declined, then paid after all',
  expected: ({ underpayment, topUp, poll }) =>
    underpayment && (topUp || poll === 'none')
      ? expects('cancelled, rejected CANCELLED_PAYMENT, in review', 'held')
      : cannot('the gateway takes nothing more for an invoice that was paid'),
  play: async (scene) => {
    const attempt = await declined(scene);
    mustHappen(await scene.payAfterAll(attempt));
    await scene.live(10);
    return scene.outcome(attempt);
  },
};

/**
 * The money was seen, made the order pending, and is dropped by its chain: rejected before Shopify ends it. A trifle
 * more, twice, makes the gateway count its confirmations anew, so that it takes longer than the buyer waits.
 */
const droppedAfterPending: ShopifyStory = {
  name: 'pending, then gone from the chain',
  expected: ({ depositAddress, poll }) =>
    depositAddress && poll === 'id'
      ? expects('cancelled, rejected CANCELLED_PAYMENT', 'expired')
      : cannot('the simulated gateway shows no money before it is final'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    mustHappen(await scene.act('pay', attempt));
    await scene.live(3);
    mustHappen(await scene.topUp(attempt, '0.01'));
    await scene.live(3);
    mustHappen(await scene.topUp(attempt, '0.01'));
    await scene.live(3);
    mustHappen(await scene.dropAll(attempt));
    await scene.wait(75);
    return scene.outcome(attempt);
  },
};

const refundsItself = cannot('the gateway pays back by itself');

const paid = async (scene: ShopifyScene): Promise<Try> => {
  const attempt = await scene.checkout();
  mustHappen(await scene.act('pay', attempt));
  await scene.live(5);
  return attempt;
};

const refundApproved: ShopifyStory = {
  name: 'refund by hand, approved',
  expected: ({ refund }) =>
    refund === 'none' ? expects('refunded, refund resolved', 'refunded') : refundsItself,
  play: async (scene) => {
    const attempt = await paid(scene);
    const refund = await scene.refund(attempt);
    await scene.live(2);
    await scene.decideRefund(refund, 'paid-back');
    await scene.live(2);
    return withFact(await scene.outcome(attempt), `refund ${scene.refundState(refund)}`);
  },
};

const refundDeclined: ShopifyStory = {
  name: 'refund by hand, declined',
  expected: ({ refund }) => (refund === 'none' ? expects('paid, refund rejected', 'paid') : refundsItself),
  play: async (scene) => {
    const attempt = await paid(scene);
    const refund = await scene.refund(attempt);
    await scene.live(2);
    await scene.decideRefund(refund, 'decline');
    await scene.live(2);
    return withFact(await scene.outcome(attempt), `refund ${scene.refundState(refund)}`);
  },
};

/** Test credentials never take a live order's money (rule 17): the buyer is told, and the method leaves the checkout. */
const testAccountOnly: ShopifyStory = {
  name: 'live order, test account only',
  expected: () =>
    expects(
      'no order, rejected MERCHANT_ACCOUNT_ERROR, in review, not offered any more',
      '"This payment method is not available for this order. Please choose another one."',
    ),
  play: (scene) => scene.payLiveWithTestAccount(),
};

/** The stories in which a merchant decides, or would have to. */
export const merchantDecides: readonly ShopifyStory[] = [
  ...[pendingDeclined, paidAfterReject, refundApproved, refundDeclined, testAccountOnly],
  droppedAfterPending,
];
