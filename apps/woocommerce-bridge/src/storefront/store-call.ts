import type { Clock, HttpClient, HttpOutcome, RandomBytes } from '@gatewright/payment-core';
import imported from '@woocommerce/woocommerce-rest-api';
import * as z from 'zod';
import { signCall } from '../wire/signature.ts';
import type { WooCommerceCredentials } from './credentials.ts';

// A CommonJS build without an exports map: Node gives `{default: class}`, bundlers may give the class itself (W.default ?? W).
const WooCommerceRestApi = imported.default ?? imported;

/** `wc-gatewright/v1` is the plugin's own namespace; the `wc-` prefix lets the shop's REST keys open it. */
export type ApiVersion = 'wc/v3' | 'wc-gatewright/v1';

export interface ShopConnection {
  readonly url: string;
  readonly credentials: WooCommerceCredentials;
  /** Signs the call as this bridge; absent for WooCommerce's own API, which knows nothing of it. */
  readonly signing?: { readonly keyId: string; readonly secret: string };
}

export interface StoreRequest {
  readonly version: ApiVersion;
  readonly method: 'get' | 'post' | 'put';
  /** Below the version, without a slash in front. */
  readonly endpoint: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface StoreCaller {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** What the library hands to its transport: a URL, OAuth parameters (http) or Basic credentials (https), and a body. */
const transportRequest = z.object({
  url: z.string(),
  method: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  auth: z.object({ username: z.string(), password: z.string() }).optional(),
  data: z.string().optional(),
});
type TransportRequest = z.output<typeof transportRequest>;

const methods = z.enum(['GET', 'POST', 'PUT']);

const finalUrl = ({ url, params }: TransportRequest): URL => {
  const full = new URL(url);
  for (const [name, value] of Object.entries(params ?? {})) full.searchParams.append(name, String(value));
  return full;
};

const basic = ({ auth }: TransportRequest): Record<string, string> =>
  auth
    ? { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}` }
    : {};

const bridgeSignature = (
  { clock, random }: StoreCaller,
  { signing }: ShopConnection,
  method: string,
  url: URL,
  body: string,
): Record<string, string> => {
  if (!signing) return {};
  const call = {
    timestamp: String(Math.floor(clock.now() / 1_000)),
    nonce: Buffer.from(random(16)).toString('base64url'),
    method,
    target: `${url.pathname}${url.search}`,
    body: Buffer.from(body),
  };
  return {
    'gatewright-key': signing.keyId,
    'gatewright-timestamp': call.timestamp,
    'gatewright-nonce': call.nonce,
    'gatewright-signature': signCall(signing.secret, call),
  };
};

const send = (caller: StoreCaller, connection: ShopConnection, raw: unknown): Promise<HttpOutcome> => {
  const request = transportRequest.parse(raw);
  const url = finalUrl(request);
  const method = methods.parse(request.method.toUpperCase());
  const body = request.data ?? '';
  return caller.http({
    method,
    url: url.href,
    headers: {
      accept: 'application/json',
      ...(request.data === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      ...basic(request),
      ...bridgeSignature(caller, connection, method, url, body),
    },
    ...(request.data === undefined ? {} : { body }),
    // A repetition would carry the same OAuth and bridge nonces and be refused; the job calls anew.
    retry: 'never',
  });
};

/**
 * One call to a shop through WooCommerce's client, which knows the addresses and both kinds of authentication. Its
 * transport is replaced by ours: `axiosConfig.headers` would throw away all other headers, while a transport sees the
 * URL, the query and the body exactly as they leave and can sign them; the call goes the one way out (no redirects,
 * limits, public addresses; invariant 12); and no AxiosError with the keys in it can arise (woocommerce.md 7).
 */
export const callStore = async (
  caller: StoreCaller,
  connection: ShopConnection,
  request: StoreRequest,
): Promise<HttpOutcome> => {
  let outcome: HttpOutcome = { outcome: 'unavailable', reason: 'not-sent' };
  const transport = async (config: unknown) => {
    outcome = await send(caller, connection, config);
    return { status: 200, statusText: '', headers: {}, config, data: undefined };
  };
  const api = new WooCommerceRestApi({
    url: connection.url,
    consumerKey: connection.credentials.consumerKey,
    consumerSecret: connection.credentials.consumerSecret,
    // The library's type lists WooCommerce's own versions only; it puts any text into the path.
    version: request.version as 'wc/v3',
    axiosConfig: { adapter: transport, proxy: false, maxRedirects: 0 },
  });
  if (request.method === 'get') await api.get(request.endpoint, { ...request.query });
  else await api[request.method](request.endpoint, request.body ?? {});
  return outcome;
};
