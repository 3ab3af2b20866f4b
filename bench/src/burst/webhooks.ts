import { createHmac } from 'node:crypto';
import { type OpenInvoice, webhookSecret } from './ledger-file.ts';

export interface SignedWebhook {
  readonly body: string;
  readonly signature: string;
}

const bytes = 1_024;

/** Teleport Pay's paid event in its own spelling, filled up to 1 KB with a field that nobody reads. */
const bodyOf = ({ paymentId, reference }: OpenInvoice, delivery: number): string => {
  const fields = {
    event: 'invoice.status_changed',
    payment_id: paymentId,
    bill_uid: '69d1b76b-7d7a-4dc4-9b3f-5d5f0e4d9a11',
    order_id: reference,
    status: 'paid',
    amount: 49.9,
    currency: 'USD',
    timestamp: 1_780_315_200 + delivery,
    comment: '',
  };
  const room = bytes - JSON.stringify(fields).length;
  return JSON.stringify({ ...fields, comment: 'x'.repeat(room) });
};

/** `count` webhooks in turns through the invoices: each one is redelivered when all had their turn. */
export const webhooksFor = (open: readonly OpenInvoice[], count: number): readonly SignedWebhook[] =>
  Array.from({ length: Math.ceil(count / open.length) }, (_, delivery) =>
    open.map((invoice) => bodyOf(invoice, delivery)),
  )
    .flat()
    .slice(0, count)
    .map((body) => ({ body, signature: createHmac('sha256', webhookSecret).update(body).digest('hex') }));
