import type { InstructionRow, OrderKey, StorefrontAnswer, StorefrontRefusal } from '@gatewright/payment-core';
import type { ShopTrouble } from '../journey/shop.ts';
import type { ShopPeople, ShopView, StorefrontBench, StorefrontSubject } from './bench.ts';
import type { Condition } from './conditions.ts';
import { instructionFor, type Telling } from './instruction.ts';

/** A shop with one order of 50.00 in it, and us. */
export interface Counter {
  readonly bench: Pick<StorefrontBench, 'storefront' | 'store' | 'missingOrder' | 'placeOrder'>;
  readonly subject: StorefrontSubject;
  readonly currency: string;
  readonly order: OrderKey;
  /** @throws Error for what the bench cannot do; a story needs the feature for it */
  readonly person: ShopPeople;
  /** Whether the shop shows what it was told; what it cannot show is taken, and changes nothing. */
  shows(kind: InstructionRow['kind']): boolean;
  trouble(next: ShopTrouble): Promise<void>;
  /** Tells the storefront; @throws when the storefront does, which it never may. */
  tell(telling: Telling): Promise<StorefrontAnswer>;
  look(): Promise<ShopView>;
}

export interface StorefrontStory {
  /** Kebab-case, stable. */
  readonly id: string;
  readonly title: string;
  /** All of them must hold. */
  readonly needs?: readonly Condition[];
  readonly run: (counter: Counter) => Promise<void>;
}

export const stories = (...list: readonly StorefrontStory[]): readonly StorefrontStory[] => list;

export const done: StorefrontAnswer = { outcome: 'done' };
export const already: StorefrontAnswer = { outcome: 'already' };
export const refused = (reason: StorefrontRefusal): StorefrontAnswer => ({ outcome: 'refused', reason });

const cannot = (what: string) => async (): Promise<never> => {
  throw new Error(`the bench has no "${what}", and its subject does not lack it`);
};

const peopleOf = ({ person }: StorefrontBench): ShopPeople => ({
  editTotal: cannot('editTotal'),
  editCurrency: cannot('editCurrency'),
  cancel: cannot('cancel'),
  reopen: cannot('reopen'),
  payOtherwise: cannot('payOtherwise'),
  refund: cannot('refund'),
  ...person,
});

/** @param bench stays open */
export const standAt = async (bench: StorefrontBench, subject: StorefrontSubject): Promise<Counter> => {
  const currency = subject.currency ?? 'USD';
  const order = await bench.placeOrder({ total: '50.00', currency });
  let told = 0;
  return {
    bench,
    subject,
    currency,
    order,
    person: peopleOf(bench),
    shows: (kind) => kind === 'settle' || subject.lacks?.[kind] === undefined,
    trouble: async (next) => (bench.trouble[next] ?? cannot(next))(),
    tell: (telling) => {
      told += 1;
      const about = { store: bench.store, order, currency, id: `instruction-${told}` };
      const { instruction, invoice } = instructionFor(about, telling);
      return bench.storefront.tell(instruction, invoice);
    },
    look: () => bench.look(order),
  };
};

/** @throws what was promised and not kept */
export const playStorefrontStory = async (
  story: StorefrontStory,
  subject: StorefrontSubject,
): Promise<void> => {
  const bench = await subject.open();
  try {
    await story.run(await standAt(bench, subject));
  } finally {
    await bench.close();
  }
};
