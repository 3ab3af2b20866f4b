import type { InstructionRow, Invoice, Storefront, StorefrontAnswer } from '@gatewright/payment-core';
import { shopOrder } from './follow-shop-order.ts';
import { cancelUnpaidOrder, holdOrder } from './move-order.ts';
import { type ClaimOf, type SettleReports, settleOrder, settlingOf } from './settle-order.ts';
import type { Shop } from './shop.ts';
import type { Turns } from './turns.ts';

export interface MedusaStorefrontParts {
  /** Asked at every use: a module is loaded before the app container knows `query`. */
  readonly shop: () => Shop;
  readonly turns: Turns;
  readonly reports: SettleReports;
  readonly claimOf: ClaimOf;
  /** Whether a payment provider of this shop is one of ours. */
  readonly isOurs: (provider: string) => boolean;
}

const tellShop = async (
  shop: Shop,
  { turns, reports, claimOf, isOurs }: MedusaStorefrontParts,
  instruction: InstructionRow,
  invoice: Invoice | undefined,
): Promise<StorefrontAnswer> => {
  const { kind } = instruction;
  switch (kind) {
    case 'settle': {
      const settling = settlingOf({ shop, turns, reports, claimOf }, instruction, invoice);
      if (!settling) throw new Error(`settle ${instruction.id} has no invoice or no amount`);
      return settleOrder(settling);
    }
    case 'cancel':
      return cancelUnpaidOrder(shop, instruction, isOurs);
    case 'hold':
      return holdOrder(shop, instruction);
    case 'fail':
    case 'note':
      // Medusa's orders have no notes: the order widget shows the payment's own timeline.
      return { outcome: 'done' };
    default: {
      const never: never = kind;
      return never;
    }
  }
};

type Unavailable = { readonly outcome: 'unavailable'; readonly reason: string };

/** What could not even be asked: the database, a module, our own turn of the cart. */
const failed = (shop: Shop, error: unknown): Unavailable => {
  const why = error instanceof Error ? error.message : 'unknown error';
  shop.warn(`Gatewright: Medusa could not be asked: ${[...why].slice(0, 200).join('')}`);
  return { outcome: 'unavailable', reason: 'medusa-failed' };
};

/** A job may be due before Medusa has put everything into its container. */
const withShop = async <T>(
  { shop: open }: MedusaStorefrontParts,
  ask: (shop: Shop) => Promise<T>,
): Promise<T | Unavailable> => {
  let shop: Shop;
  try {
    shop = open();
  } catch {
    return { outcome: 'unavailable', reason: 'medusa-starting' };
  }
  return ask(shop).catch((error: unknown) => failed(shop, error));
};

/** The core's port to this Medusa server, over its own query and workflows. */
export const medusaStorefront = (parts: MedusaStorefrontParts): Required<Storefront> => ({
  tell: (instruction, invoice) => withShop(parts, (shop) => tellShop(shop, parts, instruction, invoice)),
  readOrder: (_store, orderKey) =>
    withShop(parts, async ({ query }) => ({
      outcome: 'read',
      order: await shopOrder(query, orderKey, parts.isOurs),
    })),
});
