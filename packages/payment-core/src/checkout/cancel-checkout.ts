import { connectAccount } from '../account/connect.ts';
import { seconds } from '../identity/clock.ts';
import type { InvoiceId, OrderKey, StoreId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { end } from '../invoice/on-unpaid.ts';
import { isLive } from '../invoice/status.ts';
import type { JobResult } from '../ledger/job.ts';
import type { Ports } from '../ports.ts';
import { handleOf, readInvoices } from '../reconcile/read-invoices.ts';
import { nextReadAt } from '../reconcile/schedule.ts';

type CancelResult = 'canceled' | 'watched' | { readonly again: string };

const recordCanceled = (
  ports: Ports,
  id: InvoiceId,
  latePayment: boolean,
  capabilities: Parameters<typeof nextReadAt>[1],
) =>
  ports.ledger.transact(async (tx) => {
    const current = await tx.invoices.byId(id);
    if (!current) return;
    const next = end(current, 'canceled', 'our cancel succeeded').invoice;
    if (next.status === current.status) return;
    const now = ports.clock.now();
    await tx.invoices.update({
      ...next,
      nextReadAt: latePayment ? nextReadAt(next, capabilities, now) : null,
    });
    await tx.history.append({
      invoice: id,
      at: now,
      event: `${current.status} → canceled`,
      detail: 'cancelled at the gateway',
    });
  });

/**
 * Cancels one invoice at its gateway. It is canceled only after the gateway said so; where it cannot be asked, or has
 * taken money meanwhile, the invoice stays watched (gateways.md 11.7, cancel race).
 */
export const cancelInvoice = async (ports: Ports, invoice: Invoice): Promise<CancelResult> => {
  if (!isLive(invoice.status)) return invoice.status === 'canceled' ? 'canceled' : 'watched';
  const connection = await connectAccount(ports, invoice.account);
  if (!connection.ok) return { again: connection.reason };
  const { calls, gateway } = connection.connected;
  if (!calls.cancelInvoice || invoice.gatewayPaymentId === null) return 'watched';
  const answer = await calls.cancelInvoice(handleOf(invoice));
  switch (answer.outcome) {
    case 'canceled':
      await recordCanceled(ports, invoice.id, gateway.capabilities.latePayment, gateway.capabilities);
      return 'canceled';
    case 'refused':
      // Most likely paid at this moment: its own record decides.
      await readInvoices(ports, connection.connected, [invoice]);
      return 'watched';
    case 'ambiguous':
    case 'unavailable':
      return { again: answer.reason };
    default: {
      const never: never = answer;
      return never;
    }
  }
};

export const cancelInvoiceJob = async (ports: Ports, id: InvoiceId): Promise<JobResult> => {
  const invoice = await ports.ledger.transact((tx) => tx.invoices.byId(id));
  if (!invoice) return { done: true };
  const canceled = await cancelInvoice(ports, invoice);
  return typeof canceled === 'string'
    ? { done: true }
    : { done: false, again: seconds(30), reason: canceled.again };
};

export interface CancelOrderResult {
  readonly canceled: readonly InvoiceId[];
  /** Money can still arrive on these; it would go to the review queue, never to the cancelled order. */
  readonly watched: readonly InvoiceId[];
}

/** The shop cancelled the order: what can be cancelled is, the rest is watched. */
export const cancelOrder = async (
  ports: Ports,
  store: StoreId,
  orderKey: OrderKey,
): Promise<CancelOrderResult> => {
  const attempts = await ports.ledger.transact(async (tx) => {
    const order = await tx.orders.byKey(store, orderKey);
    if (order) await tx.orders.put({ ...order, state: 'ended' });
    return tx.invoices.ofOrder(store, orderKey);
  });
  const canceled: InvoiceId[] = [];
  const watched: InvoiceId[] = [];
  for (const invoice of attempts.filter((attempt) => isLive(attempt.status))) {
    const outcome = await cancelInvoice(ports, invoice);
    if (outcome === 'canceled') canceled.push(invoice.id);
    else watched.push(invoice.id);
    if (typeof outcome === 'object') {
      await ports.ledger.transact((tx) =>
        tx.jobs.enqueue({ kind: 'cancel-invoice', invoice: invoice.id }, ports.clock.now() + seconds(30)),
      );
    }
  }
  return { canceled, watched };
};
