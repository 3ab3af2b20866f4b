import { cannot, expects } from '../../stories/story.ts';
import { type MedusaStory, mustHappen } from './medusa-story.ts';

const expired: MedusaStory = {
  name: 'expired',
  expected: (_, { givenUp }) => expects(givenUp, 'expired'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    await scene.live(80);
    return scene.outcome(purchase);
  },
};

/** The invoice has expired; the order, where there is one, waits until its own deadline. */
const late: MedusaStory = {
  name: 'late',
  expected: ({ latePayment }, { waiting }) =>
    latePayment
      ? expects(`${waiting}, in review`, 'late')
      : cannot('the gateway takes no money after the expiry'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    await scene.live(40);
    mustHappen(await scene.act('pay', purchase, { late: true }));
    await scene.live(15);
    return scene.outcome(purchase);
  },
};

const lost: MedusaStory = {
  name: 'webhook lost',
  expected: ({ poll }, { waiting }) =>
    poll === 'none' ? expects(`${waiting}, in review`, 'time is up') : expects('captured', 'paid'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    scene.simulator.faults.add({ kind: 'drop', lost: true, count: 'always' });
    mustHappen(await scene.act('pay', purchase));
    await scene.live(15);
    scene.simulator.faults.clear();
    await scene.live(65);
    return scene.outcome(purchase);
  },
};

/** The stories in which no money comes in time, or nobody tells of it. */
export const moneyStaysAway: readonly MedusaStory[] = [expired, late, lost];
