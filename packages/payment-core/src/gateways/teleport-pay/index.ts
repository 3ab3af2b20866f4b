import { safeLink } from '../../egress/link.ts';
import { decimalsOf } from '../../money/currency.ts';
import { isZero, scaleOf, significantScale, withScale } from '../../money/decimal.ts';
import type { ExactJson } from '../../money/exact-json.ts';
import { type JsonNumber, jsonNumber } from '../../money/json-number.ts';
import type { Money } from '../../money/money.ts';
import { modeOfBaseUrl } from '../base-url.ts';
import type {
  AccountCheck,
  CreateInvoiceRequest,
  CreateOutcome,
  Gateway,
  GatewayAccount,
  GatewayContext,
} from '../gateway.ts';
import { createTeleportPayClient, type TeleportPayClient } from './client.ts';
import {
  type CreatedInvoice,
  type KeyInfo,
  methodsOfGroup,
  type TeleportPayConfig,
  teleportPayConfigSchema,
} from './contract.ts';
import { receiveTeleportPayWebhook } from './webhook.ts';

const payHost = 'pay.teleport.ltd';
const maxDescription = 255;

/** TP-8: the decimal's own digits as a JSON number; zeros beyond the currency's decimals (JPY has none) are dropped. */
const wireAmountOf = ({ amount, currency }: Money): JsonNumber | undefined => {
  const decimals = decimalsOf(currency);
  if (isZero(amount)) return undefined;
  if (decimals === undefined || scaleOf(amount) <= decimals) return jsonNumber(amount);
  if (significantScale(amount) > decimals) return undefined;
  return jsonNumber(withScale(amount, decimals) ?? amount);
};

const invoiceBody = (
  config: TeleportPayConfig,
  request: CreateInvoiceRequest,
): { readonly [field: string]: ExactJson } | undefined => {
  const amount = request.amount === null ? undefined : wireAmountOf(request.amount);
  if (request.amount === null || amount === undefined) return undefined;
  return {
    amount,
    currency: request.amount.currency,
    order_id: request.reference,
    description: Array.from(request.description).slice(0, maxDescription).join(''),
    ...(request.customerEmail === null ? {} : { customer_email: request.customerEmail }),
    return_url: request.returnUrl,
    cancel_url: request.cancelUrl,
    webhook_url: request.webhookUrl,
    payment_methods: config.paymentMethods,
  };
};

const created = (invoice: CreatedInvoice, config: TeleportPayConfig, sandbox: boolean): CreateOutcome => {
  const link = safeLink(invoice.payment_url, [payHost, new URL(config.baseUrl).host], { sandbox });
  return {
    outcome: 'created',
    gatewayPaymentId: invoice.payment_id,
    payUrl: link.ok ? link.url : null,
    address: null,
    payable: null,
    expiresAt: invoice.expires_at ?? null,
  };
};

/** A call that may have made an invoice is never repeated; the attempt is watched for its signed event (TP-6). */
const createInvoice = async (
  client: TeleportPayClient,
  config: TeleportPayConfig,
  request: CreateInvoiceRequest,
  sandbox: boolean,
): Promise<CreateOutcome> => {
  if (request.amount === null) return { outcome: 'refused', reason: 'amount-missing' };
  const body = invoiceBody(config, request);
  if (body === undefined) return { outcome: 'refused', reason: 'amount-unusable' };
  const answer = await client.createInvoice(body);
  return answer.outcome === 'ok' ? created(answer.value, config, sandbox) : answer;
};

const inactiveWords = ['inactive', 'disabled', 'blocked', 'revoked', 'suspended', 'expired'];

const isInactive = ({ status }: KeyInfo): boolean =>
  status === false || (typeof status === 'string' && inactiveWords.includes(status.toLowerCase()));

const check = async (client: TeleportPayClient): Promise<AccountCheck> => {
  const answer = await client.keyInfo();
  if (answer.outcome === 'refused') return answer;
  if (answer.outcome !== 'ok') return { outcome: 'unavailable', reason: answer.reason };
  if (isInactive(answer.value)) return { outcome: 'refused', reason: 'key-inactive' };
  return {
    outcome: 'ok',
    mode: 'unknown',
    identity: answer.value.name || null,
    webhookUrl: answer.value.webhook_url || null,
  };
};

const connect = (config: TeleportPayConfig, { http, sandbox }: GatewayContext): GatewayAccount => {
  const client = createTeleportPayClient(config, http);
  return {
    createInvoice: (request) => createInvoice(client, config, request, sandbox),
    check: () => check(client),
  };
};

/** Teleport Pay: gateways.md section 3. There is nothing to read, so the webhook is all that comes (TP-1). */
export const teleportPay: Gateway<TeleportPayConfig> = {
  id: 'teleport-pay',
  title: 'Teleport Pay',
  capabilities: {
    poll: 'none',
    cancel: false,
    refund: 'none',
    idempotentCreate: false,
    findByReference: false,
    signsWholeBody: true,
    signedTimestamp: false,
    quoteAtPayment: false,
    rateAtPayment: false,
    depositAddress: false,
    returnUrl: 'redirect',
    perInvoiceWebhook: true,
    sendsExpired: true,
    topUp: false,
    chargebacks: true,
    testMode: false,
    underpayment: true,
    overpayment: false,
    latePayment: true,
    secondPayment: false,
    confirmByRead: 'none',
    readBatch: 1,
  },
  config: teleportPayConfigSchema,
  methods: [],
  currencies: 'any',
  settlementCurrency: null,
  accepts: ({ paymentMethods }) => paymentMethods.flatMap(methodsOfGroup),
  rateLimit: { requests: 10, perMs: 1_000 },
  modeOf: (config) => modeOfBaseUrl(config.baseUrl),
  warnings: (config) =>
    config.paymentMethods.every((method) => method === 'crypto') ? [] : ['chargebacks-not-reported'],
  receiveWebhook: receiveTeleportPayWebhook,
  connect,
};
