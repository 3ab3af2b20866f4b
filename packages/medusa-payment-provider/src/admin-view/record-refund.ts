import {
  decideRefusalText,
  followOrder,
  type Invoice,
  invoiceIdSchema,
  isUnresolved,
  isZero,
  money,
  parseDecimal,
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

const claimedInvoice = (
  engine: MedusaEngine,
  id: string,
): Promise<Invoice | 'unknown' | 'not-booked' | 'being-checked'> => {
  const parsed = invoiceIdSchema.safeParse(id);
  if (!parsed.success) return Promise.resolve('unknown');
  return engine.ledger.transact(async (tx) => {
    const invoice = await tx.invoices.byId(parsed.data);
    if (!invoice) return 'unknown';
    const claim = await tx.claims.byOrder(medusaStoreId, invoice.orderKey);
    if (claim?.invoice !== invoice.id || claim.state !== 'acknowledged') return 'not-booked';
    const refunds = await tx.refunds.ofInvoice(invoice.id);
    return refunds.some(({ state }) => isUnresolved(state)) ? 'being-checked' : invoice;
  });
};

const unreadable = (reason: 'amount-malformed' | 'amount-scale' | 'amount-zero') => {
  const { cause, remedy } = decideRefusalText(reason);
  return refuse({ status: 422, code: reason, message: `${cause} ${remedy}` });
};

/** What Medusa would refuse later it would say in fewer words; how much is left to refund it knows itself. */
const judgeAmount = (amount: string, { order }: Invoice) => {
  const digits = parseDecimal(amount);
  if (!digits) return unreadable('amount-malformed');
  if (isZero(digits)) return unreadable('amount-zero');
  return money(digits, order.currency).ok ? undefined : unreadable('amount-scale');
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
  const invoice = await claimedInvoice(engine, id);
  if (invoice === 'unknown') return unknown;
  if (invoice === 'not-booked') return notBooked;
  if (invoice === 'being-checked') return beingChecked;
  const wrong = judgeAmount(asked.amount, invoice);
  if (wrong) return wrong;
  const payment = await bookedPayment(shop, invoice);
  if (payment === undefined) return notBooked;
  const input = { payment_id: payment, amount: asked.amount, note: asked.reason };
  const ran = await manualRefund.run({ by, reason: asked.reason }, () =>
    runWorkflow(shop.workflows, workflowIds.refundPayment, input),
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
