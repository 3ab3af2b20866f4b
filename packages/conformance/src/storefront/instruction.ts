import {
  type InstructionRow,
  type Invoice,
  moneySchema,
  type OrderKey,
  type StoreId,
} from '@gatewright/payment-core';
import { sampleInvoice } from '../ledger/sample-rows.ts';

/** What the storefront is told; the rest is usual. */
export interface Telling {
  readonly kind: InstructionRow['kind'];
  /** Default: the order of the story. */
  readonly order?: OrderKey;
  readonly claim?: string;
  readonly transaction?: string;
  readonly total?: string;
  readonly note?: string;
  /** The same id is the same instruction, told again. Default: a new one. */
  readonly id?: string;
}

interface About {
  readonly store: StoreId;
  readonly order: OrderKey;
  readonly currency: string;
  readonly id: string;
}

/** As the core writes it, with the invoice that goes with it. */
export const instructionFor = (
  about: About,
  telling: Telling,
): { readonly instruction: InstructionRow; readonly invoice: Invoice } => {
  const { kind, order: orderKey = about.order, total = '50.00' } = telling;
  const { store, currency } = about;
  const order = moneySchema.parse({ amount: total, currency });
  const invoice = sampleInvoice('of-the-story', { store, orderKey, order, status: 'settled' });
  const settles = kind === 'settle';
  const instruction: InstructionRow = {
    id: telling.id ?? about.id,
    store,
    orderKey,
    invoice: invoice.id,
    kind,
    claim: settles ? (telling.claim ?? 'claim-1') : null,
    transaction: settles ? (telling.transaction ?? 'tx-1') : null,
    expected: settles ? order : null,
    note: telling.note ?? '',
    state: 'pending',
    answer: null,
    createdAt: 1_700_000_000_000,
    doneAt: null,
  };
  return { instruction, invoice };
};
