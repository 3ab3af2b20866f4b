import { createHash, createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto';
import type { SignatureVerdict } from './verdict.ts';

/** Bytes, or parts that are signed one after the other, so that a raw body is never copied or decoded. */
export type SignedMessage = Uint8Array | readonly Uint8Array[];

/** A key that is ready to sign: preparing one costs more than signing a kilobyte with it. It does not show its bytes. */
export interface HmacKey {
  sign(message: SignedMessage): Uint8Array;
}

const HEX_DIGEST = /^[0-9a-fA-F]{64}$/;

const macOver = (key: Parameters<typeof createHmac>[1], message: SignedMessage): Buffer => {
  const mac = createHmac('sha256', key);
  for (const part of message instanceof Uint8Array ? [message] : message) mac.update(part);
  return mac.digest();
};

/** @throws TypeError for an empty key, which would let anyone sign (CPC-5): configuration is checked where it is read */
const notEmpty = (key: Uint8Array): void => {
  if (key.length === 0) throw new TypeError('hmac: the key is empty');
};

/** Prepares a key that signs more than once. @throws TypeError for an empty key: a bug of the caller */
export const hmacKey = (bytes: Uint8Array): HmacKey => {
  notEmpty(bytes);
  const key = createSecretKey(bytes);
  return { sign: (message) => macOver(key, message) };
};

const digest = (key: Uint8Array | HmacKey, message: SignedMessage): Uint8Array => {
  if (!(key instanceof Uint8Array)) return key.sign(message);
  notEmpty(key);
  return macOver(key, message);
};

/**
 * Checks a hexadecimal HMAC-SHA256: exactly 64 hex digits, upper or lower case at every gateway alike; nothing
 * before or after, no list, no white space. Shape first, then a comparison in constant time, so no string makes
 * it throw (NFT-7, CP-4, gateways.md rule 2).
 * @returns `signature-malformed` or `signature-mismatch` when it does not verify
 * @throws TypeError for an empty key: a bug of the caller
 */
export const verifyHmacSha256Hex = (input: {
  readonly key: Uint8Array | HmacKey;
  readonly message: SignedMessage;
  readonly signature: string;
}): SignatureVerdict => {
  const expected = digest(input.key, input.message);
  if (!HEX_DIGEST.test(input.signature)) return { ok: false, reason: 'signature-malformed' };
  return timingSafeEqual(Buffer.from(input.signature, 'hex'), expected)
    ? { ok: true }
    : { ok: false, reason: 'signature-mismatch' };
};

/** Lower-case hex HMAC-SHA256. @throws TypeError for an empty key */
export const hmacSha256Hex = (key: Uint8Array | HmacKey, message: SignedMessage): string =>
  Buffer.from(digest(key, message)).toString('hex');

/** The 32 raw bytes: Crypto Pay and xRocket use them as the key (CP-5). */
export const sha256 = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash('sha256').update(bytes).digest());

/** Lower-case hex of `sha256`: the NFT gateway's "API key hash", and digests of normalised facts. */
export const sha256Hex = (bytes: Uint8Array | string): string => hash('sha256', bytes);
