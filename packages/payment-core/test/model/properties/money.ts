import type { Invoice } from '../../../src/invoice/invoice.ts';
import type { ReviewRow } from '../../../src/ledger/rows.ts';
import { ourName } from '../../../src/review/review-item.ts';
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

/** A person was asked about this very invoice and said that nothing came. */
export const wasClosedByPerson = (world: World, payment: GatewayInvoice): boolean => {
  const invoice = invoiceOf(world, payment);
  return invoice?.status === 'expired' && invoice.exceptions.includes('marked');
};

/** Kinds of review that a person could take for "nothing came". */
export const saysNothingCame: ReadonlySet<string> = new Set([
  'no_news',
  'create_ambiguous',
  'absent_at_gateway',
]);

/** Review items that name this payment, its invoice or its order. A resolved one has been in front of a person too. */
export const reviewsOf = (world: World, payment: GatewayInvoice): readonly ReviewRow[] => {
  const invoice = invoiceOf(world, payment);
  return [...world.ledger.reviews.values()].filter(
    ({ invoice: about, orderKey, key }) =>
      (about === null ? orderKey === payment.orderKey : about === invoice?.id) ||
      key.endsWith(`:${payment.id}`) ||
      key.endsWith(`:${payment.reference}`),
  );
};

/** Does a review item put this payment in front of a person? */
export const standsInReview = (world: World, payment: GatewayInvoice, asMoney: boolean): boolean =>
  reviewsOf(world, payment).some((row) => !(asMoney && saysNothingCame.has(row.kind)));

export const orderStandsInReview = (world: World, orderKey: string): boolean =>
  [...world.ledger.reviews.values()].some((row) => row.orderKey === orderKey);

/** A person has decided a review item of this order. */
export const wasJudged = (world: World, orderKey: string): boolean =>
  [...world.ledger.reviews.values()].some(
    ({ orderKey: about, resolution }) =>
      about === orderKey && resolution !== null && resolution.by !== ourName,
  );
