import { cancelInvoiceJob } from '../checkout/cancel-checkout.ts';
import { dispatchInstruction } from '../fulfilment/dispatch.ts';
import { endOrder } from '../fulfilment/end-order.ts';
import { followOrder } from '../fulfilment/follow-order.ts';
import { applyEvent } from '../inbox/apply-event.ts';
import type { Ports } from '../ports.ts';
import { findInvoiceJob, noNewsJob, readInvoiceJob } from '../reconcile/watch.ts';
import { checkRefund } from '../refund/request-refund.ts';
import type { JobHandler } from './job.ts';

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
