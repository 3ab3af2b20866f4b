import type { Fact } from '../../../src/gateways/fact.ts';
import type {
  CancelOutcome,
  CreateInvoiceRequest,
  InvoiceHandle,
  ReadOutcome,
  RefundOutcome,
} from '../../../src/gateways/gateway.ts';
import { seconds } from '../../../src/identity/clock.ts';
import type { InvoiceId } from '../../../src/identity/identity.ts';
import { price } from './cast.ts';
import { factAbout, paymentRecordOf } from './gateway-facts.ts';
import { changeInvoice, type GatewayInvoice, type Traits } from './gateway-state.ts';
import type { Stage } from './stage.ts';

/** What the gateway does when it is called, whether or not its answer arrives. */
export const createAtGateway = (
  stage: Stage,
  traits: Traits,
  request: CreateInvoiceRequest,
): GatewayInvoice => {
  const { invoices } = stage.gateway;
  const same = invoices.find(({ reference }) => reference === request.reference);
  if (same && traits.idempotentCreate) return same;
  const invoice: GatewayInvoice = {
    id: `${traits.id}-${invoices.length + 1}`,
    gateway: traits.id,
    orderKey: request.description,
    reference: request.reference,
    quoted: request.amount ?? price,
    expiresAt: stage.now + seconds(request.expiresInSeconds),
    state: 'unpaid',
    received: null,
    paidAt: null,
    dropped: false,
    refunded: [],
  };
  stage.gateway = { ...stage.gateway, invoices: [...invoices, invoice] };
  return invoice;
};

const findById = (stage: Stage, handle: InvoiceHandle): GatewayInvoice | undefined =>
  stage.gateway.invoices.find(({ id }) => id === handle.gatewayPaymentId);

/** By the gateway's own id, else by our reference where it keeps it. */
export const findAtGateway = (
  stage: Stage,
  traits: Traits,
  handle: InvoiceHandle,
): GatewayInvoice | undefined =>
  stage.gateway.invoices.find(
    (invoice) =>
      invoice.gateway === traits.id &&
      (handle.gatewayPaymentId === null
        ? traits.echoesReference && invoice.reference === handle.reference
        : invoice.id === handle.gatewayPaymentId),
  );

export const cancelAtGateway = (stage: Stage, invoice: GatewayInvoice | undefined): CancelOutcome => {
  if (invoice?.state !== 'unpaid' && invoice?.state !== 'canceled')
    return { outcome: 'refused', reason: 'not-cancelable' };
  stage.gateway = changeInvoice(stage.gateway, invoice.id, { state: 'canceled' }, false);
  return { outcome: 'canceled' };
};

/** It pays back as often as it is asked; the invoice's whole amount is more than any scenario asks for. */
export const refundAtGateway = (stage: Stage, payment: string, key: string): RefundOutcome => {
  const invoice = stage.gateway.invoices.find((each) => paymentRecordOf(each) === payment);
  if (invoice?.state !== 'paid') return { outcome: 'refused', reason: 'not-paid' };
  const refunded = [...invoice.refunded, key];
  stage.gateway = changeInvoice(stage.gateway, invoice.id, { refunded }, false);
  return { outcome: 'done', refundId: `${invoice.id}-r${refunded.length}` };
};

const hasMoney = (invoice: GatewayInvoice): boolean => invoice.state === 'seen' || invoice.state === 'paid';

/** A payment as a read shows it: without the amount, one that was told of to somebody needs a person. */
const recordOf = (
  { gateway }: Stage,
  traits: Traits,
  invoice: GatewayInvoice,
  { received }: InvoiceHandle,
  asOf: number,
): Fact => {
  const fact = factAbout(invoice, traits, 'api', asOf);
  if (traits.listsAmounts || invoice.state !== 'paid' || received) return fact;
  const isTold = gateway.messages.some(
    ({ invoice: about, says, state }) => about === invoice.id && says.state === 'paid' && state !== 'waiting',
  );
  const exceptions = isTold ? (['review'] as const) : [];
  return { ...fact, status: 'processing', received: null, final: false, paidAt: null, exceptions };
};

export const readAtGateway = (
  stage: Stage,
  traits: Traits,
  handles: readonly InvoiceHandle[],
  asOf: number,
): ReadOutcome => {
  const facts = new Map<InvoiceId, readonly Fact[]>();
  const quiet = new Set<InvoiceId>();
  for (const handle of handles) {
    const invoice = traits.givesId ? findById(stage, handle) : findAtGateway(stage, traits, handle);
    if (traits.poll === 'after-payment' && !(invoice && hasMoney(invoice))) quiet.add(handle.id);
    else if (invoice) facts.set(handle.id, [recordOf(stage, traits, invoice, handle, asOf)]);
  }
  return { outcome: 'read', facts, quiet };
};
