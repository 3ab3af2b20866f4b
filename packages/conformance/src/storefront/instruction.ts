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
  /** One payment has one claim, and the other way round. */
  readonly claim?: string;
  readonly transaction?: string;
  /** What the payment was made for. Default: what the order cost when it was placed. */
  readonly total?: string;
  readonly currency?: string;
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

/** How the payment stands when the core tells something: a hold is for money that a person has to look at. */
const standing: Readonly<Record<InstructionRow['kind'], Pick<Invoice, 'status' | 'exceptions'>>> = {
  settle: { status: 'settled', exceptions: [] },
  hold: { status: 'processing', exceptions: ['underpaid'] },
  cancel: { status: 'expired', exceptions: [] },
  fail: { status: 'failed', exceptions: [] },
  note: { status: 'settled', exceptions: [] },
};

/** As the core writes it, with the invoice that goes with it. */
export const instructionFor = (
  about: About,
  telling: Telling,
): { readonly instruction: InstructionRow; readonly invoice: Invoice } => {
  const { kind, order: orderKey = about.order, total = '50.00', claim = 'claim-1' } = telling;
  const { store } = about;
  const order = moneySchema.parse({ amount: total, currency: telling.currency ?? about.currency });
  const invoice = sampleInvoice(`of-${claim}`, { store, orderKey, order, ...standing[kind] });
  const settles = kind === 'settle';
  const instruction: InstructionRow = {
    id: telling.id ?? about.id,
    store,
    orderKey,
    invoice: invoice.id,
    kind,
    claim: settles ? claim : null,
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
