import { cancelInvoiceJob } from '../checkout/cancel-checkout.ts';
import { dispatchInstruction, reportSilence } from '../fulfilment/dispatch.ts';
import { endOrder } from '../fulfilment/end-order.ts';
import { followOrder } from '../fulfilment/follow-order.ts';
import type { InvoiceId, OrderKey, StoreId } from '../identity/identity.ts';
import { applyEvent } from '../inbox/apply-event.ts';
import type { Ports } from '../ports.ts';
import { findInvoiceJob, noNewsJob, readInvoiceJob } from '../reconcile/watch.ts';
import { checkRefund } from '../refund/request-refund.ts';
import { openReview } from './carry-out.ts';
import type { Job, JobHandler } from './job.ts';

/** Every job of the ledger, carried out by its use case. */
export const jobHandler =
  (ports: Ports): JobHandler =>
  (job) => {
    switch (job.kind) {
      case 'apply-event':
        return applyEvent(ports, job.inbox);
      case 'read-invoice':
        return readInvoiceJob(ports, job.invoice);
      case 'tell-storefront':
        return dispatchInstruction(ports, job.instruction);
      case 'end-order':
        return endOrder(ports, job.store, job.orderKey);
      case 'cancel-invoice':
        return cancelInvoiceJob(ports, job.invoice);
      case 'no-news':
        return noNewsJob(ports, job.invoice);
      case 'find-invoice':
        return findInvoiceJob(ports, job.invoice);
      case 'follow-order':
        return followOrder(ports, job.store, job.orderKey);
      case 'check-refund':
        return checkRefund(ports, job.invoice, job.refundId);
      default: {
        const never: never = job;
        return never;
      }
    }
  };

const deadEvent = (ports: Ports, inbox: string, reason: string) =>
  ports.ledger.transact(async (tx) => {
    const row = await tx.inbox.byId(inbox);
    const account = row && (await ports.directory.account(row.account));
    if (!row || !account) return;
    await tx.inbox.setState(inbox, 'failed', reason);
    const detail = `A message of ${row.gateway} could not be applied (${reason}). It is kept and can be applied again.`;
    await openReview(
      tx,
      {
        store: account.store,
        account: row.account,
        kind: 'event_failed',
        key: `event_failed:${inbox}`,
        detail,
      },
      ports.random,
      ports.clock.now(),
    );
  });

const deadInstruction = (ports: Ports, id: string, reason: string) =>
  ports.ledger.transact(async (tx) => {
    const row = await tx.instructions.byId(id);
    if (row) await reportSilence(tx, ports, row, reason);
  });

const deadFollowing = (ports: Ports, store: StoreId, orderKey: OrderKey, reason: string) =>
  ports.ledger.transact(async (tx) => {
    const detail = `The shop changed order ${orderKey} and could not be asked what it is now (${reason}). If the order was cancelled or refunded there, cancel its open payment by hand.`;
    await openReview(
      tx,
      { store, orderKey, kind: 'storefront_unreachable', key: `follow-order:${orderKey}`, detail },
      ports.random,
      ports.clock.now(),
    );
  });

const deadSearch = (ports: Ports, id: InvoiceId, reason: string) =>
  ports.ledger.transact(async (tx) => {
    const invoice = await tx.invoices.byId(id);
    if (invoice?.status !== 'creating') return;
    const { store, account, orderKey, reference } = invoice;
    const detail = `The gateway may have made invoice ${reference}, and looking for it failed each time (${reason}). Look for a payment with this reference there.`;
    const fields = { store, account, invoice: id, orderKey } as const;
    await openReview(
      tx,
      { ...fields, kind: 'create_ambiguous', key: `create_ambiguous:${id}`, detail },
      ports.random,
      ports.clock.now(),
    );
  });

/** An exhausted job ends in front of a person, never in silence (invariant 14). */
export const reportDeadJob = async (ports: Ports, job: Job, reason: string): Promise<void> => {
  switch (job.kind) {
    case 'apply-event':
      return deadEvent(ports, job.inbox, reason);
    case 'tell-storefront':
      return deadInstruction(ports, job.instruction, reason);
    case 'follow-order':
      return deadFollowing(ports, job.store, job.orderKey, reason);
    case 'find-invoice':
      return deadSearch(ports, job.invoice, reason);
    case 'read-invoice':
    case 'end-order':
    case 'cancel-invoice':
    case 'no-news':
    case 'check-refund':
      // Reconcile and the invoice's own schedule repeat these, and the last reads and writes our own rows only.
      return;
    default: {
      const never: never = job;
      return never;
    }
  }
};
