import { createHmac, randomBytes } from 'node:crypto';
import type { RestKeys } from '../../src/index.ts';

/** RFC 5849 in the smallest form, written apart from the code under test. */
const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export interface OAuthOverrides {
  readonly timestamp?: number;
  readonly nonce?: string;
  readonly method?: string;
}

/** The OAuth parameters for a request, signature included. */
export const oauthParams = (
  keys: RestKeys,
  method: string,
  url: URL,
  { timestamp, nonce }: OAuthOverrides = {},
): [string, string][] => {
  const oauth: [string, string][] = [
    ['oauth_consumer_key', keys.consumerKey],
    ['oauth_nonce', nonce ?? randomBytes(16).toString('hex')],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(timestamp ?? Math.floor(Date.now() / 1000))],
    ['oauth_version', '1.0'],
  ];
  const all = [...url.searchParams, ...oauth]
    .map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`)
    .sort((a, b) => (a < b ? -1 : 1));
  const base = [method, percentEncode(url.origin + url.pathname), percentEncode(all.join('&'))].join('&');
  const signature = createHmac('sha256', `${keys.consumerSecret}&`).update(base).digest('base64');
  return [...oauth, ['oauth_signature', signature]];
};

export interface RestReply {
  readonly status: number;
  readonly headers: Headers;
  // The body of a REST answer, as a test reads it: checked by the expectation, not by a type.
  readonly body: unknown;
}

const reply = async (response: Response): Promise<RestReply> => {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
};

export interface RestRequest {
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly oauth?: OAuthOverrides;
}

export type Signer = (method: string, target: string, request?: RestRequest) => Promise<RestReply>;

/** Sends requests signed in the query, as the npm client does. */
export const signerFor =
  (storeUrl: string, keys: RestKeys): Signer =>
  async (method, target, { body, rawBody, headers = {}, oauth = {} } = {}) => {
    const url = new URL(target, storeUrl);
    for (const [key, value] of oauthParams(keys, oauth.method ?? method, url, oauth)) {
      url.searchParams.append(key, value);
    }
    const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    return reply(
      await fetch(url, {
        method,
        headers: { ...(text === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(text === undefined ? {} : { body: text }),
      }),
    );
  };

/** Sends a request without any key. */
export const anonymous =
  (storeUrl: string): Signer =>
  async (method, target, { body, rawBody, headers = {} } = {}) => {
    const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
    return reply(
      await fetch(new URL(target, storeUrl), {
        method,
        redirect: 'manual',
        headers: { ...(text === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(text === undefined ? {} : { body: text }),
      }),
    );
  };
