import {
  formatMoney,
  newRowId,
  type OrderKey,
  type Ports,
  type RefundRow,
  type StoreId,
} from '@gatewright/payment-core';

/** As `follow-order` writes it; a refund that a person noted with a reason of their own has been sent. */
const recordedInTheShop = 'recorded in the shop';

const keyOf = ({ invoice, refundId }: RefundRow): string => `rest_refund:${invoice}:${refundId}`;

/**
 * In a shop without the plugin nobody asks the gateway for a refund that is made there: a person has to send the money.
 * Each such refund stands in the review queue once, and is not asked about again when it was resolved.
 */
export const reviewRefunds = (ports: Ports, store: StoreId, orderKey: OrderKey): Promise<void> =>
  ports.ledger.transact(async (tx) => {
    const rows: RefundRow[] = [];
    for (const invoice of await tx.invoices.ofOrder(store, orderKey))
      rows.push(...(await tx.refunds.ofInvoice(invoice.id)));
    const byHand = rows.filter(({ state, answer }) => state === 'manual' && answer === recordedInTheShop);
    for (const refund of byHand) {
      if (await tx.reviews.isKnown(store, keyOf(refund))) continue;
      const invoice = await tx.invoices.byId(refund.invoice);
      const title = ports.gateway(invoice?.gateway ?? '')?.title ?? 'the gateway';
      await tx.reviews.open({
        id: newRowId(ports.random),
        store,
        account: invoice?.account ?? null,
        invoice: refund.invoice,
        orderKey,
        kind: 'refund_due',
        key: keyOf(refund),
        detail: `A refund of ${formatMoney(refund.orderAmount)} was made in the shop for order ${orderKey}. In REST-only mode no gateway is asked: send the money back at ${title}, then close this item (ignore). The refund is counted already.`,
        openedAt: ports.clock.now(),
        resolution: null,
      });
    }
  });
