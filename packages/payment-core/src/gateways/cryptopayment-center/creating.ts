import { safeLink } from '../../egress/link.ts';
import { parseCurrency } from '../../money/currency.ts';
import { compareDecimal, equalDecimal, parseDecimal, significantScale } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import { hostOf } from '../base-url.ts';
import type { CreateInvoiceRequest, CreateOutcome } from '../gateway.ts';
import type { CryptoPaymentCenterClient } from './client.ts';
import type { Connection } from './connection.ts';
import { type CryptoPaymentCenterInvoice, type InvoiceAnswer, paymentNetworks } from './contract.ts';
import { payableOf } from './status.ts';

export const usd = parseCurrency('USD');
export const minimumAmount = parseDecimal('1.00');

interface Asked {
  readonly method: string | null;
  readonly amount: Money | null;
  readonly reference: string;
}

/** An invoice on another network, or for another amount or order, than was asked for is never shown to a shopper. */
export const isAsAsked = (invoice: CryptoPaymentCenterInvoice, asked: Asked): boolean =>
  invoice.network === asked.method &&
  asked.amount !== null &&
  equalDecimal(invoice.amount_usd, asked.amount.amount) &&
  (invoice.order_id == null || invoice.order_id === asked.reference);

/** CPC-9: there is no way back from the gateway's page, so the address for our own page is passed on as well. */
export const created = (
  { invoice, checkout_url: link }: InvoiceAnswer,
  { config, sandbox }: Connection,
): Extract<CreateOutcome, { outcome: 'created' }> => {
  const safe = link
    ? safeLink(link, ['cryptopayment.center', hostOf(config.baseUrl)], { sandbox })
    : undefined;
  const address = invoice.address ?? '';
  return {
    outcome: 'created',
    gatewayPaymentId: invoice.id,
    payUrl: safe?.ok ? safe.url : null,
    address: paymentNetworks.get(invoice.network)?.address.test(address) ? address : null,
    payable: payableOf(invoice),
    expiresAt: invoice.expires_at ?? null,
  };
};

type Order = Parameters<CryptoPaymentCenterClient['createInvoice']>[0];

/** What the gateway would refuse is refused here; rounding up to cents is the rate's job (CPC-8). */
const orderOf = ({
  amount,
  method,
  reference,
}: CreateInvoiceRequest):
  | { readonly ok: true; readonly order: Order }
  | { readonly ok: false; readonly reason: string } => {
  if (method === null || !paymentNetworks.has(method)) return { ok: false, reason: 'method-unknown' };
  if (amount === null) return { ok: false, reason: 'amount-missing' };
  if (amount.currency !== usd) return { ok: false, reason: 'currency-not-supported' };
  if (significantScale(amount.amount) > 2) return { ok: false, reason: 'amount-too-fine' };
  if (minimumAmount && compareDecimal(amount.amount, minimumAmount) < 0)
    return { ok: false, reason: 'amount-too-small' };
  return { ok: true, order: { network: method, amount: amount.amount, orderId: reference } };
};

export const createInvoice = async (
  connection: Connection,
  request: CreateInvoiceRequest,
): Promise<CreateOutcome> => {
  const order = orderOf(request);
  if (!order.ok) return { outcome: 'refused', reason: order.reason };
  const answer = await connection.client.createInvoice(order.order);
  if (answer.outcome !== 'ok') return answer;
  if (!isAsAsked(answer.value.invoice, request))
    return { outcome: 'ambiguous', reason: 'answer-not-as-asked' };
  const outcome = created(answer.value, connection);
  return outcome.payUrl === null && outcome.address === null
    ? { outcome: 'refused', reason: 'no-way-to-pay' }
    : outcome;
};
