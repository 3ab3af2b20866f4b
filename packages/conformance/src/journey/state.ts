import {
  type ClaimRow,
  type InstructionRow,
  type Invoice,
  type Ledger,
  orderKeySchema,
  type ReviewRow,
} from '@gatewright/payment-core';
import type { Seat } from './seats.ts';
import type { ReferenceShop, ShopOrder } from './shop.ts';

/** The orders of all stores with everything known of them, as plain data. */
export interface StageState {
  readonly shop: Readonly<Record<string, ShopOrder>>;
  /** Without their versions: a look that changed nothing may count as one. */
  readonly invoices: readonly Omit<Invoice, 'version'>[];
  readonly claims: readonly ClaimRow[];
  readonly instructions: readonly InstructionRow[];
  readonly reviews: readonly ReviewRow[];
}

export const readState = (ledger: Ledger, shop: ReferenceShop, seats: readonly Seat[]): Promise<StageState> =>
  ledger.transact(async (tx) => {
    const invoices: Omit<Invoice, 'version'>[] = [];
    const claims: ClaimRow[] = [];
    const instructions: InstructionRow[] = [];
    const reviews: ReviewRow[] = [];
    for (const store of new Set(seats.map((seat) => seat.store))) {
      reviews.push(...(await tx.reviews.page(store, { state: 'open', limit: 100 })));
      for (const text of shop.orders.keys()) {
        const orderKey = orderKeySchema.parse(text);
        for (const { version: _, ...invoice } of await tx.invoices.ofOrder(store, orderKey))
          invoices.push(invoice);
        instructions.push(...(await tx.instructions.ofOrder(store, orderKey)));
        const claim = await tx.claims.byOrder(store, orderKey);
        if (claim) claims.push(claim);
      }
    }
    const orders = structuredClone(Object.fromEntries(shop.orders));
    return { shop: orders, invoices, claims, instructions, reviews };
  });
