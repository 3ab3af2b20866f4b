import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@gatewright/payment-core';
import type { ApiKey } from './api-key.ts';
import { type HttpCall, header, isForm } from './call.ts';
import { phpKey, phpPairs, type QueryPair, queryPairs, rawUrlEncode } from './query.ts';

const REQUIRED = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const;

/** A timestamp and a nonce are good for a quarter of an hour either way (woocommerce.md 5.1). */
const WINDOW_SECONDS = 15 * 60;

export type OAuthResult =
  | { readonly ok: true; readonly key: ApiKey }
  | { readonly ok: false; readonly reason: 'no-oauth' }
  | { readonly ok: false; readonly reason: 'missing-parameter' | 'refused'; readonly message: string };

const refused = (message: string): OAuthResult => ({ ok: false, reason: 'refused', message });

const headerPairs = (call: HttpCall): QueryPair[] => {
  const value = header(call, 'authorization');
  if (!value.startsWith('OAuth ')) return [];
  const fields = [...value.matchAll(/(oauth_[a-z_-]+)="?([^",]*)"?/g)];
  return queryPairs(fields.map(([, key = '', text = '']) => `${key}=${text}`).join('&'));
};

/** What PHP merges: query, form body, OAuth header. A form body is signed, a JSON body is not. */
const signedPairs = (call: HttpCall): QueryPair[] =>
  phpPairs([
    ...queryPairs(call.search),
    ...(isForm(call) ? queryPairs(call.body.toString('utf8')) : []),
    ...headerPairs(call),
  ]);

/**
 * Parameters sorted by name; the entries of one list keep the order in which they were sent. A client that sorts
 * the whole text signs a list of more than ten entries in another order and is refused [src].
 */
const normalised = (pairs: readonly QueryPair[]): string[] => {
  const names = [...new Set(pairs.map(([key]) => phpKey(key)[0]))].sort();
  return names.flatMap((name) =>
    pairs
      .filter(([key]) => phpKey(key)[0] === name)
      .map(([key, value]) => rawUrlEncode(`${rawUrlEncode(key)}=${rawUrlEncode(value)}`)),
  );
};

const signatureOf = (
  call: HttpCall,
  homeUrl: string,
  pairs: readonly QueryPair[],
  key: ApiKey,
  hash: string,
): string => {
  const base = [call.method, rawUrlEncode(homeUrl + call.path), normalised(pairs).join('%26')].join('&');
  return createHmac(hash, `${key.consumerSecret}&`).update(base).digest('base64');
};

const useNonce = (key: ApiKey, nonce: string, timestamp: number, now: number): OAuthResult => {
  for (const [used, at] of key.nonces) if (at < now - WINDOW_SECONDS) key.nonces.delete(used);
  if (key.nonces.has(nonce)) return refused('Invalid nonce - nonce has already been used.');
  key.nonces.set(nonce, timestamp);
  return { ok: true, key };
};

const HASHES: Readonly<Record<string, string>> = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' };

/**
 * OAuth 1.0a without a token, in WooCommerce's reading of it: parameters in the query, a form body or an
 * `Authorization: OAuth` header, signed over the shop's home URL (woocommerce.md 5.1).
 * @param clock the signer's clock; the npm client signs with the real time
 */
export const checkOAuth = (
  call: HttpCall,
  homeUrl: string,
  keys: ReadonlyMap<string, ApiKey>,
  clock: Clock,
): OAuthResult => {
  const pairs = signedPairs(call);
  const sent = new Map(pairs);
  const missing = REQUIRED.filter((name) => (sent.get(name) ?? '') === '');
  if (missing.length === REQUIRED.length) return { ok: false, reason: 'no-oauth' };
  if (missing.length > 0) {
    const message = `Missing OAuth parameter${missing.length === 1 ? '' : 's'} ${missing.join(', ')}`;
    return { ok: false, reason: 'missing-parameter', message };
  }
  const key = keys.get(sent.get('oauth_consumer_key') ?? '');
  if (key === undefined) return refused('Consumer key is invalid.');
  const hash = HASHES[sent.get('oauth_signature_method') ?? ''];
  if (hash === undefined) return refused('Invalid signature - signature method is invalid.');
  const unsigned = pairs.filter(([name]) => name !== 'oauth_signature');
  const expected = Buffer.from(signatureOf(call, homeUrl, unsigned, key, hash));
  // A plus sign that the sender did not escape has arrived as a space.
  const given = Buffer.from((sent.get('oauth_signature') ?? '').replaceAll(' ', '+'));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return refused('Invalid signature - provided signature does not match.');
  }
  const now = Math.floor(clock.now() / 1000);
  const timestamp = Number(sent.get('oauth_timestamp'));
  if (!(Math.abs(timestamp - now) <= WINDOW_SECONDS)) return refused('Invalid timestamp.');
  return useNonce(key, sent.get('oauth_nonce') ?? '', timestamp, now);
};
