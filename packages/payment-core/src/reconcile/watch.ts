import { connectAccount } from '../account/connect.ts';
import { recordCreated } from '../checkout/record-created.ts';
import { minutes, seconds } from '../identity/clock.ts';
import type { InvoiceId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { isLive } from '../invoice/status.ts';
import type { JobResult } from '../ledger/job.ts';
import type { Ports } from '../ports.ts';
import { about, openReview } from '../review/review-item.ts';
import { handleOf, readInvoices } from './read-invoices.ts';

const done: JobResult = { done: true };

/** One read, asked for by a hint, an owner or a shopper's return. */
export const readInvoiceJob = async (ports: Ports, id: InvoiceId): Promise<JobResult> => {
  const invoice = await ports.ledger.transact((tx) => tx.invoices.byId(id));
  const connection = invoice && (await connectAccount(ports, invoice.account));
  if (!invoice || !connection) return done;
  if (!connection.ok) return { done: false, again: minutes(1), reason: connection.reason };
  const read = await readInvoices(ports, connection.connected, [invoice]);
  return read.outcome === 'unavailable'
    ? { done: false, again: read.retryAfterMs ?? seconds(10), reason: read.reason }
    : done;
};

/** What a person looks at already says more than silence does. */
export const isSilent = ({ status, exceptions }: Invoice): boolean =>
  status === 'open' || (status === 'processing' && !exceptions.includes('review'));

/** TP-1: an invoice that cannot be read stays open; after the gateway's last retry its silence goes to a person. */
export const noNewsJob = (ports: Ports, id: InvoiceId): Promise<JobResult> =>
  ports.ledger.transact(async (tx) => {
    const invoice = await tx.invoices.byId(id);
    if (!invoice || !isSilent(invoice)) return done;
    const seen = invoice.status === 'processing' ? ' since money was seen' : '';
    const detail = `Invoice ${invoice.reference} is past its expiry and the gateway has sent no news${seen}. It cannot be asked: look at the payment there, then accept or close it.`;
    const item = { ...about(invoice), kind: 'no_news', key: `no_news:${id}`, detail } as const;
    await openReview(tx, item, ports.random, ports.clock.now());
    return done;
  });

const closeLost = (ports: Ports, id: InvoiceId): Promise<JobResult> =>
  ports.ledger.transact(async (tx) => {
    const invoice = await tx.invoices.byId(id);
    if (invoice?.status !== 'creating') return done;
    await tx.invoices.update({ ...invoice, status: 'expired' });
    await tx.history.append({
      invoice: id,
      at: ports.clock.now(),
      event: 'creating → expired',
      detail: 'never found at the gateway',
    });
    return done;
  });

/** A create call whose answer was lost: look for our reference until it is found or could not be paid any more (CP-9). */
export const findInvoiceJob = async (ports: Ports, id: InvoiceId): Promise<JobResult> => {
  const invoice = await ports.ledger.transact((tx) => tx.invoices.byId(id));
  if (invoice?.status !== 'creating' || !invoice.ambiguous) return done;
  const connection = await connectAccount(ports, invoice.account);
  if (!connection.ok) return { done: false, again: minutes(1), reason: connection.reason };
  const { calls, gateway } = connection.connected;
  if (!calls.findInvoice) return done;
  const startedAt = ports.clock.now();
  const found = await calls.findInvoice(handleOf(invoice));
  if (found.outcome === 'created') {
    const adopted = await recordCreated(ports, invoice, gateway, found, true);
    if (isLive(adopted.status) && adopted.superseded) {
      await ports.ledger.transact((tx) =>
        tx.jobs.enqueue({ kind: 'cancel-invoice', invoice: id }, ports.clock.now()),
      );
    }
    return done;
  }
  if (found.outcome === 'absent' && startedAt >= invoice.expiresAt) return closeLost(ports, id);
  const wait = Math.max(minutes(1), Math.min(minutes(15), invoice.expiresAt - startedAt));
  return { done: false, again: wait, reason: found.outcome };
};
