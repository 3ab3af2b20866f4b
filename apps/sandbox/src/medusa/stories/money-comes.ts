import { cannot, expects, told } from '../../stories/story.ts';
import { type MedusaStory, mustHappen } from './medusa-story.ts';

/** The shopper pays and closes the browser: the webhook alone makes the order. */
const paid: MedusaStory = {
  name: 'paid, shopper never returns',
  expected: () => expects('captured', 'paid'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    mustHappen(await scene.act('pay', purchase));
    await scene.live(5);
    return scene.outcome(purchase);
  },
};

const refusedOrMade = async (complete: () => Promise<{ readonly type: string }>): Promise<string> => {
  try {
    return (await complete()).type;
  } catch {
    return 'refused';
  }
};

/** The shopper comes back too early, pays, and comes back twice. */
const comesBack: MedusaStory = {
  name: 'paid, shopper returns before and after',
  expected: (_, { timing }) =>
    expects(`captured, ${timing === 'after_payment' ? 'refused' : 'order'}, order, order`, 'paid'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    const complete = () => refusedOrMade(() => scene.shop.shopper.complete(purchase.cart));
    const answers = [await complete()];
    mustHappen(await scene.act('pay', purchase));
    await scene.live(5);
    answers.push(await complete(), await complete());
    const [outcome = '', page = ''] = (await scene.outcome(purchase)).split('; page: ');
    return told(`${outcome}, ${answers.join(', ')}`, page);
  },
};

const hundredfold: MedusaStory = {
  name: 'webhook 100 times',
  expected: () => expects('captured', 'paid'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    scene.simulator.faults.add({ kind: 'duplicate', copies: 99, concurrent: true, count: 1 });
    mustHappen(await scene.act('pay', purchase));
    await scene.live(5);
    return scene.outcome(purchase);
  },
};

const overpaid: MedusaStory = {
  name: 'overpaid',
  expected: ({ overpayment }) =>
    overpayment
      ? expects('captured', 'overpaid')
      : cannot('the gateway takes no more than it asks for, or does not report it'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    mustHappen(await scene.act('overpay', purchase));
    await scene.live(5);
    return scene.outcome(purchase);
  },
};

const underpaid: MedusaStory = {
  name: 'underpaid',
  expected: ({ underpayment }, { waiting }) =>
    underpayment
      ? expects(`${waiting}, in review`, 'underpaid')
      : cannot('the gateway takes the whole amount or nothing'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    mustHappen(await scene.act('underpay', purchase));
    await scene.live(10);
    return scene.outcome(purchase);
  },
};

/** The review of the first part stays: only a person closes one. */
const toppedUp: MedusaStory = {
  name: 'underpaid, then the rest',
  expected: ({ topUp }) =>
    topUp ? expects('captured', 'paid') : cannot('the gateway takes no second payment for an invoice'),
  play: async (scene) => {
    const purchase = await scene.checkout();
    mustHappen(await scene.act('underpay', purchase));
    await scene.live(10);
    mustHappen(await scene.topUp(purchase));
    await scene.live(10);
    return scene.outcome(purchase);
  },
};

/** The stories in which money comes, on time or nearly. */
export const moneyComes: readonly MedusaStory[] = [
  paid,
  comesBack,
  hundredfold,
  overpaid,
  underpaid,
  toppedUp,
];
