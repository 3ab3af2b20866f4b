import type { Clock } from '@gatewright/payment-core';
import type { Store } from '../store/store.ts';
import type { ApiKey } from './api-key.ts';
import { type HttpCall, header } from './call.ts';
import { checkOAuth } from './oauth.ts';
import { type RestAnswer, restError } from './rest-error.ts';

export interface RestAuth {
  readonly keys: Map<string, ApiKey>;
  readonly oauthClock: Clock;
}

export type AuthResult =
  | { readonly ok: true; readonly key: ApiKey | undefined }
  | { readonly ok: false; readonly signedIn: boolean; readonly answer: RestAnswer };

const AUTH_ERROR = 'woocommerce_rest_authentication_error';

const mayUse = ({ permissions }: ApiKey, method: string): RestAnswer | undefined => {
  const verb = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  if (permissions === 'read_write' || permissions === verb) return undefined;
  return restError(AUTH_ERROR, `The API key provided does not have ${verb} permissions.`, 401);
};

type BasicResult = 'not-tried' | 'unknown-key' | 'wrong-secret' | ApiKey;

/** Key and secret of the query, else of the Basic header; PHP reads the first two words as one pair. */
const basicPair = (call: HttpCall): readonly [key: string, secret: string] | undefined => {
  const query = new URLSearchParams(call.search);
  const [key, secret] = [query.get('consumer_key'), query.get('consumer_secret')];
  if (key && secret) return [key, secret];
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header(call, 'authorization')) ?? [];
  const [, user = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return user && password ? [user, password] : undefined;
};

const checkBasic = ({ keys }: RestAuth, call: HttpCall): BasicResult => {
  const pair = basicPair(call);
  if (pair === undefined) return 'not-tried';
  const key = keys.get(pair[0]);
  if (key === undefined) return 'unknown-key';
  return key.consumerSecret === pair[1] ? key : 'wrong-secret';
};

const allowed = (key: ApiKey, method: string): AuthResult => {
  const answer = mayUse(key, method);
  return answer === undefined ? { ok: true, key } : { ok: false, signedIn: true, answer };
};

/**
 * Who sends this request. Over https a key and its secret are enough; an unknown key is not signed in and fails later
 * with the misleading "you cannot list", a wrong secret says so [error-401-bad-key], [error-401-bad-secret].
 */
const authenticateOverTls = (auth: RestAuth, call: HttpCall): AuthResult | undefined => {
  const basic = checkBasic(auth, call);
  if (basic === 'wrong-secret') {
    const answer = restError(AUTH_ERROR, 'Consumer secret is invalid.', 401);
    return { ok: false, signedIn: false, answer };
  }
  return typeof basic === 'string' ? undefined : allowed(basic, call.method);
};

/**
 * Over plain http only OAuth counts: Basic authentication is ignored, so such a request is
 * simply not signed in and fails later with the misleading "you cannot list" (woocommerce.md 5.1).
 */
export const authenticate = (store: Store, auth: RestAuth, call: HttpCall): AuthResult => {
  if (store.settings.homeUrl.startsWith('https://')) {
    const answered = authenticateOverTls(auth, call);
    if (answered !== undefined) return answered;
  }
  const oauth = checkOAuth(call, store.settings.homeUrl, auth.keys, auth.oauthClock);
  if (!oauth.ok && oauth.reason === 'no-oauth') return { ok: true, key: undefined };
  if (!oauth.ok) {
    store.log.write('rest-auth', oauth.reason, oauth.message);
    const code =
      oauth.reason === 'refused' ? AUTH_ERROR : 'woocommerce_rest_authentication_missing_parameter';
    return { ok: false, signedIn: false, answer: restError(code, oauth.message, 401) };
  }
  return allowed(oauth.key, call.method);
};
