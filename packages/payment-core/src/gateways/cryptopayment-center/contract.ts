import * as z from 'zod';
import { type CurrencyCode, type Network, parseCurrency } from '../../money/currency.ts';
import { wireAmount, wireInstant, wireInteger, wireText } from '../../money/wire.ts';
import { baseUrlSchema } from '../base-url.ts';

const cryptoPaymentCenterUrl = 'https://cryptopayment.center/api/v1';

/** Fewer bytes than this are no key: an empty one would let anyone sign (CPC-5). */
const shortestKey = 16;

/** PHP ignores what is no base64, Node's decoder accepts the URL alphabet: only text both read alike is a key. */
const decodeAppKey = (text: string): Uint8Array | undefined => {
  const base64 = text.replace(/\s+/g, '').replace(/^base64:/, '');
  const digits = base64.replace(/={0,2}$/, '');
  if (!/^[A-Za-z0-9+/]+$/.test(digits) || digits.length % 4 === 1) return undefined;
  const key = new Uint8Array(Buffer.from(digits, 'base64'));
  return key.length < shortestKey ? undefined : key;
};

const appKeySchema = z.string().transform((text, context) => {
  const key = decodeAppKey(text);
  if (key !== undefined) return key;
  context.addIssue({ code: 'custom', message: 'app-key-unusable' });
  return z.NEVER;
});

export interface PaymentNetwork {
  /** For a chooser; the API's `network_label`, of which the document prints one. */
  readonly label: string;
  readonly currency: CurrencyCode;
  readonly network: Network;
  /** Shape only: nothing but an address gets into a wallet link that is built from it (invariant 12). */
  readonly address: RegExp;
}

const asset = (code: string, network: Network, address: RegExp, label = code): PaymentNetwork => {
  const currency = parseCurrency(code);
  if (currency === undefined) throw new TypeError(`${code} is no currency code`);
  return { label, currency, network, address };
};

const evmAddress = /^0x[0-9a-fA-F]{40}$/;

/** The five `network` values of the API; USDT differs by chain, in decimals too. */
export const paymentNetworks: ReadonlyMap<string, PaymentNetwork> = new Map([
  ['btc', asset('BTC', 'bitcoin', /^(?:bc1[02-9ac-hj-np-z]{11,87}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/)],
  ['ltc', asset('LTC', 'litecoin', /^(?:ltc1[02-9ac-hj-np-z]{11,87}|[3LM][1-9A-HJ-NP-Za-km-z]{25,34})$/)],
  ['eth', asset('ETH', 'ethereum', evmAddress)],
  ['trc20', asset('USDT', 'tron', /^T[1-9A-HJ-NP-Za-km-z]{33}$/, 'USDT (TRC20)')],
  ['bep20', asset('USDT', 'bsc', evmAddress, 'USDT (BEP20)')],
]);

/**
 * The pair of an API key, and the APP_KEY that webhooks are signed with: base64, with or without `base64:`. `networks`
 * are the ones that shoppers may choose; all of them by default.
 */
export const cryptoPaymentCenterConfigSchema = z
  .object({
    apiKey: z
      .string()
      .trim()
      .regex(/^[\x21-\x39\x3b-\x7e]+$/, 'api-key-unusable'),
    apiSecret: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]+$/, 'api-secret-unusable'),
    appKey: appKeySchema,
    baseUrl: baseUrlSchema.default(cryptoPaymentCenterUrl),
    networks: z
      .array(z.string().refine((name) => paymentNetworks.has(name), 'network-unknown'))
      .min(1)
      .default([...paymentNetworks.keys()]),
  })
  .transform(({ appKey, ...config }) => ({ ...config, signingKey: appKey }));
export type CryptoPaymentCenterConfig = z.infer<typeof cryptoPaymentCenterConfigSchema>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** CPC-3: an id with anything appended, such as the first half of an event name, is none. */
export const invoiceIdSchema = z.string().regex(uuid, 'not-an-invoice-id');

/** An object in answers, a bare number in webhooks (which are not read for it). */
const confirmationsSchema = z.union([
  z.object({ received: wireInteger, required: wireInteger }),
  wireInteger.transform(() => null),
]);

/** The `invoice` object of create, get and list (gateways.md 6.1). Amounts are JSON numbers, with exponents at times. */
export const invoiceSchema = z.object({
  id: invoiceIdSchema,
  order_id: wireText.nullish(),
  status: wireText,
  network: wireText,
  coin: wireText.nullish(),
  amount_usd: wireAmount,
  amount_crypto: wireAmount,
  address: wireText.nullish(),
  paid_amount: wireAmount.nullish(),
  txid: wireText.nullish(),
  confirmations: confirmationsSchema.nullish(),
  expires_at: wireInstant.nullish(),
  created_at: wireInstant.nullish(),
});
export type CryptoPaymentCenterInvoice = z.infer<typeof invoiceSchema>;

/** A 200 may still say no. */
export const failureSchema = z.object({ success: z.literal(false) });

/** `checkout_url` stands outside `invoice`. The wrapper of get is not printed: assumed to be the one of create. */
export const invoiceAnswerSchema = z.union([
  z.object({ invoice: invoiceSchema, checkout_url: wireText.nullish() }),
  z
    .object({ data: invoiceSchema, checkout_url: wireText.nullish() })
    .transform(({ data, checkout_url }) => ({ invoice: data, checkout_url })),
  invoiceSchema.transform((invoice) => ({ invoice, checkout_url: null })),
]);
export type InvoiceAnswer = z.infer<typeof invoiceAnswerSchema>;

/** One unreadable invoice must not hide the others of its page. */
const itemsSchema = z.array(z.unknown()).transform((items) => ({
  size: items.length,
  invoices: items.flatMap((item) => {
    const invoice = invoiceSchema.safeParse(item);
    return invoice.success ? [invoice.data] : [];
  }),
}));

/** The wrapper of the list is not printed: the usual four are accepted. */
export const listSchema = z.union([
  itemsSchema,
  z.object({ invoices: itemsSchema }).transform(({ invoices }) => invoices),
  z.object({ data: itemsSchema }).transform(({ data }) => data),
  z.object({ items: itemsSchema }).transform(({ items }) => items),
  z.object({ invoices: z.object({ data: itemsSchema }) }).transform(({ invoices }) => invoices.data),
]);

/** PHP writes an empty map as `[]`. */
export const balancesSchema = z.object({
  balances: z.union([
    z.record(z.string(), z.object({ available: wireAmount, pending: wireAmount.nullish() })),
    z
      .array(z.never())
      .length(0)
      .transform(() => ({})),
  ]),
});

export const listPageSize = 20;
