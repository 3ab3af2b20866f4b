import type { Vault } from '@gatewright/payment-ledger';
import { normaliseStoreUrl, type StoreRecord } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { belongsToStore } from '../plugin-api/shop-urls.ts';
import type { ConnectState, ConnectStates } from './states.ts';

export const signInForm = z.object({
  store: z.string().max(2_048).default(''),
  /** An operator's token, or a pairing code as `gatewright pair` prints it. */
  token: z.string().trim().max(2_300).default(''),
  ticket: z.string().max(64).default(''),
  return_url: z.string().max(2_048).default(''),
});
export type SignInForm = z.output<typeof signInForm>;

export interface SignIn {
  readonly vault: Pick<Vault, 'storeByUrl' | 'store' | 'operatorByToken' | 'redeemCode'>;
  readonly states: Pick<ConnectStates, 'use'>;
}

export type SignedIn =
  | { readonly ok: true; readonly state: ConnectState }
  /** `key`: what refusals are counted by. */
  | { readonly ok: false; readonly key: string };

const PAIRING = /^(?:https?:\/\/[^#\s]+#)?([\w-]{22})$/;

const byToken = async (
  { vault }: SignIn,
  store: StoreRecord,
  token: string,
): Promise<ConnectState | undefined> => {
  const operator = await vault.operatorByToken(store.id, token);
  return operator && { store: store.id, operator: operator.name, session: null, returnUrl: null };
};

/** The operator who made the code wants this shop to be connected; it does not say who is here now. */
const byPairingCode = async (
  { vault }: SignIn,
  store: StoreRecord,
  token: string,
): Promise<ConnectState | undefined> => {
  const [, code] = PAIRING.exec(token) ?? [];
  if (code === undefined) return undefined;
  const redeemed = await vault.redeemCode('pairing', code);
  return redeemed.ok && redeemed.store === store.id
    ? { store: store.id, operator: null, session: null, returnUrl: null }
    : undefined;
};

/** A stranger learns nothing from a refusal, not even whether there is such a store. */
export const signIn = async (
  parts: SignIn,
  { store: url, token, ticket, return_url }: SignInForm,
): Promise<SignedIn> => {
  if (ticket !== '') {
    const state = await parts.states.use('ticket', ticket);
    return state ? { ok: true, state } : { ok: false, key: '' };
  }
  const normal = normaliseStoreUrl(url.trim());
  const store = normal.ok ? await parts.vault.storeByUrl(normal.url) : undefined;
  if (store?.platform !== 'woocommerce') return { ok: false, key: '' };
  const state = (await byToken(parts, store, token)) ?? (await byPairingCode(parts, store, token));
  if (!state) return { ok: false, key: store.id };
  // A link elsewhere would make the page a redirector.
  const returnUrl = return_url !== '' && belongsToStore(return_url, store) ? return_url : null;
  return { ok: true, state: { ...state, returnUrl } };
};
