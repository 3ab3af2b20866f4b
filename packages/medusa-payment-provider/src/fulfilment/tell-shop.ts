import type { InstructionRow, Invoice, Storefront, StorefrontAnswer } from '@gatewright/payment-core';
import { shopOrder } from './follow-shop-order.ts';
import { cancelUnpaidOrder, holdOrder } from './move-order.ts';
import { type SettleReports, settleOrder, settlingOf } from './settle-order.ts';
import type { Shop } from './shop.ts';
import type { Turns } from './turns.ts';

export interface MedusaStorefrontParts {
  /** Asked at every use: a module is loaded before the app container knows `query`. */
  readonly shop: () => Shop;
  readonly turns: Turns;
  readonly reports: SettleReports;
  /** Whether a payment provider of this shop is one of ours. */
  readonly isOurs: (provider: string) => boolean;
}

const tellShop = (
  { shop, turns, reports, isOurs }: MedusaStorefrontParts,
  instruction: InstructionRow,
  invoice: Invoice | undefined,
): Promise<StorefrontAnswer> => {
  const { kind } = instruction;
  switch (kind) {
    case 'settle': {
      const settling = settlingOf({ shop: shop(), turns, reports }, instruction, invoice);
      if (!settling) throw new Error(`settle ${instruction.id} has no invoice or no amount`);
      return settleOrder(settling);
    }
    case 'cancel':
      return cancelUnpaidOrder(shop(), instruction, isOurs);
    case 'hold':
      return holdOrder(shop(), instruction);
    case 'fail':
    case 'note':
      // Medusa's orders have no notes: the order widget shows the payment's own timeline.
      return Promise.resolve({ outcome: 'done' });
    default: {
      const never: never = kind;
      return never;
    }
  }
};

const whyOf = (error: unknown): string =>
  error instanceof Error ? [...error.message].slice(0, 200).join('') : 'unknown error';

/** The core's port to this Medusa server, over its own query and workflows. */
export const medusaStorefront = (parts: MedusaStorefrontParts): Required<Storefront> => ({
  async tell(instruction, invoice) {
    try {
      return await tellShop(parts, instruction, invoice);
    } catch (error) {
      return { outcome: 'unavailable', reason: whyOf(error) };
    }
  },
  async readOrder(_store, orderKey) {
    try {
      return { outcome: 'read', order: await shopOrder(parts.shop().query, orderKey, parts.isOurs) };
    } catch (error) {
      return { outcome: 'unavailable', reason: whyOf(error) };
    }
  },
});
