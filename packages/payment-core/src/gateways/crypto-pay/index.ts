import { safeLink } from '../../egress/link.ts';
import type { InvoiceId } from '../../identity/identity.ts';
import { currencyKind, parseCurrency } from '../../money/currency.ts';
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
import { type CryptoPayClient, createCryptoPayClient } from './client.ts';
import {
  assetCodes,
  type CryptoPayConfig,
  type CryptoPayInvoice,
  cryptoPayConfigSchema,
  fiatCodes,
  maxBatch,
  maxExpiresIn,
  maxPayloadBytes,
} from './contract.ts';
import { cryptoPayFact } from './status.ts';
import { receiveCryptoPayWebhook } from './webhook.ts';

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

const parameters = (request: CreateInvoiceRequest, config: CryptoPayConfig) => {
  const { amount } = request;
  if (amount === null) return undefined;
  const asked =
    currencyKind(amount.currency) === 'fiat'
      ? {
          currency_type: 'fiat',
          fiat: amount.currency,
          ...(config.acceptedAssets ? { accepted_assets: config.acceptedAssets.join(',') } : {}),
        }
      : { currency_type: 'crypto', asset: amount.currency };
  return {
    ...asked,
    amount: amount.amount,
    description: request.description.slice(0, 1_024),
    payload: request.reference,
    ...(request.returnUrl.startsWith('https://')
      ? { paid_btn_name: 'callback', paid_btn_url: request.returnUrl }
      : {}),
  };
};

const createInvoice = async (
  client: CryptoPayClient,
  config: CryptoPayConfig,
  request: CreateInvoiceRequest,
  sandbox: boolean,
): Promise<CreateOutcome> => {
  const body = parameters(request, config);
  if (body === undefined) return { outcome: 'refused', reason: 'amount-missing' };
  if (Buffer.byteLength(request.reference, 'utf8') > maxPayloadBytes)
    return { outcome: 'refused', reason: 'payload-too-long' };
  // CP-8: out of range the call errs and may still create an invoice that never expires.
  if (request.expiresInSeconds < 1 || request.expiresInSeconds > maxExpiresIn) {
    return { outcome: 'refused', reason: 'expires-in-invalid' };
  }
  const answer = await client.createInvoice(body, request.expiresInSeconds);
  if (answer.outcome === 'refused' && answer.reason === 'expires-in-invalid') {
    return { outcome: 'ambiguous', reason: answer.reason };
  }
  return answer.outcome === 'ok' ? created(answer.value, config, sandbox) : answer;
};

/** CP-9: the create call has no idempotency key, so look for our payload among the active invoices, then the paid ones. */
const findInvoice = async (
  client: CryptoPayClient,
  config: CryptoPayConfig,
  handle: InvoiceHandle,
  sandbox: boolean,
): Promise<FindOutcome> => {
  for (const status of ['active', 'paid'] as const) {
    for (let offset = 0; ; offset += maxBatch) {
      const answer = await client.getInvoices({ status, offset, count: maxBatch });
      if (answer.outcome !== 'ok') return unavailableRead(answer);
      const match = answer.value.find((invoice) => invoice.payload === handle.reference);
      if (match) return created(match, config, sandbox);
      // Newest first: what is older than our attempt cannot be it.
      if (answer.value.length < maxBatch || offset >= 9 * maxBatch) break;
    }
  }
  return { outcome: 'absent' };
};

/** Up to 1,000 ids a call; an id that is missing in the answer is absent, which is no fact (CP-7). */
const readInvoices = async (
  client: CryptoPayClient,
  handles: readonly InvoiceHandle[],
  startedAt: number,
): Promise<ReadOutcome> => {
  const facts = new Map<InvoiceId, readonly Fact[]>();
  const byId = new Map(
    handles.flatMap((handle) =>
      handle.gatewayPaymentId ? [[handle.gatewayPaymentId, handle.id] as const] : [],
    ),
  );
  const ids = [...byId.keys()];
  for (let start = 0; start < ids.length; start += maxBatch) {
    const answer = await client.getInvoices({
      invoiceIds: ids.slice(start, start + maxBatch),
      count: maxBatch,
    });
    if (answer.outcome !== 'ok') return unavailableRead(answer);
    for (const invoice of answer.value) {
      const id = byId.get(invoice.invoice_id);
      if (id) facts.set(id, [cryptoPayFact(invoice, 'api', startedAt)]);
    }
  }
  return { outcome: 'read', facts, quiet: new Set() };
};

/** `getMe` proves the token, its world and that it is the app the token names (CP-14). */
const check = async (client: CryptoPayClient, config: CryptoPayConfig): Promise<AccountCheck> => {
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
  const client = createCryptoPayClient(config, http);
  return {
    createInvoice: (request) => createInvoice(client, config, request, sandbox),
    findInvoice: (handle) => findInvoice(client, config, handle, sandbox),
    readInvoices: (handles) => readInvoices(client, handles, clock.now()),
    cancelInvoice: async (handle) => {
      if (handle.gatewayPaymentId === null) return { outcome: 'refused', reason: 'gateway-id-unknown' };
      const answer = await client.deleteInvoice(handle.gatewayPaymentId);
      return answer.outcome === 'ok' ? { outcome: 'canceled' } : answer;
    },
    check: () => check(client, config),
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
    readBatch: 1_000,
  },
  config: cryptoPayConfigSchema,
  methods: [],
  currencies: [...fiatCodes, ...assetCodes].flatMap((code) => parseCurrency(code) ?? []),
  settlementCurrency: parseCurrency('USD') ?? null,
  rateLimit: { requests: 100, perMs: 1_000 },
  modeOf: (config) => modeOfBaseUrl(config.baseUrl, ['testnet-pay.crypt.bot']),
  receiveWebhook: receiveCryptoPayWebhook,
  connect,
};
