import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A shared key of the wire; the secret's text, as UTF-8, is the HMAC key. */
export interface WireKey {
  readonly id: string;
  readonly secret: string;
}

export interface SignedMessage {
  /** Unix seconds as decimal digits. */
  readonly timestamp: string;
  /** 128 random bits, base64url without padding: 22 characters. */
  readonly nonce: string;
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly target: string;
  readonly body: Uint8Array;
}

export type WireFault =
  | 'header-missing'
  | 'header-malformed'
  | 'unknown-key'
  | 'bad-signature'
  | 'timestamp-out-of-window'
  | 'nonce-used';

export type WireVerdict =
  | { readonly ok: true; readonly keyId: string }
  | { readonly ok: false; readonly reason: WireFault }
  | { readonly ok: false; readonly reason: 'unknown-version'; readonly version: string };

/** bridge-api.md "Authentication": either way, in seconds, and how long a nonce stays used. */
const WINDOW_SECONDS = 300;
const NONCE_LIFE_SECONDS = 600;

/** `"v1\n" + timestamp + "\n" + nonce + "\n" + METHOD + "\n" + target + "\n" + hex SHA-256(body)` */
export const canonicalString = ({ timestamp, nonce, method, target, body }: SignedMessage): string =>
  [
    'v1',
    timestamp,
    nonce,
    method.toUpperCase(),
    target,
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');

/** The value of `Gatewright-Signature`. */
export const wireSignature = (secret: string, message: SignedMessage): string =>
  `v1=${createHmac('sha256', secret).update(canonicalString(message)).digest('hex')}`;

export const wireHeaders = (key: WireKey, message: SignedMessage): Record<string, string> => ({
  'Gatewright-Key': key.id,
  'Gatewright-Timestamp': message.timestamp,
  'Gatewright-Nonce': message.nonce,
  'Gatewright-Signature': wireSignature(key.secret, message),
});

const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const text = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
};

/** Used nonces by key, with the second in which they came. */
export type UsedNonces = Map<string, number>;

const spend = (nonces: UsedNonces, name: string, now: number): boolean => {
  for (const [used, at] of nonces) if (at < now - NONCE_LIFE_SECONDS) nonces.delete(used);
  if (nonces.has(name)) return false;
  nonces.set(name, now);
  return true;
};

/**
 * Checks a request of the other side. A nonce is spent only by a request that is right in everything else.
 * @param keys one key, or two while one of them is being rotated
 * @param now milliseconds since the epoch
 */
export const verifyWire = (
  headers: IncomingHttpHeaders,
  request: { readonly method: string; readonly target: string; readonly body: Uint8Array },
  keys: readonly WireKey[],
  nonces: UsedNonces,
  now: number,
): WireVerdict => {
  const id = text(headers, 'gatewright-key');
  const timestamp = text(headers, 'gatewright-timestamp');
  const nonce = text(headers, 'gatewright-nonce');
  const signature = text(headers, 'gatewright-signature');
  if ([id, timestamp, nonce, signature].includes('')) return { ok: false, reason: 'header-missing' };
  const version = /^(v\d+)=/.exec(signature)?.[1];
  if (version !== undefined && version !== 'v1') return { ok: false, reason: 'unknown-version', version };
  const wellFormed =
    /^v1=[0-9a-f]{64}$/.test(signature) && /^[\w-]{22}$/.test(nonce) && /^\d{1,12}$/.test(timestamp);
  if (!wellFormed) return { ok: false, reason: 'header-malformed' };
  const key = keys.find((candidate) => candidate.id === id);
  if (key === undefined) return { ok: false, reason: 'unknown-key' };
  const expected = wireSignature(key.secret, { timestamp, nonce, ...request });
  if (!sameText(expected, signature)) return { ok: false, reason: 'bad-signature' };
  const seconds = Math.floor(now / 1000);
  if (Math.abs(Number(timestamp) - seconds) > WINDOW_SECONDS)
    return { ok: false, reason: 'timestamp-out-of-window' };
  return spend(nonces, `${id} ${nonce}`, seconds)
    ? { ok: true, keyId: id }
    : { ok: false, reason: 'nonce-used' };
};
