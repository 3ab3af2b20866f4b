import { hmacSha256Hex, sha256Hex, verifyHmacSha256Hex } from '@gatewright/payment-core';

/** The part of a call that its signature covers (contracts/bridge-api.md, Authentication). */
export interface SignedCall {
  /** Unix seconds, the digits as sent. */
  readonly timestamp: string;
  readonly nonce: string;
  /** Upper case. */
  readonly method: string;
  /** Path and query as sent: nothing decoded, nothing sorted. */
  readonly target: string;
  readonly body: Uint8Array;
}

/** Versions of the signature and of the calls that this bridge understands. */
export const wireVersions = ['v1'] as const;

const text = new TextEncoder();

const canonical = (call: SignedCall): Uint8Array =>
  text.encode(['v1', call.timestamp, call.nonce, call.method, call.target, sha256Hex(call.body)].join('\n'));

/** The value of `Gatewright-Signature`. @param secret the shared secret, used as its UTF-8 bytes */
export const signCall = (secret: string, call: SignedCall): string =>
  `v1=${hmacSha256Hex(text.encode(secret), canonical(call))}`;

const SIGNATURE = /^v1=([0-9a-f]{64})$/;

/** In constant time; false for every other shape of signature as well. */
export const isSignedBy = (secret: string, call: SignedCall, signature: string): boolean => {
  const digest = SIGNATURE.exec(signature)?.[1] ?? '';
  return verifyHmacSha256Hex({ key: text.encode(secret), message: canonical(call), signature: digest }).ok;
};
