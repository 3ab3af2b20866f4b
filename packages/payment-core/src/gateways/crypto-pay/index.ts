import { safeLink } from '../../egress/link.ts';
import { type Clock, minutes } from '../../identity/clock.ts';
import type { InvoiceId } from '../../identity/identity.ts';
import { currencyKind, parseCurrency } from '../../money/currency.ts';
import type { Money } from '../../money/money.ts';
import { hostOf, modeOfBaseUrl } from '../base-url.ts';
import type { Fact } from '../fact.ts';
import type {
  AccountCheck,
  CreateInvoiceRequest,
  CreateOutcome,
  FindOutcome,
  Gateway,
  GatewayAccount,
  GatewayContext,
  InvoiceHandle,
  ReadOutcome,
} from '../gateway.ts';
import { unavailableRead } from '../json-answer.ts';
import { createAgeCheck } from '../newest-first.ts';
import { type CryptoPayClient, createCryptoPayClient } from './client.ts';
import {
  assetCodes,
  type CryptoPayConfig,
  type CryptoPayInvoice,
  cryptoPayConfigSchema,
  fiatCodes,
  leastBatch,
  listPageSize,
  maxBatch,
  maxExpiresIn,
  maxPayloadBytes,
} from './contract.ts';
import { cryptoPayFact } from './status.ts';
import { receiveCryptoPayWebhook } from './webhook.ts';

/** Our clock and theirs may differ this much. */
const clockSkewMs = minutes(10);
const findPages = 50;
const maxDescription = 1_024;

interface Connection {
  readonly client: CryptoPayClient;
  readonly config: CryptoPayConfig;
  readonly clock: Clock;
  readonly sandbox: boolean;
}

const linkHosts = ['t.me', 'app.send.tg', 'send.tg', 'crypt.bot', 'crypto-pay.io'];

/** The browser link first: a shop's shopper is in a browser (CP-15). */
const payLink = (invoice: CryptoPayInvoice, config: CryptoPayConfig, sandbox: boolean): string | null => {
  const links = [
    invoice.web_app_invoice_url,
    invoice.mini_app_invoice_url,
    invoice.bot_invoice_url,
    invoice.pay_url,
  ];
  for (const link of links) {
    if (link == null) continue;
    const safe = safeLink(link, [...linkHosts, hostOf(config.baseUrl)], { sandbox });
    if (safe.ok) return safe.url;
  }
  return null;
};

const created = (
  invoice: CryptoPayInvoice,
  config: CryptoPayConfig,
  sandbox: boolean,
): Extract<CreateOutcome, { outcome: 'created' }> => ({
  outcome: 'created',
  gatewayPaymentId: invoice.invoice_id,
  payUrl: payLink(invoice, config, sandbox),
  address: null,
  payable: null,
  expiresAt: invoice.expiration_date ?? null,
});

/** A half of a surrogate pair at the cut would be no text any more. */
const shortened = (text: string): string => text.slice(0, maxDescription).replace(/[\ud800-\udbff]$/, '');

/** A button inside Telegram needs a link that Telegram can open (CP-15). */
const mayBeLinked = (url: string, sandbox: boolean): boolean =>
  URL.canParse(url) && safeLink(url, [new URL(url).host], { sandbox }).ok;

const parameters = (
  request: CreateInvoiceRequest,
  amount: Money,
  config: CryptoPayConfig,
  sandbox: boolean,
) => {
  const asked =
    currencyKind(amount.currency) === 'fiat'
      ? {
          currency_type: 'fiat',
          fiat: amount.currency,
          ...(config.acceptedAssets?.length ? { accepted_assets: config.acceptedAssets.join(',') } : {}),
        }
      : { currency_type: 'crypto', asset: amount.currency };
  return {
    ...asked,
    amount: amount.amount,
    description: shortened(request.description),
    payload: request.reference,
    ...(mayBeLinked(request.returnUrl, sandbox)
      ? { paid_btn_name: 'callback', paid_btn_url: request.returnUrl }
      : {}),
  };
};

/** CP-8: out of range the call errs and may still create an invoice that never expires. */
const isExpiry = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= 1 && seconds <= maxExpiresIn;

const createInvoice = async (
  { client, config, sandbox }: Connection,
  request: CreateInvoiceRequest,
): Promise<CreateOutcome> => {
  if (request.amount === null) return { outcome: 'refused', reason: 'amount-missing' };
  if (Buffer.byteLength(request.reference, 'utf8') > maxPayloadBytes)
    return { outcome: 'refused', reason: 'payload-too-long' };
  if (!isExpiry(request.expiresInSeconds)) return { outcome: 'refused', reason: 'expires-in-invalid' };
  const body = parameters(request, request.amount, config, sandbox);
  const answer = await client.createInvoice(body, request.expiresInSeconds);
  if (answer.outcome === 'refused' && answer.reason === 'expires-in-invalid') {
    return { outcome: 'ambiguous', reason: answer.reason };
  }
  if (answer.outcome !== 'ok') return answer;
  const outcome = created(answer.value, config, sandbox);
  return outcome.payUrl === null ? { outcome: 'refused', reason: 'no-way-to-pay' } : outcome;
};

type Search =
  | { readonly outcome: 'found'; readonly invoice: CryptoPayInvoice }
  | { readonly outcome: 'absent' }
  | Extract<FindOutcome, { outcome: 'unavailable' }>;

const search = async (
  { client }: Connection,
  status: 'active' | 'paid',
  handle: InvoiceHandle,
): Promise<Search> => {
  const isTooOld = createAgeCheck(handle.createdAt - clockSkewMs);
  for (let page = 0; page < findPages; page += 1) {
    const answer = await client.getInvoices({ status, offset: page * listPageSize, count: listPageSize });
    if (answer.outcome !== 'ok') return unavailableRead(answer);
    const { invoices, size } = answer.value;
    const match = invoices.find((invoice) => invoice.payload === handle.reference);
    if (match) return { outcome: 'found', invoice: match };
    const ages = invoices.map((invoice) => isTooOld(invoice.created_at ?? null));
    if (size < listPageSize || ages.at(-1)) return { outcome: 'absent' };
  }
  return { outcome: 'unavailable', reason: 'list-too-long' };
};

/**
 * CP-9: the create call has no idempotency key, so look for our payload among the active invoices, then among the
 * paid ones: in this order a payment in between hides nothing. An expired one cannot be paid, so it need not be found.
 */
const findInvoice = async (connection: Connection, handle: InvoiceHandle): Promise<FindOutcome> => {
  for (const status of ['active', 'paid'] as const) {
    const result = await search(connection, status, handle);
    if (result.outcome === 'found') return created(result.invoice, connection.config, connection.sandbox);
    if (result.outcome !== 'absent') return result;
  }
  return { outcome: 'absent' };
};

/** Hundreds of ids a call; an id that is missing in the answer is absent, which is no fact (CP-7). */
const readInvoices = async (
  { client, clock }: Connection,
  handles: readonly InvoiceHandle[],
): Promise<ReadOutcome> => {
  const facts = new Map<InvoiceId, readonly Fact[]>();
  const byId = new Map<string, InvoiceId>();
  for (const { gatewayPaymentId, id } of handles) if (gatewayPaymentId) byId.set(gatewayPaymentId, id);
  const ids = [...byId.keys()];
  let size = maxBatch;
  for (let start = 0; start < ids.length; ) {
    const asOf = clock.now();
    const invoiceIds = ids.slice(start, start + size);
    const answer = await client.getInvoices({ invoiceIds, count: size });
    if (answer.outcome === 'ambiguous' && answer.reason === 'too-large' && invoiceIds.length > leastBatch) {
      size = Math.max(leastBatch, Math.floor(invoiceIds.length / 4));
      continue;
    }
    if (answer.outcome !== 'ok') {
      if (facts.size === 0) return unavailableRead(answer);
      const unread = new Set(ids.slice(start).flatMap((id) => byId.get(id) ?? []));
      return { outcome: 'read', facts, quiet: new Set(), unread };
    }
    for (const invoice of answer.value.invoices) {
      const id = byId.get(invoice.invoice_id);
      if (id) facts.set(id, [cryptoPayFact(invoice, 'api', asOf)]);
    }
    start += size;
  }
  return { outcome: 'read', facts, quiet: new Set() };
};

/** `getMe` proves the token, its world and that it is the app the token names (CP-14). */
const check = async ({ client, config }: Connection): Promise<AccountCheck> => {
  const answer = await client.getMe();
  if (answer.outcome === 'refused') return answer;
  if (answer.outcome !== 'ok') return { outcome: 'unavailable', reason: answer.reason };
  if (!config.token.startsWith(`${answer.value.app_id}:`))
    return { outcome: 'refused', reason: 'app-id-mismatch' };
  const bot = answer.value.payment_processing_bot_username;
  return {
    outcome: 'ok',
    mode: bot === 'CryptoTestnetBot' ? 'test' : bot === 'CryptoBot' ? 'live' : 'unknown',
    identity: answer.value.app_id,
    webhookUrl: answer.value.webhook_endpoint ?? null,
  };
};

const connect = (config: CryptoPayConfig, { http, clock, sandbox }: GatewayContext): GatewayAccount => {
  const connection = { client: createCryptoPayClient(config, http), config, clock, sandbox };
  return {
    createInvoice: (request) => createInvoice(connection, request),
    findInvoice: (handle) => findInvoice(connection, handle),
    readInvoices: (handles) => readInvoices(connection, handles),
    cancelInvoice: async (handle) => {
      if (handle.gatewayPaymentId === null) return { outcome: 'refused', reason: 'gateway-id-unknown' };
      const answer = await connection.client.deleteInvoice(handle.gatewayPaymentId);
      return answer.outcome === 'ok' ? { outcome: 'canceled' } : answer;
    },
    check: () => check(connection),
  };
};

/** Crypto Pay (Crypto Bot): gateways.md section 5. */
export const cryptoPay: Gateway<CryptoPayConfig> = {
  id: 'crypto-pay',
  title: 'Crypto Pay',
  capabilities: {
    poll: 'id',
    cancel: true,
    refund: 'none',
    idempotentCreate: false,
    findByReference: true,
    signsWholeBody: true,
    signedTimestamp: false,
    quoteAtPayment: false,
    rateAtPayment: true,
    depositAddress: false,
    returnUrl: 'button',
    perInvoiceWebhook: false,
    sendsExpired: false,
    topUp: false,
    chargebacks: false,
    testMode: true,
    underpayment: false,
    overpayment: false,
    latePayment: false,
    confirmByRead: 'preferred',
    readBatch: maxBatch,
  },
  config: cryptoPayConfigSchema,
  methods: [],
  currencies: [...fiatCodes, ...assetCodes].flatMap((code) => parseCurrency(code) ?? []),
  settlementCurrency: parseCurrency('USD') ?? null,
  accepts: ({ acceptedAssets, testnet }, asked) => {
    if (asked && currencyKind(asked.currency) !== 'fiat') return [asked.currency];
    return acceptedAssets ?? assetCodes.filter((code) => testnet || code !== 'JET');
  },
  rateLimit: { requests: 100, perMs: 1_000 },
  modeOf: (config) => modeOfBaseUrl(config.baseUrl, ['testnet-pay.crypt.bot']),
  receiveWebhook: receiveCryptoPayWebhook,
  connect,
};
