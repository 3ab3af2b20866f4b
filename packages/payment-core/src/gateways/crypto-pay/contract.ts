import * as z from 'zod';
import { wireAmount, wireId, wireInstant, wireInteger, wireText } from '../../money/wire.ts';
import { baseUrlSchema } from '../base-url.ts';

const mainnetUrl = 'https://pay.crypt.bot/api';
const testnetUrl = 'https://testnet-pay.crypt.bot/api';

/** An app's token from @CryptoBot, trimmed because it is pasted with line ends (CP-5). Testnet has its own (CP-14). */
export const cryptoPayConfigSchema = z
  .object({
    token: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]+$/, 'token-unusable'),
    testnet: z.boolean().default(false),
    baseUrl: baseUrlSchema.optional(),
    /** Assets the shopper may pay a fiat invoice with; all when absent. */
    acceptedAssets: z.array(z.string().trim().min(1)).optional(),
  })
  .transform((config) => ({
    ...config,
    baseUrl: config.baseUrl ?? (config.testnet ? testnetUrl : mainnetUrl),
  }));
export type CryptoPayConfig = z.infer<typeof cryptoPayConfigSchema>;

/** The Invoice object (gateways.md 5.2), as far as we read it. Links are used as they come, never built. */
export const cryptoPayInvoiceSchema = z.object({
  invoice_id: wireId,
  status: wireText,
  currency_type: wireText.default('crypto'),
  asset: wireText.nullish(),
  fiat: wireText.nullish(),
  amount: wireAmount,
  paid_asset: wireText.nullish(),
  paid_amount: wireAmount.nullish(),
  bot_invoice_url: wireText.nullish(),
  mini_app_invoice_url: wireText.nullish(),
  web_app_invoice_url: wireText.nullish(),
  pay_url: wireText.nullish(),
  payload: wireText.nullish(),
  created_at: wireInstant.nullish(),
  expiration_date: wireInstant.nullish(),
  paid_at: wireInstant.nullish(),
});
export type CryptoPayInvoice = z.infer<typeof cryptoPayInvoiceSchema>;

/** What an invoice says about its payment; the rest is for the shopper, and nobody reads it in a webhook. */
const cryptoPayPaymentSchema = cryptoPayInvoiceSchema.omit({
  bot_invoice_url: true,
  mini_app_invoice_url: true,
  web_app_invoice_url: true,
  pay_url: true,
  created_at: true,
});
export type CryptoPayPayment = z.infer<typeof cryptoPayPaymentSchema>;

/** Every update names its type; only `invoice_paid` carries an Invoice, others are acknowledged (CP-2). */
export const cryptoPayUpdateSchema = z.object({ update_type: wireText });
export const cryptoPayPaidUpdateSchema = z.object({ payload: cryptoPayPaymentSchema });

/** `{ok, result}` or `{ok, error}`; some SDKs model `message` for `name` (gateways.md 5.2). */
export const envelopeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({ name: z.string().optional(), message: z.string().optional() }).nullish(),
  }),
]);

/** One unreadable invoice must not hide the others. */
const itemsSchema = z.array(z.unknown()).transform((items) => ({
  size: items.length,
  invoices: items.flatMap((item) => {
    const invoice = cryptoPayInvoiceSchema.safeParse(item);
    return invoice.success ? [invoice.data] : [];
  }),
}));

/** The official document answers `{items}`; the article says the bare array. */
export const invoiceListSchema = z.union([
  z.object({ items: itemsSchema }).transform(({ items }) => items),
  itemsSchema,
]);

export const appSchema = z.object({
  app_id: wireId,
  name: wireText,
  payment_processing_bot_username: wireText.nullish(),
  webhook_endpoint: wireText.nullish(),
});

export const balanceSchema = z.array(
  z.object({ currency_code: wireText, available: wireAmount, onhold: wireAmount.nullish() }),
);

export const exchangeRatesSchema = z.array(
  z.object({ is_valid: z.boolean(), source: wireText, target: wireText, rate: wireAmount }),
);

export const currenciesSchema = z.array(
  z.object({
    code: wireText,
    name: wireText,
    is_fiat: z.boolean(),
    is_blockchain: z.boolean(),
    is_stablecoin: z.boolean(),
    decimals: wireInteger,
  }),
);

export const statsSchema = z.object({
  volume: wireAmount,
  conversion: wireAmount.nullish(),
  unique_users_count: wireInteger.nullish(),
  created_invoice_count: wireInteger.nullish(),
  paid_invoice_count: wireInteger.nullish(),
  start_at: wireInstant.nullish(),
  end_at: wireInstant.nullish(),
});

export const deletedSchema = z.literal(true);

/** `fiat` values of createInvoice (gateways.md 5.2; the last three only in SDKs). */
export const fiatCodes = [
  'USD',
  'EUR',
  'RUB',
  'BYN',
  'UAH',
  'GBP',
  'CNY',
  'KZT',
  'UZS',
  'GEL',
  'TRY',
  'AMD',
  'THB',
  'INR',
  'BRL',
  'IDR',
  'AZN',
  'AED',
  'PLN',
  'ILS',
  'KGS',
  'TJS',
  'MDL',
] as const;

/** Asset codes carry no network (CP-13). JET exists on testnet only (CP-14). */
export const assetCodes = [
  'USDT',
  'TON',
  'GRAM',
  'BTC',
  'ETH',
  'LTC',
  'BNB',
  'TRX',
  'USDC',
  'SOL',
  'JET',
] as const;

export const maxExpiresIn = 2_678_400;
export const maxPayloadBytes = 4_096;
/** What the API allows. Invoices with long texts make an answer larger than we read; then fewer are asked for. */
export const maxBatch = 1_000;
export const leastBatch = 100;
/** Other systems' invoices may carry 8 KB each, so pages of a list are shorter. */
export const listPageSize = 100;
