import { currencyKind, parseCurrency } from '../../money/currency.ts';
import { modeOfBaseUrl } from '../base-url.ts';
import type { AccountCheck, Gateway, GatewayAccount, GatewayContext } from '../gateway.ts';
import { createCryptoPayClient } from './client.ts';
import type { Connection } from './connection.ts';
import { assetCodes, type CryptoPayConfig, cryptoPayConfigSchema, fiatCodes, maxBatch } from './contract.ts';
import { createInvoice } from './creating.ts';
import { findInvoice, readInvoices } from './reading.ts';
import { receiveCryptoPayWebhook } from './webhook.ts';

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
    secondPayment: false,
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
  exchangeRates: (config, http) => createCryptoPayClient(config, http).getExchangeRates(),
};
