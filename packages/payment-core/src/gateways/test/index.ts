import type { Gateway } from '../gateway.ts';
import { createTestGatewayClient } from './client.ts';
import { type TestGatewayConfig, testGatewayConfigSchema } from './contract.ts';
import { receiveTestGatewayWebhook } from './webhook.ts';

/** The pseudo-gateway of test stores: our own page pays, cancels and lets expire. It is never live (invariant 13). */
export const testGateway: Gateway<TestGatewayConfig> = {
  id: 'test',
  title: 'Test payment',
  ownPage: true,
  capabilities: {
    // Nothing is kept anywhere, so an unpaid invoice is quiet, not absent.
    poll: 'after-payment',
    cancel: true,
    refund: 'none',
    idempotentCreate: true,
    findByReference: false,
    signsWholeBody: true,
    signedTimestamp: false,
    quoteAtPayment: false,
    rateAtPayment: false,
    depositAddress: false,
    returnUrl: 'redirect',
    perInvoiceWebhook: false,
    sendsExpired: true,
    topUp: false,
    chargebacks: false,
    testMode: true,
    underpayment: true,
    overpayment: false,
    latePayment: true,
    secondPayment: false,
    confirmByRead: 'none',
    readBatch: 10_000,
  },
  config: testGatewayConfigSchema,
  methods: [],
  currencies: 'any',
  settlementCurrency: null,
  rateLimit: { requests: 1_000, perMs: 1_000 },
  modeOf: () => 'test',
  receiveWebhook: receiveTestGatewayWebhook,
  connect: (_config, { clock }) => createTestGatewayClient(clock),
};
