import { createHash } from 'node:crypto';
import type { StoreId } from '@gatewright/payment-core';
import type { VaultContext } from './vault-context.ts';

/** `pairing` connects a plugin, `wc-auth` carries the state of WooCommerce's unsigned callback. */
export type CodePurpose = 'pairing' | 'wc-auth';

export type RedeemResult =
  | { readonly ok: true; readonly store: StoreId }
  | { readonly ok: false; readonly reason: 'unknown-code' | 'used-code' | 'expired-code' };

/** Codes of 128 random bits for one store, valid once and for `lifetimeMs`; only their digests are stored. */
export interface OneTimeCodeVault {
  issueCode(purpose: CodePurpose, store: StoreId, lifetimeMs: number): Promise<string>;
  /** Uses the code up, whatever comes of it. */
  redeemCode(purpose: CodePurpose, code: string): Promise<RedeemResult>;
}

const digestOf = (code: string): string => createHash('sha256').update(code).digest('hex');

export const oneTimeCodeVault = ({ engine, clock, random }: VaultContext): OneTimeCodeVault => ({
  issueCode: (purpose, store, lifetimeMs) =>
    engine.write(async (db) => {
      const now = clock.now();
      const code = Buffer.from(random(16)).toString('base64url');
      // Kept one more lifetime, so that a late or repeated use still hears what is wrong.
      await db
        .deleteFrom('one_time_codes')
        .where('expires_at', '<', now - lifetimeMs)
        .execute();
      await db
        .insertInto('one_time_codes')
        .values({ digest: digestOf(code), purpose, store, expires_at: now + lifetimeMs })
        .execute();
      return code;
    }),
  redeemCode: (purpose, code) =>
    engine.write(async (db): Promise<RedeemResult> => {
      const known = await db
        .selectFrom('one_time_codes')
        .selectAll()
        .where('digest', '=', digestOf(code))
        .where('purpose', '=', purpose)
        .executeTakeFirst();
      if (known === undefined) return { ok: false, reason: 'unknown-code' };
      if (known.used_at !== null) return { ok: false, reason: 'used-code' };
      const now = clock.now();
      if (known.expires_at <= now) return { ok: false, reason: 'expired-code' };
      await db
        .updateTable('one_time_codes')
        .set({ used_at: now })
        .where('digest', '=', known.digest)
        .execute();
      return { ok: true, store: known.store };
    }),
});
