import type {
  HistoryRow,
  InstructionRow,
  Invoice,
  LedgerTransaction,
  Ports,
  RefundRow,
} from '@gatewright/payment-core';
import type { InvoiceView } from '../api/admin/gatewright/shapes.ts';
import { differenceOf, refundedOf } from './amounts.ts';
import { instant, instantOrNull, shownMoney, shownMoneyOrNull } from './shown.ts';
import { transactionLink } from './transaction-link.ts';

interface InvoiceRows {
  readonly invoice: Invoice;
  readonly timeline: readonly HistoryRow[];
  readonly told: readonly InstructionRow[];
  readonly refunds: readonly RefundRow[];
  readonly paidTheOrder: boolean;
}

/** An order of Medusa has no notes, so what it was told stands where it says that it was told something. */
const withNotes = (
  timeline: readonly HistoryRow[],
  told: readonly InstructionRow[],
): InvoiceView['timeline'] => {
  const untold = [...told];
  return timeline.map(({ at, event, detail }) => {
    const place = untold.findIndex(
      ({ kind, doneAt, note }) => note !== '' && doneAt === at && event === `${kind} told to the shop`,
    );
    const [row] = place < 0 ? [] : untold.splice(place, 1);
    return { at: instant(at), event, detail: row?.note ?? detail };
  });
};

const view = (
  { gateway: gatewayOf }: Pick<Ports, 'gateway'>,
  { invoice, timeline, told, refunds, paidTheOrder }: InvoiceRows,
): InvoiceView => {
  const gateway = gatewayOf(invoice.gateway);
  const network = (invoice.received ?? invoice.payable ?? invoice.quoted)?.network;
  return {
    id: invoice.id,
    n: invoice.n,
    account: invoice.account,
    gateway: invoice.gateway,
    title: gateway?.title ?? invoice.gateway,
    method: invoice.method,
    status: invoice.status,
    exceptions: [...invoice.exceptions],
    superseded: invoice.superseded,
    paid_the_order: paidTheOrder,
    amount: shownMoney(invoice.order),
    asked: shownMoneyOrNull(invoice.payable ?? invoice.quoted),
    received: shownMoneyOrNull(invoice.received),
    difference: differenceOf(invoice.payable ?? invoice.quoted, invoice.received),
    refunded: shownMoneyOrNull(refundedOf(refunds)),
    network: network ?? null,
    reference: invoice.reference,
    gateway_payment: invoice.gatewayPaymentId,
    transaction: invoice.transaction,
    transaction_url: transactionLink(network, invoice.transaction),
    confirmations: invoice.confirmations,
    refunds_by: (gateway?.capabilities.refund ?? 'none') === 'none' ? 'hand' : 'gateway',
    created_at: instant(invoice.createdAt),
    expires_at: instant(invoice.expiresAt),
    settled_at: instantOrNull(invoice.settledAt),
    last_read_at: instantOrNull(invoice.lastReadAt),
    timeline: withNotes(timeline, told),
    refunds: refunds.map((refund) => ({
      id: refund.refundId,
      state: refund.state,
      order_amount: shownMoney(refund.orderAmount),
      gateway_amount: shownMoney(refund.gatewayAmount),
      created_at: instant(refund.createdAt),
    })),
  };
};

/** One attempt as an owner sees it. */
export const invoiceView = async (
  ports: Pick<Ports, 'gateway'>,
  tx: LedgerTransaction,
  invoice: Invoice,
  paidBy: string | undefined,
): Promise<InvoiceView> => {
  const told = await tx.instructions.ofOrder(invoice.store, invoice.orderKey);
  return view(ports, {
    invoice,
    timeline: await tx.history.ofInvoice(invoice.id),
    told: told.filter((row) => row.invoice === invoice.id),
    refunds: await tx.refunds.ofInvoice(invoice.id),
    paidTheOrder: invoice.id === paidBy,
  });
};
