import * as z from 'zod';
import type { GatewayCapabilities } from '../../../src/gateways/capabilities.ts';
import type {
  CancelOutcome,
  CreateOutcome,
  FindOutcome,
  GatewayAccount,
  GatewayContext,
  RefundOutcome,
} from '../../../src/gateways/gateway.ts';
import { type RegisteredGateway, register } from '../../../src/gateways/registry.ts';
import { minutes } from '../../../src/identity/clock.ts';
import type { Door } from '../process/port-call.ts';
import { price } from './cast.ts';
import {
  cancelAtGateway,
  createAtGateway,
  findAtGateway,
  readAtGateway,
  refundAtGateway,
} from './gateway-desk.ts';
import { readMessage } from './gateway-messages.ts';
import type { GatewayInvoice, Traits } from './gateway-state.ts';
import type { Stage } from './stage.ts';

const capabilities = (traits: Traits): GatewayCapabilities => ({
  poll: traits.poll,
  cancel: traits.cancel,
  refund: traits.refunds ? 'partial' : 'none',
  idempotentCreate: traits.idempotentCreate,
  findByReference: traits.findByReference,
  signsWholeBody: traits.confirmByRead !== 'required',
  signedTimestamp: false,
  quoteAtPayment: false,
  rateAtPayment: false,
  depositAddress: false,
  returnUrl: 'none',
  perInvoiceWebhook: false,
  sendsExpired: traits.sendsExpired,
  topUp: false,
  chargebacks: false,
  testMode: true,
  underpayment: false,
  overpayment: false,
  latePayment: true,
  secondPayment: false,
  confirmByRead: traits.confirmByRead,
  readBatch: 100,
});

const down = { outcome: 'unavailable', reason: 'gateway-down' } as const;
const ambiguous = { outcome: 'ambiguous', reason: 'answer-lost' } as const;

/** One account's calls. Each is a port call of the process that makes it; the gateway decides in one step. */
const connect = (traits: Traits, stage: Stage, door: Door, { clock }: GatewayContext): GatewayAccount => {
  const created = (invoice: GatewayInvoice): Extract<CreateOutcome, { outcome: 'created' }> => ({
    outcome: 'created',
    gatewayPaymentId: traits.givesId ? invoice.id : null,
    payUrl: `https://pay.example/${invoice.id}`,
    address: null,
    payable: null,
    expiresAt: invoice.expiresAt,
  });
  const all: Required<GatewayAccount> = {
    createInvoice: (request) =>
      door.ask(
        {
          what: `asking ${traits.id} for an invoice`,
          outcomes: ['ok', 'lost-answer', 'down'],
          timeoutMs: minutes(1),
        },
        async (outcome): Promise<CreateOutcome> => {
          if (outcome === 'down') return down;
          const invoice = createAtGateway(stage, traits, request);
          return outcome === 'ok' ? created(invoice) : ambiguous;
        },
      ),
    findInvoice: (handle) =>
      door.ask(
        { what: `looking for a reference at ${traits.id}`, outcomes: ['ok', 'down'] },
        async (outcome): Promise<FindOutcome> => {
          if (outcome !== 'ok') return down;
          const invoice = findAtGateway(stage, traits, handle);
          return invoice ? created(invoice) : { outcome: 'absent' };
        },
      ),
    readInvoices: (handles) => {
      const asOf = clock.now();
      return door.ask({ what: `reading at ${traits.id}`, outcomes: ['ok', 'down'] }, async (outcome) =>
        outcome === 'ok' ? readAtGateway(stage, traits, handles, asOf) : down,
      );
    },
    cancelInvoice: (handle) =>
      door.ask(
        { what: `cancelling at ${traits.id}`, outcomes: ['ok', 'lost-answer', 'down'] },
        async (outcome): Promise<CancelOutcome> => {
          if (outcome === 'down') return down;
          const answer = cancelAtGateway(stage, findAtGateway(stage, traits, handle));
          return outcome === 'ok' ? answer : ambiguous;
        },
      ),
    refund: ({ payment, idempotencyKey }) =>
      door.ask(
        {
          what: `asking ${traits.id} for a refund`,
          outcomes: ['ok', 'lost-answer', 'down'],
          timeoutMs: minutes(1),
        },
        async (outcome): Promise<RefundOutcome> => {
          if (outcome === 'down') return down;
          const answer = refundAtGateway(stage, payment, idempotencyKey);
          return outcome === 'ok' ? answer : ambiguous;
        },
      ),
    check: async () => ({ outcome: 'ok', mode: 'test', identity: null, webhookUrl: null }),
  };
  const { findInvoice, readInvoices, cancelInvoice, refund, ...calls } = all;
  return {
    ...calls,
    ...(traits.findByReference ? { findInvoice } : {}),
    ...(traits.poll === 'none' ? {} : { readInvoices }),
    ...(traits.cancel ? { cancelInvoice } : {}),
    ...(traits.refunds ? { refund } : {}),
  };
};

/** A gateway of the model as the core's port sees it. */
export const modelGateway = (traits: Traits, stage: Stage, door: Door): RegisteredGateway =>
  register({
    id: traits.id,
    title: `Gateway ${traits.id}`,
    capabilities: capabilities(traits),
    config: z.object({}),
    methods: [],
    currencies: [price.currency],
    settlementCurrency: null,
    rateLimit: { requests: 1_000, perMs: 1_000 },
    modeOf: () => 'test',
    receiveWebhook: (_config, request) => readMessage(traits, request),
    connect: (_config, context) => connect(traits, stage, door, context),
  });
