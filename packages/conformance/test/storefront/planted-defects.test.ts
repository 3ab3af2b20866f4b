import { type InstructionRow, moneySchema, type StorefrontAnswer } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import type { ReferenceShop } from '../../src/journey/shop.ts';
import { checkStorefrontAgreement } from '../../src/storefront/agreement.ts';
import type { StorefrontBench, StorefrontSubject } from '../../src/storefront/bench.ts';
import type { Lacks } from '../../src/storefront/platform.ts';
import { playStorefrontStory } from '../../src/storefront/story.ts';
import { storiesOfStorefront } from '../../src/storefront/story-table.ts';
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

/** Shows what its subject says that no order shows. */
const asEver: Defect = (shop) => shop.tell;

const defects: readonly (readonly [defect: string, caughtBy: string, planted: Defect, lacks?: Lacks])[] = [
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
    'takes whatever the payment was made for',
    'payment-of-another-total',
    settlingBy(async (shop, instruction, tell) => {
      const { total, currency } = shop.order(instruction.orderKey);
      const expected = moneySchema.parse({ amount: total, currency });
      return tell({ ...instruction, expected }, undefined);
    }),
  ],
  [
    'takes any currency for its own',
    'payment-of-another-currency',
    settlingBy(async (shop, instruction, tell) => {
      const { currency } = shop.order(instruction.orderKey);
      const expected = moneySchema.parse({ ...instruction.expected, currency });
      return tell({ ...instruction, expected }, undefined);
    }),
  ],
  [
    'calls every settlement done',
    'five-told-apart',
    settlingBy(async (_shop, instruction, tell) => {
      const answer = await tell(instruction, undefined);
      return answer.outcome === 'already' ? done : answer;
    }),
  ],
  [
    'calls a settlement done whose answer was lost',
    'lost-answer-told-apart',
    settlingBy(async (_shop, instruction, tell) => {
      const answer = await tell(instruction, undefined);
      return answer.outcome === 'already' ? done : answer;
    }),
  ],
  [
    'fulfils nothing when it is paid after it failed',
    'settle-failed',
    settlingBy(async (shop, instruction, tell) =>
      shop.order(instruction.orderKey).status === 'failed' ? done : tell(instruction, undefined),
    ),
  ],
  [
    'takes money for what has failed for good',
    'failed-stands',
    asEver,
    { 'pay-after-fail': 'the first end stands' },
  ],
  ['holds what it cannot show as held', 'hold-unseen', asEver, { hold: 'there is no such state' }],
  ['ends what can still be paid', 'cancel-unseen', asEver, { cancel: 'there is no order yet' }],
  ['fails what can still be paid', 'fail-unseen', asEver, { fail: 'there is no such state' }],
  ['writes notes where there are none', 'note-unseen', asEver, { note: 'an order has no notes' }],
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

const subjectOf = (open: () => Promise<StorefrontBench>, lacks: Lacks = {}): StorefrontSubject => ({
  name: 'a shop with a defect',
  readsOrders: true,
  lacks,
  open,
});

const cases = defects.map(
  ([defect, caughtBy, planted, lacks = {}]) => [defect, caughtBy, planted, lacks] as const,
);

describe('a battery that cannot fail proves nothing', () => {
  it.each(cases)('a shop that %s is caught by %s', async (_defect, caughtBy, planted, lacks) => {
    const subject = subjectOf(() => openReferenceShop((shop) => ({ tell: planted(shop) })), lacks);
    const found = storiesOfStorefront(subject).find(({ story }) => story.id === caughtBy);
    if (found?.applies !== true) throw new Error(`no such story: ${caughtBy}`);
    await expect(playStorefrontStory(found.story, subject)).rejects.toThrow();
  });
});

describe('what a subject says of its platform', () => {
  const nobody = 'nobody can';

  it.each<[string, Lacks, (bench: StorefrontBench) => StorefrontBench]>([
    ['a bench that can do what its platform lacks', { reopen: nobody }, (bench) => bench],
    ['trouble that cannot come', { 'answer-lost': nobody }, (bench) => bench],
    ['repeats that are told apart all the same', { 'tell-repeats': nobody }, (bench) => bench],
    [
      'a reason that says nothing',
      { refund: '' },
      ({ person: { refund: _, ...person }, ...bench }) => ({ ...bench, person }),
    ],
    [
      'a bench that lacks what its platform has',
      {},
      ({ person: { refund: _, ...person }, ...bench }) => ({ ...bench, person }),
    ],
    ['a line without trouble', {}, (bench) => ({ ...bench, trouble: {} })],
  ])('%s is found out', async (_what, lacks, change) => {
    await expect(
      checkStorefrontAgreement(subjectOf(async () => change(await openReferenceShop()), lacks)),
    ).rejects.toThrow();
  });

  it('is believed where it is true', async () => {
    const open = async () => {
      const {
        person: { reopen: _, ...person },
        ...bench
      } = await openReferenceShop();
      return { ...bench, person };
    };
    await checkStorefrontAgreement(subjectOf(open, { reopen: nobody }));
  });
});
