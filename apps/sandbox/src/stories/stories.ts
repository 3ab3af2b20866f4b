import type { Scene } from './scene.ts';
import { cannot, expects, type Story } from './story.ts';

const mustHappen = (outcome: { readonly ok: boolean; readonly reason?: string }): void => {
  if (!outcome.ok) throw new Error(`the gateway's page refused: ${outcome.reason ?? 'no reason'}`);
};

const paid: Story = {
  name: 'paid',
  expected: () => expects('processing'),
  play: async (scene) => {
    const order = await scene.checkout();
    mustHappen(await scene.act('pay', order));
    await scene.live(10);
    return scene.outcome(order);
  },
};

const paidTwice: Story = {
  name: 'paid-twice',
  expected: () => expects('processing'),
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
    underpayment ? expects('on-hold, in review') : cannot('the gateway takes the whole amount or nothing'),
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
      ? expects('processing')
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
  expected: () => expects('cancelled'),
  play: async (scene) => {
    const order = await scene.checkout();
    await scene.live(80);
    return scene.outcome(order);
  },
};

const late: Story = {
  name: 'late',
  expected: ({ latePayment }) =>
    latePayment ? expects('on-hold, in review') : cannot('the gateway takes no money after the expiry'),
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
  expected: ({ poll }) => expects(poll === 'none' ? 'pending, in review' : 'processing'),
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
  expected: () => expects('cancelled'),
  play: async (scene) => {
    const order = await scene.checkout();
    await scene.cancelInShop(order);
    await scene.live(5);
    return scene.outcome(order);
  },
};

const refunded: Story = {
  name: 'refund',
  expected: ({ refund }) => expects(refund === 'none' ? 'processing, refund by hand' : 'refunded'),
  play: async (scene: Scene) => {
    const order = await scene.checkout();
    mustHappen(await scene.act('pay', order));
    await scene.live(10);
    const refund = await scene.refundInShop(order);
    await scene.live(1);
    const outcome = await scene.outcome(order);
    if (refund.ok) return outcome;
    return /by hand/.test(refund.message)
      ? `${outcome}, refund by hand`
      : `${outcome}, refund failed: ${refund.message}`;
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
