import { type Json, phpJson } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { type AuthResult, authenticate, type RestAuth } from './authenticate.ts';
import { type HttpCall, isForm, isJson, type RestCall } from './call.ts';
import { restUrl } from './links.ts';
import { phpParams, queryPairs } from './query.ts';
import { type RestAnswer, restError } from './rest-error.ts';
import type { Route } from './routes.ts';

const PREFIX = '/wp-json';

export interface RestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Matched {
  readonly route: Route;
  readonly ids: Readonly<Record<string, string>>;
}

const find = (routes: readonly Route[], path: string): Matched | undefined => {
  for (const route of routes) {
    const match = route.pattern.exec(path);
    if (match !== null) return { route, ids: { ...match.groups } };
  }
  return undefined;
};

const isRecord = (value: unknown): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type SentResult =
  | { readonly ok: true; readonly sent: Readonly<Record<string, Json>> }
  | { readonly ok: false; readonly answer: RestAnswer };

/** PHP's json_decode stops there. */
const MAX_DEPTH = 512;

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

const badJson = (json_error_code: number, json_error_message: string): SentResult => {
  const data = { json_error_code, json_error_message };
  return { ok: false, answer: restError('rest_invalid_json', 'Invalid JSON body passed.', 400, data) };
};

const bodyParams = (call: HttpCall): SentResult => {
  if (isForm(call)) return { ok: true, sent: phpParams(queryPairs(call.body.toString('utf8'))) };
  if (!isJson(call) || call.body.length === 0) return { ok: true, sent: {} };
  try {
    const parsed: unknown = JSON.parse(call.body.toString('utf8'));
    if (isDeeper(parsed, MAX_DEPTH)) return badJson(1, 'Maximum stack depth exceeded');
    return { ok: true, sent: isRecord(parsed) ? parsed : {} };
  } catch {
    return badJson(4, 'Syntax error');
  }
};

/** Keeps what the paths lead to; `a.b` keeps `b` inside `a`. */
const pick = (value: Json, paths: readonly string[]): Json => {
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).flatMap(([key, inner]): [string, Json][] => {
    if (paths.includes(key)) return [[key, inner]];
    const below = paths
      .filter((path) => path.startsWith(`${key}.`))
      .map((path) => path.slice(key.length + 1));
    return below.length === 0 ? [] : [[key, pick(inner, below)]];
  });
  return Object.fromEntries(kept);
};

/** Keeps the fields asked for; `_links` stays on a single resource and goes from a list [order-fields]. */
const pickFields = (body: Json, fields: string): Json => {
  const wanted = fields.split(/[\s,]+/);
  return Array.isArray(body)
    ? body.map((item: Json) => pick(item, wanted))
    : pick(body, [...wanted, '_links']);
};

/** Headers of every REST answer; being signed in turns caching off [error-404-order], [error-401-no-auth]. */
const baseHeaders = (store: Store, signedIn: boolean): Record<string, string> => ({
  'X-Powered-By': 'PHP/8.2.35',
  'Content-Type': 'application/json; charset=UTF-8',
  'X-Robots-Tag': 'noindex',
  Link: `<${restUrl(store, '/')}>; rel="https://api.w.org/"`,
  'X-Content-Type-Options': 'nosniff',
  'Access-Control-Expose-Headers': 'X-WP-Total, X-WP-TotalPages, Link',
  'Access-Control-Allow-Headers': 'Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type',
  ...(signedIn
    ? {
        Expires: 'Wed, 11 Jan 1984 05:00:00 GMT',
        'Cache-Control': 'no-cache, must-revalidate, max-age=0, no-store, private',
      }
    : { Vary: 'Origin' }),
});

const run = async (store: Store, call: RestCall, { route }: Matched): Promise<RestAnswer> => {
  const endpoint = route.methods[call.method === 'HEAD' ? 'GET' : call.method];
  if (endpoint === undefined) return noRoute();
  const body = bodyParams(call);
  if (!body.ok) return body.answer;
  const query = phpParams(queryPairs(call.search));
  const answer = await endpoint.handle(store, call, { ...query, ...body.sent });
  const fields = query._fields;
  const trimmed = typeof fields === 'string' && answer.status < 300 && answer.body !== undefined;
  return trimmed ? { ...answer, body: pickFields(answer.body ?? null, fields) } : answer;
};

const STRANGER: AuthResult = { ok: true, key: undefined };

const noRoute = (): RestAnswer =>
  restError('rest_no_route', 'No route was found matching the URL and request method.', 404);

/**
 * One request to `/wp-json/…`, in WordPress' order: who are you, may the key do that, is there a route, does the
 * body parse, do the parameters fit, may you, work.
 * @param auth absent for `?rest_route=`, which WooCommerce does not know as its API: keys count for nothing (5.1)
 */
export const dispatch = async (
  store: Store,
  auth: RestAuth | undefined,
  routes: readonly Route[],
  call: HttpCall,
): Promise<RestResponse> => {
  const sender = auth === undefined ? STRANGER : authenticate(store, auth, call);
  const matched = find(routes, call.path.slice(PREFIX.length));
  const key = sender.ok ? sender.key : undefined;
  const answer = !sender.ok
    ? sender.answer
    : matched === undefined
      ? noRoute()
      : await run(store, { ...call, key, ids: matched.ids }, matched);
  const allow =
    key === undefined || matched === undefined
      ? {}
      : { Allow: Object.keys(matched.route.methods).join(', ') };
  // A key that exists but may not do this has signed in all the same [error-401-read-key-write].
  const signedIn = key !== undefined || (!sender.ok && sender.signedIn);
  return {
    status: answer.status,
    headers: { ...baseHeaders(store, signedIn), ...allow, ...answer.headers },
    body: answer.body === undefined ? '' : phpJson(answer.body),
  };
};
