import { type StoreId, storeIdSchema } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { created, sampleInvoice } from '../invoice/sample-invoice.fixture.ts';
import { createMemoryLedger } from '../ledger/memory-ledger.ts';
import type { ReviewRow } from '../ledger/rows.ts';
import { openReview } from './review-item.ts';

export const store = storeIdSchema.parse('store');
export const otherStore = storeIdSchema.parse('store-b');

/** A memory ledger with one held invoice of 50 USD, and ports that give other bytes at each call. */
export const heldOrder = async (change: Partial<Invoice> = {}) => {
  const ledger = createMemoryLedger();
  const state = { drawn: 0 };
  const random = (count: number): Uint8Array => {
    state.drawn += 1;
    return new Uint8Array(count).fill(state.drawn);
  };
  const ports = { ledger, clock: { now: () => created }, random };
  const invoice = sampleInvoice({ status: 'processing', exceptions: ['review', 'underpaid'], ...change });
  await ledger.transact((tx) => tx.invoices.insert(invoice));
  const open = async (
    fields: Partial<Pick<ReviewRow, 'invoice' | 'orderKey'>> = {},
    of: StoreId = store,
  ): Promise<string> =>
    ledger.transact(async (tx) => {
      const key = `underpaid:${state.drawn}`;
      await openReview(
        tx,
        { store: of, kind: 'underpaid', key, detail: 'Less.', ...fields },
        random,
        created,
      );
      const rows = await tx.reviews.page(of, { state: 'open', limit: 100 });
      return rows.at(-1)?.id ?? '';
    });
  return { ledger, ports, invoice, open };
};
