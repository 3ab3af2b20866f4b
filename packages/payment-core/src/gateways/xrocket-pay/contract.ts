import * as z from 'zod';
import { type CurrencyCode, parseCurrency } from '../../money/currency.ts';
import { wireAmount, wireId, wireInstant, wireInteger, wireText } from '../../money/wire.ts';
import { baseUrlSchema } from '../base-url.ts';

/** An app's key from the bot, trimmed because it is pasted with line ends. Other programs still name old hosts (XR-7). */
export const xRocketPayConfigSchema = z.object({
  apiKey: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, 'api-key-unusable'),
  baseUrl: baseUrlSchema.default('https://pay.xrocket.tg'),
});
export type XRocketPayConfig = z.infer<typeof xRocketPayConfigSchema>;

/** Toncoin's code on this wire (XR-2); every other code is the same on both sides. */
const toncoin = 'TONCOIN';

export const wireCurrency = (code: CurrencyCode): string => (code === 'TON' ? toncoin : code);

/** Undefined for a code that is none, and for TON, which this gateway does not write: it could be anything. */
export const currencyOfWire = (code: string): CurrencyCode | undefined => {
  if (code === 'TON') return undefined;
  return parseCurrency(code === toncoin ? 'TON' : code);
};

/** One payment. `paymentAmount` is what the shopper paid; `paymentAmountReceived` has the fee taken off. */
const paymentSchema = z.object({
  paymentAmount: wireAmount,
  paid: wireInstant.nullish(),
});

const seconds = wireInteger.refine((count) => count >= 0, 'negative');

/** The invoice object. A webhook adds `payment`, a read by id `payments`, a list neither (XR-4). */
export const xRocketPayInvoiceSchema = z
  .object({
    id: wireId,
    amount: wireAmount.nullish(),
    currency: wireText,
    status: wireText,
    totalActivations: wireInteger.nullish(),
    payload: wireText.nullish(),
    created: wireInstant.nullish(),
    paid: wireInstant.nullish(),
    expiredIn: seconds.nullish(),
    link: wireText.nullish(),
    payment: paymentSchema.nullish(),
    payments: z.array(paymentSchema).nullish(),
  })
  .transform(({ payment, payments, ...invoice }) => ({
    ...invoice,
    payments: payments ?? (payment ? [payment] : []),
  }));
export type XRocketPayInvoice = z.infer<typeof xRocketPayInvoiceSchema>;

/** Every event names its type; only `invoicePay` is about an invoice. */
export const xRocketPayEventSchema = z.object({ type: wireText });
export const xRocketPayPaidEventSchema = z.object({ data: xRocketPayInvoiceSchema });

/** `{success, data}`, or `{success: false, message, errors}`, of which only the property's name is used. */
export const envelopeSchema = z.discriminatedUnion('success', [
  z.object({ success: z.literal(true), data: z.unknown().optional() }),
  z.object({
    success: z.literal(false),
    errors: z.array(z.object({ property: z.string() })).nullish(),
  }),
]);

/** One unreadable invoice must not hide the others. */
export const invoiceListSchema = z.object({
  results: z.array(z.unknown()).transform((items) => ({
    size: items.length,
    invoices: items.flatMap((item) => {
      const invoice = xRocketPayInvoiceSchema.safeParse(item);
      return invoice.success ? [invoice.data] : [];
    }),
  })),
});

export const appSchema = z.object({
  name: wireText,
  feePercents: wireAmount.nullish(),
  balances: z.array(z.object({ currency: wireText, balance: wireAmount })).nullish(),
});

export const availableCurrenciesSchema = z.object({
  results: z.array(z.object({ currency: wireText, name: wireText, minInvoice: wireAmount.nullish() })),
});

/** XR-1: what is finer the gateway cuts off without a word. */
export const amountDecimals = 9;
export const maxAmount = '1000000';
/** Codes that the document names (gateways.md 8.1), and the main assets of the networks it names. */
export const assetCodes = ['USDT', 'TON', 'BTC', 'ETH', 'BNB', 'TRX', 'SOL'] as const;
/** XR-5: one day. */
export const maxExpiresIn = 86_400;
export const maxPayload = 4_000;
export const maxDescription = 1_000;
export const maxCallbackUrl = 500;
/** Of 1,000 that the API allows: an answer may not be larger than we read. */
export const listPageSize = 500;
/** An invoice can carry 7,000 characters, so this many always fit. */
export const leastPageSize = 20;
