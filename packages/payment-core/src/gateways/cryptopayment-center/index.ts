import { modeOfBaseUrl } from '../base-url.ts';
import type { AccountCheck, Gateway, GatewayAccount, GatewayContext } from '../gateway.ts';
import { createCryptoPaymentCenterClient } from './client.ts';
import type { Connection } from './connection.ts';
import {
  type CryptoPaymentCenterConfig,
  cryptoPaymentCenterConfigSchema,
  paymentNetworks,
} from './contract.ts';
import { createInvoice, minimumAmount, usd } from './creating.ts';
import { findInvoice } from './finding.ts';
import { readInvoices } from './reading.ts';
import { receiveCryptoPaymentCenterWebhook } from './webhook.ts';

/** The balances prove the API key and change nothing. */
const check = async ({ client, config }: Connection): Promise<AccountCheck> => {
  const answer = await client.getBalances();
  if (answer.outcome === 'refused') return answer;
  if (answer.outcome !== 'ok') return { outcome: 'unavailable', reason: answer.reason };
  return { outcome: 'ok', mode: modeOfBaseUrl(config.baseUrl), identity: null, webhookUrl: null };
};

const connect = (
  config: CryptoPaymentCenterConfig,
  { http, clock, sandbox }: GatewayContext,
): GatewayAccount => {
  const connection = { client: createCryptoPaymentCenterClient(config, http), config, clock, sandbox };
  return {
    createInvoice: (request) => createInvoice(connection, request),
    findInvoice: (handle) => findInvoice(connection, handle),
    readInvoices: (handles) => readInvoices(connection, handles),
    check: () => check(connection),
  };
};

/** CryptoPayment.center: gateways.md section 6. */
export const cryptoPaymentCenter: Gateway<CryptoPaymentCenterConfig> = {
  id: 'cryptopayment-center',
  title: 'CryptoPayment.center',
  capabilities: {
    poll: 'id',
    cancel: false,
    refund: 'none',
    idempotentCreate: false,
    findByReference: true,
    signsWholeBody: false,
    signedTimestamp: false,
    quoteAtPayment: false,
    rateAtPayment: false,
    depositAddress: true,
    returnUrl: 'none',
    perInvoiceWebhook: false,
    sendsExpired: false,
    topUp: true,
    chargebacks: false,
    testMode: false,
    underpayment: true,
    overpayment: true,
    latePayment: true,
    secondPayment: true,
    confirmByRead: 'required',
    readBatch: 10_000,
  },
  config: cryptoPaymentCenterConfigSchema,
  methods: [...paymentNetworks.keys()],
  currencies: usd ? [usd] : [],
  settlementCurrency: usd ?? null,
  ...(usd && minimumAmount ? { minimum: { amount: minimumAmount, currency: usd } } : {}),
  methodsOf: ({ networks }) => networks,
  accepts: ({ networks }) => networks.flatMap((name) => paymentNetworks.get(name)?.label ?? []),
  // No limit is documented; a 429 is honoured whatever this says.
  rateLimit: { requests: 300, perMs: 60_000 },
  modeOf: (config) => modeOfBaseUrl(config.baseUrl),
  receiveWebhook: receiveCryptoPaymentCenterWebhook,
  connect,
};
