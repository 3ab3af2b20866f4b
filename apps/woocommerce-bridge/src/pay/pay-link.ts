import { invoiceIdSchema, type Ports } from '@gatewright/payment-core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type PayTarget, payTarget } from './pay-target.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><h1>${escaped(title)}</h1><p>${escaped(text)}</p></html>`;

const send = (reply: FastifyReply, target: PayTarget): FastifyReply => {
  reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
  if ('to' in target) return reply.redirect(target.to, 303);
  return reply
    .code(target.status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    .send(page(target.title, target.text));
};

/**
 * `GET /pay/:invoice`: where a shop sends its shopper. A shop therefore trusts one host for payments, and a link whose
 * attempt has ended says so instead of opening a dead page at the gateway. The gateway's link was checked when it was
 * stored (invariant 12).
 */
export const registerPayLink = (app: FastifyInstance, ports: Ports): void => {
  app.get<{ Params: { invoice: string } }>('/pay/:invoice', async (request, reply) => {
    const id = invoiceIdSchema.safeParse(request.params.invoice);
    const invoice = id.success ? await ports.ledger.transact((tx) => tx.invoices.byId(id.data)) : undefined;
    return send(reply, payTarget(invoice));
  });
};
