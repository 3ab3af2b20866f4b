import { cannot, expects } from '../../stories/story.ts';
import { mustHappen, type ShopifyStory, withFact } from './shopify-story.ts';

/** The buyer pays and closes the browser: the webhook alone makes the order. */
const paid: ShopifyStory = {
  name: 'paid, buyer never returns',
  expected: () => expects('paid', 'paid'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    mustHappen(await scene.act('pay', attempt));
    await scene.live(5);
    return scene.outcome(attempt);
  },
};

/** The page leads to Shopify's own next page, which shows the order. */
const comesBack: ShopifyStory = {
  name: 'paid, buyer returns',
  expected: () => expects('paid, back at the order', 'paid'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    mustHappen(await scene.act('pay', attempt));
    await scene.live(5);
    return withFact(await scene.outcome(attempt), `back at the ${await scene.leave(attempt)}`);
  },
};

const hundredfold: ShopifyStory = {
  name: 'webhook 100 times',
  expected: () => expects('paid', 'paid'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    scene.simulator.faults.add({ kind: 'duplicate', copies: 99, concurrent: true, count: 1 });
    mustHappen(await scene.act('pay', attempt));
    await scene.live(5);
    return scene.outcome(attempt);
  },
};

const overpaid: ShopifyStory = {
  name: 'overpaid',
  expected: ({ overpayment }) =>
    overpayment
      ? expects('paid', 'overpaid')
      : cannot('the gateway takes no more than it asks for, or does not report it'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    mustHappen(await scene.act('overpay', attempt));
    await scene.live(5);
    return scene.outcome(attempt);
  },
};

/** The order is made and waits for the merchant, who decides in the app. */
const underpaid: ShopifyStory = {
  name: 'underpaid',
  expected: ({ underpayment }) =>
    underpayment
      ? expects('pending, in review', 'underpaid')
      : cannot('the gateway takes the whole amount or nothing'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    mustHappen(await scene.act('underpay', attempt));
    await scene.live(10);
    return scene.outcome(attempt);
  },
};

/** The review of the first part stays: only a person closes one. */
const toppedUp: ShopifyStory = {
  name: 'underpaid, then the rest',
  expected: ({ topUp }) =>
    topUp ? expects('paid', 'paid') : cannot('the gateway takes no second payment for an invoice'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    mustHappen(await scene.act('underpay', attempt));
    await scene.live(10);
    mustHappen(await scene.topUp(attempt));
    await scene.live(10);
    return scene.outcome(attempt);
  },
};

/** The buyer goes back to the checkout and pays on a second session: one order, and nothing was rejected. */
const secondTry: ShopifyStory = {
  name: 'cancelled, then paid on a second try',
  expected: () => expects('paid, left to the checkout', 'paid'),
  play: async (scene) => {
    const first = await scene.checkout();
    const left = await scene.leave(first);
    await scene.live(40);
    const second = await scene.tryAgain(first);
    mustHappen(await scene.act('pay', second));
    await scene.live(5);
    return withFact(await scene.outcome(second), `left to the ${left}`);
  },
};

const refunded: ShopifyStory = {
  name: 'refund',
  expected: ({ refund }) =>
    refund === 'none'
      ? expects('paid, refund open', 'paid')
      : expects('refunded, refund resolved', 'refunded'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    mustHappen(await scene.act('pay', attempt));
    await scene.live(5);
    const refund = await scene.refund(attempt);
    await scene.live(2);
    return withFact(await scene.outcome(attempt), `refund ${scene.refundState(refund)}`);
  },
};

/** The stories in which money comes, on time or nearly. */
export const moneyComes: readonly ShopifyStory[] = [
  ...[paid, comesBack, hundredfold, overpaid, underpaid, toppedUp, secondTry, refunded],
];
