import { safeLink } from '../../egress/link.ts';
import { parseCurrency } from '../../money/currency.ts';
import { compareDecimal, isZero, parseDecimal, significantScale } from '../../money/decimal.ts';
import type { ExactJson } from '../../money/exact-json.ts';
import { jsonNumber } from '../../money/json-number.ts';
import type { Money } from '../../money/money.ts';
import { hostOf, modeOfBaseUrl } from '../base-url.ts';
import type {
  AccountCheck,
  CreateInvoiceRequest,
  CreateOutcome,
  FindOutcome,
  Gateway,
  GatewayAccount,
  GatewayContext,
  InvoiceHandle,
} from '../gateway.ts';
import { createXRocketPayClient, type XRocketPayClient } from './client.ts';
import {
  amountDecimals,
  assetCodes,
  maxAmount,
  maxCallbackUrl,
  maxDescription,
  maxExpiresIn,
  maxPayload,
  wireCurrency,
  type XRocketPayConfig,
  type XRocketPayInvoice,
  xRocketPayConfigSchema,
} from './contract.ts';
import { readXRocketPayInvoices, searchInvoice } from './reading.ts';
import { xRocketPayFact } from './status.ts';
import { receiveXRocketPayWebhook } from './webhook.ts';

interface Connection {
  readonly client: XRocketPayClient;
  readonly config: XRocketPayConfig;
  readonly sandbox: boolean;
}

const linkHosts = ['t.me', 'xrocket.tg'];
const currencies = assetCodes.flatMap((code) => parseCurrency(code) ?? []);
const most = parseDecimal(maxAmount);

const created = (
  invoice: XRocketPayInvoice,
  { config, sandbox }: Connection,
): Extract<CreateOutcome, { outcome: 'created' }> => {
  const link = safeLink(invoice.link ?? '', [...linkHosts, hostOf(config.baseUrl)], { sandbox });
  return {
    outcome: 'created',
    gatewayPaymentId: invoice.id,
    payUrl: link.ok ? link.url : null,
    address: null,
    payable: null,
    expiresAt: xRocketPayFact(invoice, 'api', 0).expiresAt,
  };
};

/** A half of a surrogate pair at the cut would be no text any more. */
const shortened = (text: string): string => text.slice(0, maxDescription).replace(/[\ud800-\udbff]$/, '');

const mayBeLinked = (url: string, sandbox: boolean): boolean =>
  url.length <= maxCallbackUrl && URL.canParse(url) && safeLink(url, [new URL(url).host], { sandbox }).ok;

/** XR-1: an amount that the gateway would cut, and so ask for less than the shop does, never leaves. */
const amountFault = ({ amount, currency }: Money): string | undefined => {
  if (!currencies.includes(currency)) return 'currency-not-supported';
  if (isZero(amount)) return 'amount-zero';
  if (significantScale(amount) > amountDecimals) return 'amount-too-fine';
  return most !== undefined && compareDecimal(amount, most) > 0 ? 'amount-too-large' : undefined;
};

const requestFault = (request: CreateInvoiceRequest): string | undefined => {
  if (request.reference.length > maxPayload) return 'payload-too-long';
  const { expiresInSeconds } = request;
  return Number.isInteger(expiresInSeconds) && expiresInSeconds >= 1 ? undefined : 'expires-in-invalid';
};

/** XR-3: one payment of a fixed amount. XR-5: a longer expiry than a day is refused, so a day is asked for. */
const parameters = (request: CreateInvoiceRequest, amount: Money, sandbox: boolean): ExactJson => ({
  amount: jsonNumber(amount.amount),
  numPayments: jsonNumber('1'),
  currency: wireCurrency(amount.currency),
  description: shortened(request.description),
  commentsEnabled: false,
  payload: request.reference,
  expiredIn: jsonNumber(String(Math.min(request.expiresInSeconds, maxExpiresIn))),
  ...(mayBeLinked(request.returnUrl, sandbox) ? { callbackUrl: request.returnUrl } : {}),
});

const createInvoice = async (
  connection: Connection,
  request: CreateInvoiceRequest,
): Promise<CreateOutcome> => {
  if (request.amount === null) return { outcome: 'refused', reason: 'amount-missing' };
  const fault = requestFault(request) ?? amountFault(request.amount);
  if (fault !== undefined) return { outcome: 'refused', reason: fault };
  const answer = await connection.client.createInvoice(
    parameters(request, request.amount, connection.sandbox),
  );
  if (answer.outcome !== 'ok') return answer;
  const outcome = created(answer.value, connection);
  return outcome.payUrl === null ? { outcome: 'refused', reason: 'no-way-to-pay' } : outcome;
};

const findInvoice = async (connection: Connection, handle: InvoiceHandle): Promise<FindOutcome> => {
  const result = await searchInvoice(connection.client, handle);
  return result.outcome === 'found' ? created(result.invoice, connection) : result;
};

const cancelInvoice = async ({ client }: Connection, handle: InvoiceHandle) => {
  if (handle.gatewayPaymentId === null) return { outcome: 'refused', reason: 'gateway-id-unknown' } as const;
  const answer = await client.deleteInvoice(handle.gatewayPaymentId);
  return answer.outcome === 'ok' ? ({ outcome: 'canceled' } as const) : answer;
};

/**
 * The app's name proves the key; its webhook address no call tells. An account that cannot take its settlement
 * currency could not be paid through, so that is asked too.
 */
const check = async ({ client, config }: Connection): Promise<AccountCheck> => {
  const app = await client.getApp();
  if (app.outcome === 'refused') return app;
  if (app.outcome !== 'ok') return { outcome: 'unavailable', reason: app.reason };
  const available = await client.getAvailableCurrencies();
  if (available.outcome !== 'ok') return { outcome: 'unavailable', reason: available.reason };
  if (!available.value.some(({ currency }) => currency === 'USDT'))
    return { outcome: 'refused', reason: 'settlement-currency-missing' };
  return {
    outcome: 'ok',
    mode: modeOfBaseUrl(config.baseUrl),
    identity: app.value.name,
    webhookUrl: null,
  };
};

const connect = (config: XRocketPayConfig, { http, clock, sandbox }: GatewayContext): GatewayAccount => {
  const connection = { client: createXRocketPayClient(config, http), config, sandbox };
  return {
    createInvoice: (request) => createInvoice(connection, request),
    findInvoice: (handle) => findInvoice(connection, handle),
    readInvoices: (handles) => readXRocketPayInvoices(connection.client, clock, handles),
    cancelInvoice: (handle) => cancelInvoice(connection, handle),
    check: () => check(connection),
  };
};

/** xRocket Pay: gateways.md section 8.1. */
export const xRocketPay: Gateway<XRocketPayConfig> = {
  id: 'xrocket-pay',
  title: 'xRocket Pay',
  capabilities: {
    poll: 'id',
    cancel: true,
    refund: 'none',
    idempotentCreate: false,
    findByReference: true,
    signsWholeBody: true,
    signedTimestamp: false,
    quoteAtPayment: false,
    rateAtPayment: false,
    depositAddress: false,
    returnUrl: 'button',
    perInvoiceWebhook: false,
    sendsExpired: false,
    topUp: false,
    chargebacks: false,
    // There is a test bot, but no document names the host of its API.
    testMode: false,
    underpayment: false,
    overpayment: false,
    latePayment: false,
    secondPayment: false,
    confirmByRead: 'preferred',
    readBatch: 10_000,
  },
  config: xRocketPayConfigSchema,
  methods: [],
  currencies,
  settlementCurrency: parseCurrency('USDT') ?? null,
  ...(most === undefined ? {} : { maximum: { amount: most, currency: null } }),
  accepts: (_config, asked) => (asked === null ? [] : [asked.currency]),
  rateLimit: { requests: 30, perMs: 1_000 },
  modeOf: (config) => modeOfBaseUrl(config.baseUrl),
  receiveWebhook: receiveXRocketPayWebhook,
  connect,
};
