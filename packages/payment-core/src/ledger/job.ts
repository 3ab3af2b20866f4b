import * as z from 'zod';
import { invoiceIdSchema, orderKeySchema, storeIdSchema } from '../identity/identity.ts';

/** Work that is done until it is done: written in the transaction that makes it necessary. */
export const jobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('apply-event'), inbox: z.string() }),
  z.object({ kind: z.literal('read-invoice'), invoice: invoiceIdSchema }),
  // The store is absent in jobs of before it was written there.
  z.object({
    kind: z.literal('tell-storefront'),
    instruction: z.string(),
    store: storeIdSchema.optional(),
  }),
  z.object({ kind: z.literal('end-order'), store: storeIdSchema, orderKey: orderKeySchema }),
  z.object({ kind: z.literal('cancel-invoice'), invoice: invoiceIdSchema }),
  z.object({ kind: z.literal('no-news'), invoice: invoiceIdSchema }),
  z.object({ kind: z.literal('find-invoice'), invoice: invoiceIdSchema }),
  z.object({ kind: z.literal('follow-order'), store: storeIdSchema, orderKey: orderKeySchema }),
  z.object({ kind: z.literal('check-refund'), invoice: invoiceIdSchema, refundId: z.string() }),
]);
export type Job = z.infer<typeof jobSchema>;
export type JobKind = Job['kind'];

/** Unfinished jobs are unique by key: asking twice for the same work is asking once (hints coalesce). */
export const jobKey = (job: Job): string => {
  switch (job.kind) {
    case 'apply-event':
      return `apply-event:${job.inbox}`;
    case 'read-invoice':
    case 'cancel-invoice':
    case 'no-news':
    case 'find-invoice':
      return `${job.kind}:${job.invoice}`;
    case 'tell-storefront':
      return `tell-storefront:${job.instruction}`;
    case 'end-order':
    case 'follow-order':
      return `${job.kind}:${job.store}:${job.orderKey}`;
    case 'check-refund':
      return `check-refund:${job.invoice}:${job.refundId}`;
    default: {
      const never: never = job;
      return never;
    }
  }
};

/** `again`: the work is not done and no bug; `give-up`: a person has been told, do not try again. */
export type JobResult =
  | { readonly done: true }
  | { readonly done: false; readonly again: number; readonly reason: string }
  | { readonly done: false; readonly giveUp: true; readonly reason: string };

export type JobHandler = (job: Job) => Promise<JobResult>;

export interface LeasedJob {
  readonly id: string;
  readonly job: Job;
  /** Leases since the job last ended in order, this one included: a worker that died has used one up. */
  readonly attempts: number;
}
