import {
  formatMoney,
  type HistoryRow,
  type Invoice,
  type Money,
  type OrderKey,
  type Ports,
  type RefundRow,
  type StoreId,
} from '@gatewright/payment-core';
import { instant, instantOrNull } from './shown.ts';
import { toldWords } from './told-words.ts';

export interface InvoiceStory {
  readonly id: string;
  readonly gateway: string;
  readonly method: string | null;
  readonly status: string;
  readonly exceptions: readonly string[];
  readonly superseded: boolean;
  readonly paidTheOrder: boolean;
  readonly amount: string;
  readonly asked: string | null;
  readonly received: string | null;
  readonly reference: string;
  readonly gatewayPayment: string | null;
  readonly transaction: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly settledAt: string | null;
  readonly timeline: readonly { readonly at: string; readonly event: string; readonly detail: string }[];
  readonly refunds: readonly {
    readonly id: string;
    readonly state: string;
    readonly amount: string;
    readonly sent: string;
    readonly at: string;
  }[];
}

/** What happened to one order: every attempt, and what Shopify was told. No links to pay, no addresses, no claim. */
export interface OrderStory {
  readonly attempts: readonly InvoiceStory[];
  readonly told: readonly {
    readonly what: string;
    readonly state: 'pending' | 'done' | 'refused';
    readonly note: string;
    readonly answer: string | null;
    readonly at: string;
  }[];
}

const moneyOrNull = (money: Money | null): string | null => (money ? formatMoney(money) : null);

const invoiceStory = (
  { gateway }: Pick<Ports, 'gateway'>,
  invoice: Invoice,
  timeline: readonly HistoryRow[],
  refunds: readonly RefundRow[],
  paidTheOrder: boolean,
): InvoiceStory => ({
  id: invoice.id,
  gateway: gateway(invoice.gateway)?.title ?? invoice.gateway,
  method: invoice.method,
  status: invoice.status,
  exceptions: [...invoice.exceptions],
  superseded: invoice.superseded,
  paidTheOrder,
  amount: formatMoney(invoice.order),
  asked: moneyOrNull(invoice.payable ?? invoice.quoted),
  received: moneyOrNull(invoice.received),
  reference: invoice.reference,
  gatewayPayment: invoice.gatewayPaymentId,
  transaction: invoice.transaction,
  createdAt: instant(invoice.createdAt),
  expiresAt: instant(invoice.expiresAt),
  settledAt: instantOrNull(invoice.settledAt),
  timeline: timeline.map(({ at, event, detail }) => ({ at: instant(at), event, detail })),
  refunds: refunds.map((row) => ({
    id: row.refundId,
    state: row.state,
    amount: formatMoney(row.orderAmount),
    sent: formatMoney(row.gatewayAmount),
    at: instant(row.createdAt),
  })),
});

/** @param store of the signed-in shop: the look-up is scoped by it */
export const orderStory = (ports: Ports, store: StoreId, orderKey: OrderKey): Promise<OrderStory> =>
  ports.ledger.transact(async (tx) => {
    const claim = await tx.claims.byOrder(store, orderKey);
    const paidBy = claim && claim.state !== 'released' ? claim.invoice : undefined;
    const attempts: InvoiceStory[] = [];
    for (const invoice of await tx.invoices.ofOrder(store, orderKey)) {
      const timeline = await tx.history.ofInvoice(invoice.id);
      const refunds = await tx.refunds.ofInvoice(invoice.id);
      attempts.push(invoiceStory(ports, invoice, timeline, refunds, invoice.id === paidBy));
    }
    const told = await tx.instructions.ofOrder(store, orderKey);
    return {
      attempts,
      told: told.map((row) => ({
        what: toldWords(row),
        state: row.state,
        note: row.note,
        answer: row.answer,
        at: instant(row.doneAt ?? row.createdAt),
      })),
    };
  });
