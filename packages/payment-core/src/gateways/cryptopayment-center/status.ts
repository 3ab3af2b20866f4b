import * as z from 'zod';
import { parseCurrency } from '../../money/currency.ts';
import { compareDecimal, type Decimal, isZero } from '../../money/decimal.ts';
import { type Money, money } from '../../money/money.ts';
import { blankFact, type Fact } from '../fact.ts';
import { type CryptoPaymentCenterInvoice, paymentNetworks } from './contract.ts';

const usd = parseCurrency('USD');

/** The coin on its chain; an unknown network or a digit too many is carried as it is and matches no invoice. */
const coins = (invoice: CryptoPaymentCenterInvoice, amount: Decimal): Money | null => {
  const known = paymentNetworks.get(invoice.network);
  const currency = invoice.coin == null ? known?.currency : parseCurrency(invoice.coin);
  if (currency === undefined) return null;
  const result = money(amount, currency, known?.network);
  if (result.ok) return result.money;
  return known === undefined ? { amount, currency } : { amount, currency, network: known.network };
};

export const payableOf = (invoice: CryptoPaymentCenterInvoice): Money | null =>
  coins(invoice, invoice.amount_crypto);

const receivedOf = ({ paid_amount: paid, ...invoice }: CryptoPaymentCenterInvoice): Money | null =>
  paid == null || isZero(paid) ? null : coins(invoice, paid);

const knownStatus = z.enum(['pending', 'confirming', 'confirmed', 'expired']);

type Judgement = Pick<Fact, 'status' | 'received' | 'final' | 'exceptions'>;

/** Money on an invoice that is not confirmed: there is no status for too little (CPC-6), so the amount speaks. */
const unconfirmed = (invoice: CryptoPaymentCenterInvoice): Judgement => {
  const received = receivedOf(invoice);
  const ended = invoice.status === 'expired';
  if (received === null)
    return { status: ended ? 'expired' : 'open', received, final: false, exceptions: [] };
  if (!ended) return { status: 'processing', received, final: false, exceptions: [] };
  const short = compareDecimal(received.amount, invoice.amount_crypto) < 0;
  return { status: 'processing', received, final: false, exceptions: [short ? 'underpaid' : 'review'] };
};

/**
 * CPC-11: `confirmed` with confirmations missing from what is required is not final. CPC-6: without the amount that
 * was paid nothing can be compared, so a person looks.
 */
const confirmed = (invoice: CryptoPaymentCenterInvoice): Judgement => {
  const received = invoice.paid_amount == null ? null : coins(invoice, invoice.paid_amount);
  const { confirmations } = invoice;
  const enough = confirmations == null || confirmations.received >= confirmations.required;
  const final = enough && received !== null;
  return { status: 'paid', received, final, exceptions: final ? [] : ['review'] };
};

const judge = (invoice: CryptoPaymentCenterInvoice): Judgement => {
  const { data: status } = knownStatus.safeParse(invoice.status);
  switch (status) {
    case 'pending':
    case 'expired':
      return unconfirmed(invoice);
    case 'confirming':
      return { status: 'processing', received: receivedOf(invoice), final: false, exceptions: [] };
    case 'confirmed':
      return confirmed(invoice);
    case undefined:
      return { status: 'unknown', received: null, final: false, exceptions: [] };
    default: {
      const never: never = status;
      return never;
    }
  }
};

/** One invoice as an authenticated read gave it. */
export const cryptoPaymentCenterFact = (invoice: CryptoPaymentCenterInvoice, asOf: number): Fact => ({
  ...blankFact,
  ...judge(invoice),
  authority: 'api',
  gatewayPaymentId: invoice.id,
  reference: invoice.order_id ?? null,
  wireStatus: invoice.status,
  // CPC-8: compared with the dollars that were asked for, never converted again.
  quoted: usd === undefined ? null : { amount: invoice.amount_usd, currency: usd },
  confirmations: invoice.confirmations ?? null,
  transaction: invoice.txid ?? null,
  expiresAt: invoice.expires_at ?? null,
  asOf,
});

const knownEvent = z.enum(['payment.detected', 'payment.confirmed']);

/**
 * What the signed half of a webhook may say: an id and an event, nothing else (CPC-1, CPC-4). Undefined for an event
 * that is not documented.
 */
export const cryptoPaymentCenterHint = (
  invoiceId: string,
  event: string,
  receivedAt: number,
): Fact | undefined => {
  const { data: known } = knownEvent.safeParse(event);
  const hint = {
    ...blankFact,
    authority: 'hint',
    gatewayPaymentId: invoiceId,
    wireStatus: event,
    asOf: receivedAt,
  } as const;
  switch (known) {
    case 'payment.detected':
      return { ...hint, status: 'processing' };
    case 'payment.confirmed':
      return { ...hint, status: 'paid' };
    case undefined:
      return undefined;
    default: {
      const never: never = known;
      return never;
    }
  }
};
