import { withScale } from '@gatewright/payment-core';
import * as z from 'zod';
import { exact } from '../../kernel/exact.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import {
  headerOf,
  isJsonObject,
  type JsonFields,
  jsonBody,
  type SimulatorRequest,
} from '../../kernel/http/request.ts';
import type { Route, Routes } from '../../kernel/http/router.ts';
import type { NativeFailures } from '../../kernel/http/server.ts';
import {
  messageReply,
  optionalText,
  pageNumber,
  paginated,
  phpReply,
  requiredAmount,
  validate,
} from '../../kernel/laravel.ts';
import { balancesReply } from './balances.ts';
import { invoiceWire } from './invoice-wire.ts';
import { cryptoAmount, findNetwork, networkIds } from './networks.ts';
import type { Invoice, Merchant } from './state.ts';
import { requestWithdrawal } from './withdrawals.ts';

const INVOICE_LIFE_MS = 30 * 60_000;
const PER_PAGE = 20;
const BASE_PATH = '/api/v1';

export const baseUrlOf = (origin: string): string => `${origin}${BASE_PATH}`;
export const checkoutUrlOf = (origin: string, invoice: Invoice): string => `${origin}/pay/${invoice.id}`;

export const failures: NativeFailures = {
  status: (status) => messageReply(status, 'Server Error'),
  rateLimited: () => phpReply(429, { message: 'Too Many Attempts.' }, { 'retry-after': '60' }),
};

const createSchema = z.object({
  network: z
    .unknown()
    .optional()
    .transform((value, context) => {
      const network = typeof value === 'string' ? findNetwork(value) : undefined;
      if (network !== undefined) return network;
      const missing = value === undefined || value === null || value === '';
      context.addIssue({
        code: 'custom',
        message: missing
          ? 'The network field is required.'
          : `The selected network is invalid; use ${networkIds.join(', ')}.`,
      });
      return z.NEVER;
    }),
  amount_usd: requiredAmount('amount usd', exact('1.00')),
  order_id: optionalText('order id', 255),
  metadata: z.custom<JsonFields>(isJsonObject, 'The metadata field must be an array.').nullish(),
});

/** Every call makes a new invoice with a new address; `order_id` need not be unique (CPC-14). */
const createInvoice = (
  { clock, hostUrl, knobs, random }: GatewayContext,
  merchant: Merchant,
  request: SimulatorRequest,
): Reply => {
  const given = validate(createSchema, jsonBody(request));
  if (!given.ok) return given.reply;
  const { network, amount_usd: amountUsd, order_id: orderId } = given.value;
  const now = clock.now();
  const invoice: Invoice = {
    id: random.uuid(),
    merchant,
    orderId,
    network,
    amountUsd: withScale(amountUsd, 2) ?? amountUsd,
    amountCrypto: cryptoAmount(amountUsd, network),
    address: network.address(random),
    createdAt: now,
    expiresAt: now + INVOICE_LIFE_MS,
    transactions: [],
  };
  merchant.invoices.set(invoice.id, invoice);
  return phpReply(201, {
    success: true,
    invoice: invoiceWire(invoice, now, knobs.confirmationMs),
    checkout_url: checkoutUrlOf(hostUrl('gateway'), invoice),
  });
};

/** `Bearer key:secret`; both must fit. */
const merchantOf = (
  merchants: ReadonlyMap<string, Merchant>,
  request: SimulatorRequest,
): Merchant | undefined => {
  const [, apiKey = '', apiSecret = ''] =
    /^Bearer ([^:\s]+):(\S+)$/.exec(headerOf(request, 'authorization') ?? '') ?? [];
  const merchant = merchants.get(apiKey);
  return merchant?.apiSecret === apiSecret ? merchant : undefined;
};

type Handler = (merchant: Merchant, request: SimulatorRequest) => Reply;

/** The paths of one invoice and of the list, and their wrappers, are not printed: assumed like those of create. */
export const cpcRoutes = (
  context: GatewayContext,
  merchants: ReadonlyMap<string, Merchant>,
  pages: readonly Route[],
): Routes => {
  const { clock, knobs } = context;
  const on = (name: string, method: string, path: string, handle: Handler): Route => ({
    name,
    methods: [method],
    path: `${BASE_PATH}${path}`,
    handle: (request) => {
      const merchant = merchantOf(merchants, request);
      return merchant === undefined ? messageReply(401, 'Unauthenticated.') : handle(merchant, request);
    },
  });
  const wire = (invoice: Invoice) => invoiceWire(invoice, clock.now(), knobs.confirmationMs);
  return {
    routes: [
      on('createInvoice', 'POST', '/invoices', (merchant, request) =>
        createInvoice(context, merchant, request),
      ),
      on('getInvoice', 'GET', '/invoices/:id', (merchant, { params: { id = '' } }) => {
        const invoice = merchant.invoices.get(id);
        return invoice === undefined
          ? messageReply(404, 'Invoice not found.')
          : phpReply(200, { success: true, invoice: wire(invoice) });
      }),
      on('listInvoices', 'GET', '/invoices', (merchant, { query }) =>
        phpReply(200, {
          success: true,
          invoices: paginated(
            [...merchant.invoices.values()].reverse().map(wire),
            pageNumber(query),
            PER_PAGE,
          ),
        }),
      ),
      on('getBalances', 'GET', '/balances', (merchant) =>
        balancesReply(merchant, clock.now(), knobs.confirmationMs),
      ),
      on('requestWithdrawal', 'POST', '/withdrawals', (merchant, request) =>
        requestWithdrawal(context, merchant, request),
      ),
      ...pages,
    ],
    fallback: ({ path }, allowed) =>
      allowed.length > 0
        ? messageReply(
            405,
            `The method is not supported for route ${path.slice(1)}. Supported methods: ${allowed.join(', ')}.`,
          )
        : messageReply(404, `The route ${path.slice(1)} could not be found.`),
  };
};
