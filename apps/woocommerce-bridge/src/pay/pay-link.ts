import { type Invoice, invoiceIdSchema, type Ports } from '@gatewright/payment-core';
import type { FastifyInstance, FastifyReply } from 'fastify';

type Target =
  | { readonly to: string }
  | { readonly status: 404 | 410; readonly title: string; readonly text: string };

const targetOf = (invoice: Invoice | undefined): Target => {
  if (!invoice)
    return {
      status: 404,
      title: 'No such payment',
      text: 'This link belongs to no payment. Please go back to the shop.',
    };
  switch (invoice.status) {
    case 'open':
    case 'processing':
      if (invoice.payUrl !== null && !invoice.superseded) return { to: invoice.payUrl };
      break;
    case 'settled':
      return { status: 410, title: 'Paid', text: 'This payment is complete. You can go back to the shop.' };
    case 'creating':
    case 'expired':
    case 'canceled':
    case 'failed':
      break;
    default: {
      const never: never = invoice.status;
      return never;
    }
  }
  return {
    status: 410,
    title: 'No longer payable',
    text: 'This payment can no longer be made. Please go back to the shop and start again.',
  };
};

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;

const sendTarget = (reply: FastifyReply, target: Target): FastifyReply => {
  reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
  if ('to' in target) return reply.redirect(target.to, 303);
  return reply
    .code(target.status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'")
    .send(page(target.title, target.text));
};

/**
 * `GET /pay/:invoice`: where a shop sends its shopper. A shop therefore trusts one host for payments, and a link whose
 * attempt has ended says so instead of opening a dead page at the gateway. The link was checked when it was stored.
 */
export const registerPayLink = (app: FastifyInstance, ports: Ports): void => {
  app.get<{ Params: { invoice: string } }>('/pay/:invoice', async (request, reply) => {
    const id = invoiceIdSchema.safeParse(request.params.invoice);
    const invoice = id.success ? await ports.ledger.transact((tx) => tx.invoices.byId(id.data)) : undefined;
    return sendTarget(reply, targetOf(invoice));
  });
};
