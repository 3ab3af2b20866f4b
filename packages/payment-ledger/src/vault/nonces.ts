import type { VaultContext } from './vault-context.ts';

export interface NonceVault {
  /** True the first time only. It is remembered until `expiresAt` (ms), which must lie past the accepted clock skew. */
  useNonce(keyId: string, nonce: string, expiresAt: number): Promise<boolean>;
}

/** Expired nonces removed with each use: more than one, so that the table shrinks again after a burst. */
const PRUNED_PER_USE = 20;

export const nonceVault = ({ engine, clock }: VaultContext): NonceVault => ({
  useNonce: (keyId, nonce, expiresAt) =>
    engine.write(async (db) => {
      const expired = await db
        .selectFrom('nonces')
        .select(['key_id', 'nonce'])
        .where('expires_at', '<=', clock.now())
        .orderBy('expires_at')
        .limit(PRUNED_PER_USE)
        .execute();
      for (const row of expired) {
        await db
          .deleteFrom('nonces')
          .where('key_id', '=', row.key_id)
          .where('nonce', '=', row.nonce)
          .execute();
      }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('nonces')
        .values({ key_id: keyId, nonce, expires_at: expiresAt })
        .onConflict((conflict) => conflict.columns(['key_id', 'nonce']).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    }),
});
