import type { StoreId } from '@gatewright/payment-core';
import { openSealed, type SealedPlace } from './seal.ts';
import type { VaultContext } from './vault-context.ts';

export type SetCredentialsResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown-store' | 'already-set' };

/** What the bridge calls the shop's own API with (WooCommerce REST keys). */
export interface StorefrontCredentialVault {
  storefrontCredentials(store: StoreId): Promise<unknown>;
  /** An existing pair is replaced only with `replace`: an operator has signed in again (bridge-api.md, Pairing 3). */
  setStorefrontCredentials(
    store: StoreId,
    credentials: unknown,
    options: { readonly replace: boolean },
  ): Promise<SetCredentialsResult>;
}

export const storefrontPlace = (store: StoreId): SealedPlace => ({
  store,
  owner: '',
  field: 'storefront-credentials',
});

export const storefrontCredentialVault = ({
  engine,
  sealer,
  clock,
}: VaultContext): StorefrontCredentialVault => ({
  async storefrontCredentials(store) {
    const row = await engine.read((db) =>
      db.selectFrom('storefront_credentials').selectAll().where('store', '=', store).executeTakeFirst(),
    );
    if (row === undefined) return undefined;
    const credentials: unknown = JSON.parse(openSealed(sealer, storefrontPlace(store), row.credentials));
    return credentials;
  },
  setStorefrontCredentials: (store, credentials, { replace }) =>
    engine.write(async (db): Promise<SetCredentialsResult> => {
      const owner = await db.selectFrom('stores').select('id').where('id', '=', store).executeTakeFirst();
      if (owner === undefined) return { ok: false, reason: 'unknown-store' };
      const sealed = sealer.seal(storefrontPlace(store), JSON.stringify(credentials ?? null));
      const fresh = { credentials: sealed, created_at: clock.now() };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('storefront_credentials')
        .values({ store, ...fresh })
        .onConflict((conflict) => {
          const same = conflict.column('store');
          return replace ? same.doUpdateSet(fresh) : same.doNothing();
        })
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n ? { ok: true } : { ok: false, reason: 'already-set' };
    }),
});
