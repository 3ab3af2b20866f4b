import type { Invoice } from '../../../src/invoice/invoice.ts';
import { type GatewayInvoice, gatewayInvoiceOf } from '../world/gateway-state.ts';
import type { World } from '../world/world.ts';

export const isPaid = (invoice: GatewayInvoice): boolean => invoice.state === 'paid';

/** Final money that came before the gateway's own expiry. */
export const isPaidInTime = (invoice: GatewayInvoice): boolean =>
  isPaid(invoice) && invoice.paidAt !== null && invoice.paidAt <= invoice.expiresAt;

export const paymentsOf = (world: World, orderKey: string): readonly GatewayInvoice[] =>
  world.gateway.invoices.filter((invoice) => invoice.orderKey === orderKey);

export const invoiceOf = (world: World, payment: GatewayInvoice): Invoice | undefined =>
  [...world.ledger.invoices.values()].find((invoice) => gatewayInvoiceOf(world.gateway, invoice) === payment);

/** Kinds of review that a person could take for "nothing came". */
export const saysNothingCame: ReadonlySet<string> = new Set([
  'no_news',
  'create_ambiguous',
  'absent_at_gateway',
]);

/** Does an open review item put this payment in front of a person? */
export const standsInReview = (world: World, payment: GatewayInvoice, asMoney: boolean): boolean => {
  const invoice = invoiceOf(world, payment);
  return [...world.ledger.reviews.values()].some(
    (row) =>
      row.resolution === null &&
      !(asMoney && saysNothingCame.has(row.kind)) &&
      (row.invoice === invoice?.id ||
        row.key.endsWith(`:${payment.id}`) ||
        row.key.endsWith(`:${payment.reference}`)),
  );
};

export const orderStandsInReview = (world: World, orderKey: string): boolean =>
  [...world.ledger.reviews.values()].some((row) => row.resolution === null && row.orderKey === orderKey);
