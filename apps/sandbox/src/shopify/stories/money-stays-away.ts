import { cannot, expects } from '../../stories/story.ts';
import { mustHappen, type ShopifyStory, withFact } from './shopify-story.ts';

/** Nothing is told to Shopify: a rejection could keep the buyer from paying in another way. */
const expired: ShopifyStory = {
  name: 'expired',
  expected: () => expects('no order, back at the checkout', 'expired'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    await scene.live(80);
    return withFact(await scene.outcome(attempt), `back at the ${await scene.leave(attempt)}`);
  },
};

const late: ShopifyStory = {
  name: 'late',
  expected: ({ latePayment }) =>
    latePayment
      ? expects('pending, in review', 'late')
      : cannot('the gateway takes no money after the expiry'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    await scene.live(40);
    mustHappen(await scene.act('pay', attempt, { late: true }));
    await scene.live(15);
    return scene.outcome(attempt);
  },
};

/** The first session's invoice is paid after all, when the second session's has paid the order already. */
const lateForAnother: ShopifyStory = {
  name: 'late, after a second try was paid',
  expected: ({ latePayment }) =>
    latePayment ? expects('paid, in review', 'paid') : cannot('the gateway takes no money after the expiry'),
  play: async (scene) => {
    const first = await scene.checkout();
    await scene.live(40);
    const second = await scene.tryAgain(first);
    mustHappen(await scene.act('pay', second));
    await scene.live(5);
    mustHappen(await scene.act('pay', first, { late: true }));
    await scene.live(15);
    return scene.outcome(second);
  },
};

const lost: ShopifyStory = {
  name: 'webhook lost',
  expected: ({ poll }) =>
    poll === 'none' ? expects('no order, in review', 'time is up') : expects('paid', 'paid'),
  play: async (scene) => {
    const attempt = await scene.checkout();
    scene.simulator.faults.add({ kind: 'drop', lost: true, count: 'always' });
    mustHappen(await scene.act('pay', attempt));
    await scene.live(15);
    scene.simulator.faults.clear();
    await scene.live(65);
    return scene.outcome(attempt);
  },
};

/** The stories in which no money comes in time, or nobody tells of it. */
export const moneyStaysAway: readonly ShopifyStory[] = [expired, late, lateForAnother, lost];
