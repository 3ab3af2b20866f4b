import type { Clock } from '@gatewright/payment-core';
import type { Store } from '../store/store.ts';
import type { ApiKey } from './api-key.ts';
import type { HttpCall } from './call.ts';
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

/**
 * Who sends this request. Over plain http only OAuth counts: Basic authentication is ignored, so such a request is
 * simply not signed in and fails later with the misleading "you cannot list" (woocommerce.md 5.1).
 */
export const authenticate = (store: Store, auth: RestAuth, call: HttpCall): AuthResult => {
  const oauth = checkOAuth(call, store.settings.homeUrl, auth.keys, auth.oauthClock);
  if (!oauth.ok && oauth.reason === 'no-oauth') return { ok: true, key: undefined };
  if (!oauth.ok) {
    store.log.write('rest-auth', oauth.reason, oauth.message);
    const code =
      oauth.reason === 'refused' ? AUTH_ERROR : 'woocommerce_rest_authentication_missing_parameter';
    return { ok: false, signedIn: false, answer: restError(code, oauth.message, 401) };
  }
  const refusal = mayUse(oauth.key, call.method);
  return refusal === undefined
    ? { ok: true, key: oauth.key }
    : { ok: false, signedIn: true, answer: refusal };
};
