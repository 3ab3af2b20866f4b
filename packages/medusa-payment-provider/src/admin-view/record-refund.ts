import {
  compareDecimal,
  type Decimal,
  decideRefusalText,
  followOrder,
  type Invoice,
  invoiceIdSchema,
  isUnresolved,
  isZero,
  money,
  parseDecimal,
  type RefundRow,
  subtractDecimal,
} from '@gatewright/payment-core';
import type * as z from 'zod';
import type { InvoiceView, recordRefundBody } from '../api/admin/gatewright/shapes.ts';
import type { MedusaEngine } from '../engine/engine.ts';
import { manualRefund } from '../fulfilment/manual-refund.ts';
import { readPurchase } from '../fulfilment/read-purchase.ts';
import { runWorkflow, workflowIds } from '../fulfilment/run-workflow.ts';
import type { Shop } from '../fulfilment/shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { invoiceView } from './invoice-view.ts';
import { type Outcome, refuse } from './problem.ts';

type Asked = z.output<typeof recordRefundBody>;

const unknown = refuse({
  status: 404,
  code: 'invoice-unknown',
  message: 'There is no such invoice. Look at the order again.',
});

const notBooked = refuse({
  status: 409,
  code: 'not-the-order-payment',
  message:
    'Medusa has booked no payment of this invoice, so there is nothing to refund in the order. If its money was sent back, resolve its review item with "refund noted".',
});

const beingChecked = refuse({
  status: 409,
  code: 'refund-unresolved',
  message: `${decideRefusalText('refund-unresolved').cause} ${decideRefusalText('refund-unresolved').remedy}`,
});

/** A payment that fulfilled an order, with its refunds so far. */
interface Paid {
  readonly invoice: Invoice;
  readonly refunds: readonly RefundRow[];
}

const paidInvoice = (
  engine: MedusaEngine,
  id: string,
): Promise<Paid | 'unknown' | 'not-booked' | 'being-checked'> => {
  const parsed = invoiceIdSchema.safeParse(id);
  if (!parsed.success) return Promise.resolve('unknown');
  return engine.ledger.transact(async (tx) => {
    const invoice = await tx.invoices.byId(parsed.data);
    if (!invoice) return 'unknown';
    const claim = await tx.claims.byOrder(medusaStoreId, invoice.orderKey);
    if (claim?.invoice !== invoice.id || claim.state !== 'acknowledged') return 'not-booked';
    const refunds = await tx.refunds.ofInvoice(invoice.id);
    return refunds.some(({ state }) => isUnresolved(state)) ? 'being-checked' : { invoice, refunds };
  });
};

const unreadable = (reason: 'amount-malformed' | 'amount-scale' | 'amount-zero') => {
  const { cause, remedy } = decideRefusalText(reason);
  return refuse({ status: 422, code: reason, message: `${cause} ${remedy}` });
};

const tooMuch = refuse({
  status: 422,
  code: 'more-than-paid',
  message: 'Together with the refunds before it this is more than was paid. Look at the refunds so far.',
});

/** Medusa itself lets a refund be a cent more than was paid, and refuses the rest in fewer words. */
const judgeAmount = (amount: string, { invoice, refunds }: Paid) => {
  const digits = parseDecimal(amount);
  if (!digits) return unreadable('amount-malformed');
  if (isZero(digits)) return unreadable('amount-zero');
  if (!money(digits, invoice.order.currency).ok) return unreadable('amount-scale');
  const left = refunds
    .filter(({ state }) => state !== 'refused')
    .reduce<Decimal | undefined>(
      (rest, { orderAmount }) => rest && subtractDecimal(rest, orderAmount.amount),
      invoice.order.amount,
    );
  return left !== undefined && compareDecimal(digits, left) <= 0 ? undefined : tooMuch;
};

const bookedPayment = async (
  { query }: Shop,
  { orderKey, account }: Invoice,
): Promise<string | undefined> => {
  const purchase = await readPurchase(query, orderKey);
  return purchase?.collection.payments.find(
    ({ provider, captured, canceled }) => provider === account && captured && !canceled,
  )?.id;
};

/**
 * Books in Medusa a refund that a person has sent by hand: core's refund workflow runs, and our provider counts it
 * without asking the gateway (see `manualRefund`).
 */
export const recordRefund = async (
  engine: MedusaEngine,
  shop: Shop,
  id: string,
  by: string,
  asked: Asked,
): Promise<Outcome<{ invoice: InvoiceView }>> => {
  const paid = await paidInvoice(engine, id);
  if (paid === 'unknown') return unknown;
  if (paid === 'not-booked') return notBooked;
  if (paid === 'being-checked') return beingChecked;
  const { invoice } = paid;
  const wrong = judgeAmount(asked.amount, paid);
  if (wrong) return wrong;
  const payment = await bookedPayment(shop, invoice);
  if (payment === undefined) return notBooked;
  const input = { payment_id: payment, amount: asked.amount, note: asked.reason };
  const ran = await manualRefund.run({ by, reason: asked.reason }, () =>
    runWorkflow(shop, workflowIds.refundPayment, input),
  );
  if (ran.kind !== 'done')
    return refuse({
      status: ran.kind === 'declined' ? 409 : 503,
      code: 'refund-not-booked',
      message: `Medusa did not book the refund: ${ran.why}`,
    });
  // Counted from Medusa's own list, so that the gateway is never asked to send the same money again.
  await followOrder(engine.ports, medusaStoreId, invoice.orderKey);
  const view = await engine.ledger.transact(async (tx) => {
    const current = await tx.invoices.byId(invoice.id);
    return current && invoiceView(engine.ports, tx, current, invoice.id);
  });
  return view ? { ok: true, value: { invoice: view } } : unknown;
};
