import type { StoreId } from '@gatewright/payment-core';
import { parseExactJson } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { wooCommerceCredentialsSchema } from '../storefront/credentials.ts';
import type { ShopClient } from '../storefront/shop-client.ts';
import type { ConnectStates } from './states.ts';

/** What WooCommerce posts to the callback, as JSON and without a signature (woocommerce.md 5.9). */
const callbackBody = z.object({
  user_id: z.string().max(64),
  consumer_key: z.string().max(128),
  consumer_secret: z.string().max(128),
  key_permissions: z.string().max(32),
});

export type TakeKeysResult =
  | { readonly ok: true; readonly store: StoreId }
  | {
      readonly ok: false;
      readonly status: 400 | 401 | 409 | 422 | 503;
      readonly reason:
        | 'malformed'
        | 'state-refused'
        | 'not-read-write'
        | 'keys-malformed'
        | 'keys-refused'
        | 'shop-not-reached'
        | 'already-connected'
        | 'store-unknown';
      readonly store: StoreId | null;
    };

export interface KeyTaker {
  readonly states: Pick<ConnectStates, 'use'>;
  readonly shops: ShopClient;
  readonly vault: Pick<Vault, 'store' | 'storefrontCredentials' | 'setStorefrontCredentials'>;
}

type Refusal = Extract<TakeKeysResult, { ok: false }>;

const refuse = (
  status: Refusal['status'],
  reason: Refusal['reason'],
  store: StoreId | null = null,
): Refusal => ({
  ok: false,
  status,
  reason,
  store,
});

const withSecret = z.object({ webhookSecret: z.string().optional() });

/**
 * Takes the REST keys that a shop made for us. Anybody can send this, so the single-use state says which store it is
 * for, the keys must open that store's own address before they are kept, and they replace others only when an operator
 * of the store had signed in. WooCommerce deletes the keys again unless the answer is 200.
 */
export const takeKeys = async (
  { states, shops, vault }: KeyTaker,
  body: Uint8Array,
): Promise<TakeKeysResult> => {
  const json = parseExactJson(body);
  const sent = callbackBody.safeParse(json.ok ? json.value : undefined);
  if (!sent.success) return refuse(400, 'malformed');
  const state = await states.use('callback', sent.data.user_id);
  if (state === undefined) return refuse(401, 'state-refused');
  const store = await vault.store(state.store);
  if (!store) return refuse(401, 'store-unknown');
  if (sent.data.key_permissions !== 'read_write') return refuse(422, 'not-read-write', store.id);
  const keys = wooCommerceCredentialsSchema.safeParse({
    consumerKey: sent.data.consumer_key,
    consumerSecret: sent.data.consumer_secret,
  });
  if (!keys.success) return refuse(422, 'keys-malformed', store.id);
  const tried = await shops.call(
    { url: store.url, credentials: keys.data },
    { version: 'wc/v3', method: 'get', endpoint: 'orders', query: { per_page: '1' } },
  );
  if (tried.kind === 'fault')
    return tried.fault === 'unauthorized'
      ? refuse(422, 'keys-refused', store.id)
      : refuse(503, 'shop-not-reached', store.id);
  if (tried.status !== 200 || !Array.isArray(tried.body)) return refuse(422, 'keys-refused', store.id);
  const before = withSecret.safeParse(await vault.storefrontCredentials(store.id));
  const set = await vault.setStorefrontCredentials(
    store.id,
    { ...(before.success ? before.data : {}), ...keys.data },
    { replace: state.operator !== null },
  );
  return set.ok ? { ok: true, store: store.id } : refuse(409, 'already-connected', store.id);
};
