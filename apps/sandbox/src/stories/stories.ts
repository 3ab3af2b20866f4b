import type { Scene } from './scene.ts';
import { cannot, expects, type Story, told } from './story.ts';

const mustHappen = (outcome: { readonly ok: boolean; readonly reason?: string }): void => {
  if (!outcome.ok) throw new Error(`the gateway's page refused: ${outcome.reason ?? 'no reason'}`);
};

const paid: Story = {
  name: 'paid',
  expected: () => expects('processing', 'paid'),
  play: async (scene) => {
    const order = await scene.checkout();
    mustHappen(await scene.act('pay', order));
    await scene.live(10);
    return scene.outcome(order);
  },
};

const paidTwice: Story = {
  name: 'paid-twice',
  expected: () => expects('processing', 'paid'),
  play: async (scene) => {
    const order = await scene.checkout();
    scene.simulator.faults.add({ kind: 'duplicate', copies: 4, concurrent: true, count: 'always' });
    mustHappen(await scene.act('pay', order));
    await scene.live(10);
    return scene.outcome(order);
  },
};

const underpaid: Story = {
  name: 'underpaid',
  expected: ({ underpayment }) =>
    underpayment
      ? expects('on-hold, in review', 'underpaid')
      : cannot('the gateway takes the whole amount or nothing'),
  play: async (scene) => {
    const order = await scene.checkout();
    mustHappen(await scene.act('underpay', order));
    await scene.live(15);
    return scene.outcome(order);
  },
};

const overpaid: Story = {
  name: 'overpaid',
  expected: ({ overpayment }) =>
    overpayment
      ? expects('processing', 'overpaid')
      : cannot('the gateway takes no more than it asks for, or does not report it'),
  play: async (scene) => {
    const order = await scene.checkout();
    mustHappen(await scene.act('overpay', order));
    await scene.live(10);
    return scene.outcome(order);
  },
};

const expired: Story = {
  name: 'expired',
  expected: () => expects('cancelled', 'expired'),
  play: async (scene) => {
    const order = await scene.checkout();
    await scene.live(80);
    return scene.outcome(order);
  },
};

const late: Story = {
  name: 'late',
  expected: ({ latePayment }) =>
    latePayment
      ? expects('on-hold, in review', 'late')
      : cannot('the gateway takes no money after the expiry'),
  play: async (scene) => {
    const order = await scene.checkout();
    await scene.live(40);
    mustHappen(await scene.act('pay', order, { late: true }));
    await scene.live(15);
    return scene.outcome(order);
  },
};

const lost: Story = {
  name: 'webhook-lost',
  expected: ({ poll }, { waiting }) =>
    poll === 'none' ? expects(`${waiting}, in review`, 'time is up') : expects('processing', 'paid'),
  play: async (scene) => {
    const order = await scene.checkout();
    scene.simulator.faults.add({ kind: 'drop', lost: true, count: 'always' });
    mustHappen(await scene.act('pay', order));
    await scene.live(15);
    scene.simulator.faults.clear();
    await scene.live(65);
    return scene.outcome(order);
  },
};

const cancelled: Story = {
  name: 'cancelled',
  expected: ({ cancel }) => expects('cancelled', cancel ? 'cancelled' : 'ended'),
  play: async (scene) => {
    const order = await scene.checkout();
    await scene.cancelInShop(order);
    await scene.live(5);
    return scene.outcome(order);
  },
};

const refunded: Story = {
  name: 'refund',
  expected: ({ refund }, { refundsByGateway }) => {
    if (!refundsByGateway) return expects('refunded, in review', 'refunded');
    return refund === 'none'
      ? expects('processing, refund by hand', 'paid')
      : expects('refunded', 'refunded');
  },
  play: async (scene: Scene) => {
    const order = await scene.checkout();
    mustHappen(await scene.act('pay', order));
    await scene.live(10);
    const refund = await scene.refundInShop(order);
    // The shop tells of the refund in its next cron run, and the bridge follows after it.
    await scene.live(2);
    const [outcome = '', page = ''] = (await scene.outcome(order)).split('; page: ');
    if (refund.ok) return told(outcome, page);
    const how = /by hand/.test(refund.message) ? 'refund by hand' : `refund failed: ${refund.message}`;
    return told(`${outcome}, ${how}`, page);
  },
};

/** The stories of the table, in the order they are played. */
export const stories: readonly Story[] = [
  paid,
  paidTwice,
  underpaid,
  overpaid,
  expired,
  late,
  lost,
  cancelled,
  refunded,
];
