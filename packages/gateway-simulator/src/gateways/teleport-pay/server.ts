import type { GatewayContext } from '../../kernel/gateway.ts';
import { jsonReply, type Reply } from '../../kernel/http/reply.ts';
import {
  headerOf,
  type JsonFields,
  jsonBody,
  mediaTypeOf,
  type SimulatorRequest,
} from '../../kernel/http/request.ts';
import { findRoute, type Route, type Routes } from '../../kernel/http/router.ts';
import type { NativeFailures } from '../../kernel/http/server.ts';
import { JAVASCRIPT, type NativeObject, writeNativeJson } from '../../kernel/native-json.ts';
import { currenciesWire, groupsWire } from './catalogue.ts';
import { checkFields, checkInvoice, keyUpdateSchema } from './request-fields.ts';
import { addBill, type Key } from './state.ts';
import { sendStatusChanged } from './webhook.ts';

export const API_PATH = '/api/crypto-acquiring/v1';

const json = (status: number, body: NativeObject, headers: Readonly<Record<string, string>> = {}): Reply =>
  jsonReply(status, writeNativeJson(body, JAVASCRIPT), headers);

const problem = (status: number, detail: string): Reply => json(status, { detail });

export const failures: NativeFailures = {
  status: (status) => problem(status, status < 500 ? 'Request refused.' : 'A server error occurred.'),
  rateLimited: () =>
    json(
      429,
      { detail: 'Request was throttled. Expected available in 30 seconds.' },
      { 'retry-after': '30' },
    ),
};

type Handler = (key: Key, request: SimulatorRequest) => Reply;

/** The body of a write, or the framework's answer to one it cannot read. */
const withFields = (request: SimulatorRequest, next: (fields: JsonFields) => Reply): Reply => {
  const type = mediaTypeOf(request);
  if (type !== 'application/json') return problem(415, `Unsupported media type "${type}" in request.`);
  const fields = jsonBody(request);
  return fields === undefined ? problem(400, 'JSON parse error') : next(fields);
};

const keyWire = (key: Key): NativeObject => ({
  success: true,
  webhook_url: key.webhookUrl,
  name: key.name,
  status: key.active ? 'active' : 'inactive',
});

const updateKey: Handler = (key, request) =>
  withFields(request, (fields) => {
    const checked = checkFields(keyUpdateSchema, fields);
    if (!checked.ok) return json(400, checked.errors);
    if (checked.value.webhook_url !== undefined) key.webhookUrl = checked.value.webhook_url;
    if (checked.value.name !== undefined) key.name = checked.value.name;
    return json(200, keyWire(key));
  });

/** Microseconds and no offset, as Python's `isoformat` writes a naive UTC time. */
const naiveInstant = (ms: number): string => new Date(ms).toISOString().replace('Z', '000');

const createInvoice =
  (context: GatewayContext): Handler =>
  (key, request) =>
    withFields(request, (fields) => {
      const checked = checkInvoice(fields, key.methods);
      if (!checked.ok) return json(400, checked.errors);
      const { value: given } = checked;
      const { clock } = context;
      const bill = addBill(key, context.random, {
        orderId: given.order_id,
        amount: given.amount,
        currency: given.currency,
        description: given.description,
        returnUrl: given.return_url,
        cancelUrl: given.cancel_url,
        webhookUrl: given.webhook_url,
        methods: given.payment_methods,
        createdAt: clock.now(),
        expiresAt: clock.now() + key.lifetimeMs,
      });
      clock.at(bill.expiresAt, async () => {
        if (bill.status !== 'pending') return;
        bill.status = 'expired';
        await sendStatusChanged(context, key, bill, 'expired');
      });
      return json(200, {
        success: true,
        payment_id: bill.id,
        bill_uid: bill.uid,
        payment_url: `${context.hostUrl('pay')}/bill/${bill.uid}`,
        expires_at: naiveInstant(bill.expiresAt),
        payment_methods: bill.methods,
      });
    });

/** The API. A path without its last slash is redirected, whatever the method; a POST loses its body that way. */
export const teleportPayRoutes = (context: GatewayContext, keys: ReadonlyMap<string, Key>): Routes => {
  const route = (name: string, method: string, path: string, handle: Handler): Route => ({
    name,
    methods: [method],
    path: `${API_PATH}${path}`,
    handle: (request) => {
      const given = headerOf(request, 'x-api-key');
      if (given === undefined) return problem(401, 'Authentication credentials were not provided.');
      const key = keys.get(given);
      if (key === undefined) return problem(401, 'Invalid API key.');
      return key.active ? handle(key, request) : problem(403, 'API key is not active.');
    },
  });
  const routes = [
    route('payment-methods', 'GET', '/payment-methods/', (key) =>
      json(200, { success: true, groups: groupsWire(key.methods) }),
    ),
    route('currencies', 'GET', '/currencies/', () => json(200, currenciesWire())),
    route('create-invoice', 'POST', '/invoice/create/', createInvoice(context)),
    route('key-info', 'GET', '/key/info/', (key) => json(200, keyWire(key))),
    route('key-update', 'PATCH', '/key/update/', updateKey),
  ];
  const fallback = ({ method, path }: SimulatorRequest, allowed: readonly string[]): Reply => {
    if (allowed.length > 0) return problem(405, `Method "${method}" not allowed.`);
    const slashed = findRoute({ routes, fallback }, method, `${path}/`);
    return slashed.match !== undefined || slashed.allowed.length > 0
      ? { status: 301, body: '', headers: { location: `${path}/` } }
      : problem(404, 'Not found.');
  };
  return { routes, fallback };
};
