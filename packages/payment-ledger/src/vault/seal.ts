import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomBytes } from '@gatewright/payment-core';
import type { KeyRing } from './key-ring.ts';

/** Where a secret lives. It is bound to this place: copied into another row or field it does not open. */
export interface SealedPlace {
  readonly store: string;
  /** The account, or what else names the row within the store. */
  readonly owner: string;
  readonly field: string;
}

export interface Sealer {
  seal(place: SealedPlace, secret: string): string;
  open(place: SealedPlace, sealed: string): OpenResult;
}

export type OpenResult =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly reason: 'missing-key' | 'wrong-key'; readonly keyId: string };

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const associatedData = (keyId: string, { store, owner, field }: SealedPlace): Buffer =>
  Buffer.from(JSON.stringify(['gatewright', VERSION, keyId, store, owner, field]));

/**
 * AES-256-GCM with a fresh random nonce per secret (invariant 15). A sealed text is
 * `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url.
 */
export const createSealer = ({ current, keys }: KeyRing, random: RandomBytes): Sealer => ({
  seal(place, secret) {
    const key = keys.get(current);
    if (key === undefined) throw new Error('vault: the key ring has no current key');
    const nonce = random(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(current, place));
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, current, Buffer.from(nonce).toString('base64url'), body.toString('base64url')].join('.');
  },

  open(place, sealed) {
    const [version, keyId = '', nonce = '', body = ''] = sealed.split('.');
    const key = keys.get(keyId);
    if (key === undefined) return { ok: false, reason: 'missing-key', keyId };
    const bytes = Buffer.from(body, 'base64url');
    if (version !== VERSION || bytes.length < TAG_BYTES) return { ok: false, reason: 'wrong-key', keyId };
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(keyId, place)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const secret =
        decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
      return { ok: true, secret };
    } catch {
      // Another key under the same id, or a sealed text that was changed or moved: GCM does not tell which.
      return { ok: false, reason: 'wrong-key', keyId };
    }
  },
});

/** For rows that were checked when the vault was opened. @throws Error naming the place, never the text. */
export const openSealed = (sealer: Sealer, place: SealedPlace, sealed: string): string => {
  const opened = sealer.open(place, sealed);
  if (opened.ok) return opened.secret;
  throw new Error(
    `vault: ${place.field} of ${place.owner || place.store} cannot be opened with key ${opened.keyId} (${opened.reason})`,
  );
};
