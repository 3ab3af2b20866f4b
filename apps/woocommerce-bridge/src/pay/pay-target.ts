import { formatMoney, type Invoice } from '@gatewright/payment-core';

/** Where a shopper who opens an invoice's link goes: to the gateway's page, or to a page of ours that says why not. */
export type PayTarget =
  | { readonly to: string }
  | { readonly status: 200 | 404 | 410; readonly title: string; readonly text: string };

const unknown: PayTarget = {
  status: 404,
  title: 'No such payment',
  text: 'This link belongs to no payment. Please go back to the shop.',
};

const over: PayTarget = {
  status: 410,
  title: 'No longer payable',
  text: 'This payment can no longer be made. Please go back to the shop and start again.',
};

const paid: PayTarget = {
  status: 410,
  title: 'Paid',
  text: 'This payment is complete. You can go back to the shop.',
};

/** Where the gateway gave no link that may be followed, its address and amount are enough to pay. */
const payable = ({ payUrl, address, payable: amount }: Invoice): PayTarget => {
  if (payUrl !== null) return { to: payUrl };
  if (address === null || amount === null) return over;
  return { status: 200, title: 'Pay', text: `Send exactly ${formatMoney(amount)} to the address ${address}` };
};

export const payTarget = (invoice: Invoice | undefined): PayTarget => {
  if (!invoice) return unknown;
  switch (invoice.status) {
    case 'open':
    case 'processing':
      return invoice.superseded ? over : payable(invoice);
    case 'settled':
      return paid;
    case 'creating':
    case 'expired':
    case 'canceled':
    case 'failed':
      return over;
    default: {
      const never: never = invoice.status;
      return never;
    }
  }
};
