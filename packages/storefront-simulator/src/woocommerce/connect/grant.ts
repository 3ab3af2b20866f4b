import { newApiKey } from '../rest/api-key.ts';
import type { RestAuth } from '../rest/authenticate.ts';
import { phpJson } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { httpPost } from '../webhooks/http-post.ts';
import { type GrantRequest, returnTo } from './grant-request.ts';

export type GrantResult =
  | { readonly ok: true; readonly redirect: string }
  | { readonly ok: false; readonly error: string };

/**
 * Makes a key and posts it to the application: unsigned, over a connection of its own [wc-auth-callback]. Where that
 * is not answered with exactly 200 the key is taken back, and the owner sees an error [src].
 */
export const grant = async (store: Store, auth: RestAuth, request: GrantRequest): Promise<GrantResult> => {
  const key = newApiKey(store.random, request.scope);
  auth.keys.set(key.consumerKey, key);
  const body = phpJson({
    key_id: store.nextId('apiKey'),
    user_id: request.userId,
    consumer_key: key.consumerKey,
    consumer_secret: key.consumerSecret,
    key_permissions: request.scope,
  });
  const { settings } = store;
  const headers = {
    Host: new URL(request.callbackUrl).host,
    'User-Agent': `WordPress/${settings.versions.wordpress}; ${settings.homeUrl}`,
    Accept: '*/*',
    'Accept-Encoding': 'deflate, gzip, br, zstd',
    'Content-Type': 'application/json;charset=UTF-8',
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const answer = await httpPost(request.callbackUrl, headers, body, settings);
  if (answer.ok && answer.status === 200) return { ok: true, redirect: returnTo(request, true) };
  auth.keys.delete(key.consumerKey);
  store.log.write('wc-auth', answer.ok ? `answer-${answer.status}` : answer.reason);
  return {
    ok: false,
    error: 'An error occurred in the request and at the time were unable to send the consumer data',
  };
};
