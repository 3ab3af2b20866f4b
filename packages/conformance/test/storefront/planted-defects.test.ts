import type { InstructionRow, StorefrontAnswer } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import type { ReferenceShop } from '../../src/journey/shop.ts';
import { storiesOfStorefront } from '../../src/storefront/describe-storefront.ts';
import { playStorefrontStory } from '../../src/storefront/story.ts';
import { openReferenceShop } from './reference-shop.ts';

type Tell = ReferenceShop['tell'];
type Defect = (shop: ReferenceShop) => Tell;

const done: StorefrontAnswer = { outcome: 'done' };

/** What a shop does when nobody asks whether it may. */
const pay = (shop: ReferenceShop, { orderKey, claim }: InstructionRow): StorefrontAnswer => {
  const order = shop.order(orderKey);
  order.status = 'processing';
  order.claim = claim;
  order.fulfilments += 1;
  return done;
};

const settlingBy =
  (
    settle: (shop: ReferenceShop, instruction: InstructionRow, tell: Tell) => Promise<StorefrontAnswer>,
  ): Defect =>
  (shop) =>
  (instruction, invoice) =>
    instruction.kind === 'settle' ? settle(shop, instruction, shop.tell) : shop.tell(instruction, invoice);

const defects: readonly (readonly [defect: string, caughtBy: string, planted: Defect])[] = [
  ['fulfils with every call', 'same-claim', settlingBy(async (shop, instruction) => pay(shop, instruction))],
  [
    'looks at the order, waits, and then pays it',
    'settle-five-at-once',
    settlingBy(async (shop, instruction, tell) => {
      if (shop.order(instruction.orderKey).claim !== null) return tell(instruction, undefined);
      await Promise.resolve();
      return pay(shop, instruction);
    }),
  ],
  [
    'never compares the total',
    'total-higher',
    settlingBy(async (shop, instruction, tell) => {
      const { expected } = instruction;
      if (expected) shop.order(instruction.orderKey).total = expected.amount;
      return tell(instruction, undefined);
    }),
  ],
  [
    'never compares the currency',
    'currency-changed',
    settlingBy(async (shop, instruction, tell) => {
      const { expected } = instruction;
      if (expected) shop.order(instruction.orderKey).currency = expected.currency;
      return tell(instruction, undefined);
    }),
  ],
  [
    'revives what a person cancelled',
    'cancelled-order',
    settlingBy(async (shop, instruction, tell) => {
      const order = shop.order(instruction.orderKey);
      if (order.status === 'cancelled') order.status = 'pending';
      return tell(instruction, undefined);
    }),
  ],
  [
    'throws when the shop cannot be reached',
    'unreachable',
    (shop) => async (instruction, invoice) => {
      const answer = await shop.tell(instruction, invoice);
      if (answer.outcome === 'unavailable') throw new Error('connect ECONNREFUSED');
      return answer;
    },
  ],
  [
    'swallows that the shop cannot be reached',
    'unreachable',
    (shop) => async (instruction, invoice) => {
      const answer = await shop.tell(instruction, invoice);
      return answer.outcome === 'unavailable' ? done : answer;
    },
  ],
  [
    'puts a paid order on hold',
    'cancel-paid',
    (shop) => async (instruction, invoice) => {
      if (instruction.kind === 'hold') shop.order(instruction.orderKey).status = 'on-hold';
      return shop.tell(instruction, invoice);
    },
  ],
  [
    'calls a missing order unreachable',
    'settle-missing',
    (shop) => async (instruction, invoice) => {
      const answer = await shop.tell(instruction, invoice);
      return answer.outcome === 'refused' && answer.reason === 'order_missing'
        ? { outcome: 'unavailable', reason: 'not-found' }
        : answer;
    },
  ],
  [
    'keeps no notes',
    'note',
    (shop) => async (instruction, invoice) =>
      instruction.kind === 'note' ? done : shop.tell(instruction, invoice),
  ],
];

describe('a battery that cannot fail proves nothing', () => {
  it.each(defects)('a shop that %s is caught by %s', async (_defect, caughtBy, planted) => {
    const subject = {
      name: 'a shop with a defect',
      readsOrders: true,
      open: () => openReferenceShop((shop) => ({ tell: planted(shop) })),
    } as const;
    const found = storiesOfStorefront(subject).find(({ story }) => story.id === caughtBy);
    if (found?.applies !== true) throw new Error(`no such story: ${caughtBy}`);
    await expect(playStorefrontStory(found.story, subject)).rejects.toThrow();
  });
});
