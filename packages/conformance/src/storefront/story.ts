import type { OrderKey, StorefrontAnswer, StorefrontRefusal } from '@gatewright/payment-core';
import type { ShopView, StorefrontBench, StorefrontSubject } from './bench.ts';
import { instructionFor, type Telling } from './instruction.ts';

/** A shop with one order of 50.00 in it, and us. */
export interface Counter {
  readonly bench: StorefrontBench;
  readonly currency: string;
  readonly order: OrderKey;
  /** Tells the storefront; @throws when the storefront does, which it never may. */
  tell(telling: Telling): Promise<StorefrontAnswer>;
  look(): Promise<ShopView>;
}

export interface StorefrontStory {
  /** Kebab-case, stable. */
  readonly id: string;
  readonly title: string;
  readonly needs?: (subject: StorefrontSubject) => true | string;
  readonly run: (counter: Counter) => Promise<void>;
}

export const stories = (...list: readonly StorefrontStory[]): readonly StorefrontStory[] => list;

export const readsOrders = (subject: StorefrontSubject): true | string => subject.readsOrders;

export const done: StorefrontAnswer = { outcome: 'done' };
export const already: StorefrontAnswer = { outcome: 'already' };
export const refused = (reason: StorefrontRefusal): StorefrontAnswer => ({ outcome: 'refused', reason });

/** @throws what was promised and not kept */
export const playStorefrontStory = async (
  story: StorefrontStory,
  subject: StorefrontSubject,
): Promise<void> => {
  const bench = await subject.open();
  const currency = subject.currency ?? 'USD';
  let told = 0;
  try {
    const order = await bench.placeOrder({ total: '50.00', currency });
    await story.run({
      bench,
      currency,
      order,
      tell: (telling) => {
        told += 1;
        const { instruction, invoice } = instructionFor(
          { store: bench.store, order, currency, id: `instruction-${told}` },
          telling,
        );
        return bench.storefront.tell(instruction, invoice);
      },
      look: () => bench.look(order),
    });
  } finally {
    await bench.close();
  }
};
