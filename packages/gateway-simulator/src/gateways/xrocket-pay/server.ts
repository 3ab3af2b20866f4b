import { jsonNumber } from '@gatewright/payment-core';
import type { GatewayContext } from '../../kernel/gateway.ts';
import { jsonReply, type Reply } from '../../kernel/http/reply.ts';
import { headerOf, jsonBody, mediaTypeOf, type SimulatorRequest } from '../../kernel/http/request.ts';
import type { Route, Routes } from '../../kernel/http/router.ts';
import type { NativeFailures } from '../../kernel/http/server.ts';
import { JAVASCRIPT, type NativeObject, writeNativeJson } from '../../kernel/native-json.ts';
import { createInvoice, type PropertyError } from './create-invoice.ts';
import { currencyList } from './currencies.ts';
import { invoiceWire, javascriptNumber, paymentWire } from './invoice-wire.ts';
import { FEE_PERCENTS } from './shopper.ts';
import type { App, Gateway, Invoice } from './state.ts';

const reply = (status: number, body: NativeObject): Reply =>
  jsonReply(status, writeNativeJson(body, JAVASCRIPT));
const success = (data: NativeObject, status = 200): Reply => reply(status, { success: true, data });
const failure = (status: number, message: string, errors?: readonly PropertyError[]): Reply =>
  reply(status, {
    success: false,
    message,
    errors: errors?.map(({ property, error }) => ({ property, error })),
  });

export const failures: NativeFailures = {
  status: (status) => failure(status, 'Internal server error'),
  rateLimited: () => failure(429, 'Too Many Requests'),
};

type Handler = (app: App, request: SimulatorRequest) => Reply;

/** 1 to 1000 and 100 by default, as documented; undefined for what is not. */
const pageOf = (query: URLSearchParams): { readonly limit: number; readonly offset: number } | undefined => {
  const [limit, offset] = [query.get('limit') ?? '100', query.get('offset') ?? '0'];
  if (!/^\d{1,9}$/.test(limit) || !/^\d{1,9}$/.test(offset)) return undefined;
  return Number(limit) >= 1 && Number(limit) <= 1000
    ? { limit: Number(limit), offset: Number(offset) }
    : undefined;
};

const invoiceHandlers = ({ random, clock }: GatewayContext, gateway: Gateway) => {
  const wire = (invoice: Invoice): NativeObject => invoiceWire(gateway.origin, invoice, clock.now());
  const found =
    (handle: (app: App, invoice: Invoice) => Reply): Handler =>
    (app, { params }) => {
      const invoice = app.invoices.get(params.id ?? '');
      return invoice === undefined ? failure(404, 'Invoice not found') : handle(app, invoice);
    };
  const create: Handler = (app, request) => {
    const body = mediaTypeOf(request) === 'application/json' ? jsonBody(request) : undefined;
    if (body === undefined) return failure(400, 'Bad request');
    const created = createInvoice({ gateway, app, random, now: clock.now() }, body);
    return created.ok ? success(wire(created.invoice), 201) : failure(400, 'Bad request', created.errors);
  };
  // Newest first: an assumption.
  const list: Handler = (app, { query }) => {
    const page = pageOf(query);
    if (page === undefined)
      return failure(400, 'Bad request', [{ property: 'limit', error: 'out of range' }]);
    const all = [...app.invoices.values()].reverse();
    const results = all.slice(page.offset, page.offset + page.limit).map(wire);
    return success({ results, total: all.length, ...page });
  };
  return {
    create,
    list,
    get: found((_app, invoice) => success({ ...wire(invoice), payments: invoice.payments.map(paymentWire) })),
    /** It vanishes; that a paid one stays is an assumption. */
    remove: found((app, invoice) => {
      if (invoice.payments.length > 0) return failure(400, 'Invoice is already paid');
      app.invoices.delete(invoice.id);
      return reply(200, { success: true });
    }),
  };
};

const appInfo: Handler = (app) =>
  success({
    name: app.name,
    feePercents: jsonNumber(FEE_PERCENTS),
    balances: [...app.balances].map(([currency, balance]) => ({
      currency,
      balance: javascriptNumber(balance),
    })),
  });

export const xRocketPayRoutes = (
  context: GatewayContext,
  gateway: Gateway,
  pages: readonly Route[],
): Routes => {
  const on = (name: string, method: string, path: string, handle: Handler): Route => ({
    name,
    methods: [method],
    path,
    handle: (request) => {
      const app = gateway.apps.get(headerOf(request, 'rocket-pay-key') ?? '');
      return app === undefined ? failure(401, 'Unauthorized') : handle(app, request);
    },
  });
  const open = (name: string, path: string, answer: () => Reply): Route => ({
    name,
    methods: ['GET'],
    path,
    handle: answer,
  });
  const invoices = invoiceHandlers(context, gateway);
  return {
    routes: [
      on('createInvoice', 'POST', '/tg-invoices', invoices.create),
      on('listInvoices', 'GET', '/tg-invoices', invoices.list),
      on('getInvoice', 'GET', '/tg-invoices/:id', invoices.get),
      on('deleteInvoice', 'DELETE', '/tg-invoices/:id', invoices.remove),
      on('appInfo', 'GET', '/app/info', appInfo),
      open('currencies', '/currencies/available', () => success({ results: currencyList() })),
      open('version', '/version', () => reply(200, { version: '1.3.1' })),
      open('health', '/health', () => reply(200, { status: 'ok' })),
      ...pages,
    ],
    fallback: ({ method, path }) => failure(404, `Cannot ${method} ${path}`),
  };
};
