import type { InvoiceView, PaymentView } from '../../api/admin/gatewright/shapes.ts';

export type Color = 'green' | 'red' | 'blue' | 'orange' | 'grey';

export interface Words {
  readonly text: string;
  readonly color: Color;
}

const words = (text: string, color: Color): Words => ({ text, color });

/** One attempt, in one of the shop's words. */
export const statusWords = (status: InvoiceView['status']): Words => {
  switch (status) {
    case 'creating':
      return words('Being created', 'grey');
    case 'open':
      return words('Waiting for the payment', 'blue');
    case 'processing':
      return words('Payment seen, not confirmed yet', 'orange');
    case 'settled':
      return words('Paid', 'green');
    case 'expired':
      return words('Expired', 'grey');
    case 'canceled':
      return words('Cancelled', 'grey');
    case 'failed':
      return words('Failed', 'red');
    default: {
      const never: never = status;
      return never;
    }
  }
};

/** The attempt that matters: the one that paid, else the newest. */
export const currentInvoice = ({ invoices }: Pick<PaymentView, 'invoices'>): InvoiceView | undefined =>
  invoices.find(({ paid_the_order }) => paid_the_order) ?? invoices.at(-1);

/** How the whole payment stands. What waits for a person goes before everything else. */
export const standingWords = (payment: PaymentView): Words => {
  if (payment.reviews.some(({ resolution }) => resolution === null))
    return words('Needs your decision', 'orange');
  if (payment.booked) return words('Paid', 'green');
  if (payment.paid) return words('Paid, being booked', 'orange');
  const invoice = currentInvoice(payment);
  if (!invoice) return words('Not started', 'grey');
  if (payment.state === 'ended' && invoice.status === 'open') return words('Can no longer be paid', 'grey');
  return statusWords(invoice.status);
};
