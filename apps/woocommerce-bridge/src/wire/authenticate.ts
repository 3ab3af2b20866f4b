import {
  type Clock,
  type HeaderLines,
  minutes,
  type StoreId,
  seconds,
  singleHeader,
} from '@gatewright/payment-core';
import { isSignedBy, type SignedCall } from './signature.ts';

/** What the bridge knows of a key it gave to a shop's plugin. */
export interface PluginKey {
  readonly store: StoreId;
  readonly secret: string;
}

/** Keys and nonces as the ledger keeps them. Several keys of one store may be valid at once (rotation). */
export interface KeyStore {
  key(keyId: string): Promise<PluginKey | undefined>;
  /** False: this nonce was used with this key before. */
  useNonce(keyId: string, nonce: string, expiresAt: number): Promise<boolean>;
}

/**
 * Why a call is not let in. All of them get the same 401; only the log tells them apart. An unknown version is
 * answered 400 with the versions that are understood.
 */
export type AuthenticationFault =
  | 'header-missing'
  | 'header-repeated'
  | 'header-malformed'
  | 'unknown-version'
  | 'unknown-key'
  | 'bad-signature'
  | 'timestamp-out-of-window'
  | 'nonce-used';

export type Authentication =
  | { readonly ok: true; readonly store: StoreId; readonly keyId: string }
  | { readonly ok: false; readonly reason: AuthenticationFault };

/** How far the two clocks may lie apart. */
const toleranceMs = minutes(5);
/** A timestamp from 5 minutes ahead is accepted for 10 minutes, both ends included; its nonce is kept longer than that. */
const nonceLifeMs = minutes(10) + seconds(1);

const shapes = {
  'gatewright-key': /^[A-Za-z0-9_-]{1,64}$/,
  'gatewright-timestamp': /^[1-9]\d{9}$/,
  'gatewright-nonce': /^[A-Za-z0-9_-]{22}$/,
  'gatewright-signature': /^v1=[0-9a-f]{64}$/,
} as const;

type Names = keyof typeof shapes;

/** Spends the same time on an unknown key as on a known one. */
const nobody = 'no key has this secret: it is never given out';

const readHeader = (
  headers: HeaderLines,
  name: Names,
): { ok: true; value: string } | { ok: false; reason: AuthenticationFault } => {
  const line = singleHeader(headers, name);
  if (!line.ok)
    return { ok: false, reason: line.reason.endsWith('repeated') ? 'header-repeated' : 'header-missing' };
  if (name === 'gatewright-signature' && /^v(?!1=)\d{1,9}=/.test(line.value))
    return { ok: false, reason: 'unknown-version' };
  return shapes[name].test(line.value)
    ? { ok: true, value: line.value }
    : { ok: false, reason: 'header-malformed' };
};

export interface IncomingCall {
  readonly headers: HeaderLines;
  readonly method: string;
  readonly target: string;
  readonly body: Uint8Array;
}

/**
 * Lets a plugin's call in: signature, then time, then nonce, so that only the holder of a secret can use up a nonce.
 * Fails closed: each header has to stand there exactly once.
 */
export const authenticate = async (
  keys: KeyStore,
  clock: Clock,
  call: IncomingCall,
): Promise<Authentication> => {
  const keyId = readHeader(call.headers, 'gatewright-key');
  const timestamp = readHeader(call.headers, 'gatewright-timestamp');
  const nonce = readHeader(call.headers, 'gatewright-nonce');
  const signature = readHeader(call.headers, 'gatewright-signature');
  if (!keyId.ok) return keyId;
  if (!timestamp.ok) return timestamp;
  if (!nonce.ok) return nonce;
  if (!signature.ok) return signature;
  const signed: SignedCall = { ...call, timestamp: timestamp.value, nonce: nonce.value };
  const key = await keys.key(keyId.value);
  const genuine = isSignedBy(key?.secret ?? nobody, signed, signature.value);
  if (!key) return { ok: false, reason: 'unknown-key' };
  if (!genuine) return { ok: false, reason: 'bad-signature' };
  const now = clock.now();
  if (Math.abs(now - Number(timestamp.value) * 1_000) > toleranceMs)
    return { ok: false, reason: 'timestamp-out-of-window' };
  const fresh = await keys.useNonce(keyId.value, nonce.value, now + nonceLifeMs);
  return fresh ? { ok: true, store: key.store, keyId: keyId.value } : { ok: false, reason: 'nonce-used' };
};
