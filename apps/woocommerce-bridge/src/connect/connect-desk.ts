import { minutes, type Ports, type StoreId } from '@gatewright/payment-core';
import type { StoreRecord, Vault } from '@gatewright/payment-ledger';
import * as z from 'zod';
import type { Shops } from '../storefront/assemble-storefront.ts';
import { readStoreSettings, withRestOnly } from '../storefront/store-settings.ts';
import type { Watchdog } from '../watchdog/watchdog.ts';
import { accountViews, gatewayChoices } from './accounts.ts';
import { authorizeUrl } from './authorize-url.ts';
import type { Shown, StoreView } from './pages.ts';
import { type SignInForm, signIn } from './sign-in.ts';
import { type ConnectState, type ConnectStates, stateDigest } from './states.ts';
import { takeKeys } from './store-keys.ts';

export interface ConnectDesk {
  readonly states: ConnectStates;
  readonly vault: Vault;
  readonly shops: Shops;
  readonly watchdog: Watchdog;
  readonly ports: Ports;
  readonly publicUrl: () => string;
}

/** An owner who is signed in, and the code of the session. */
export interface Visitor {
  readonly state: ConnectState;
  readonly store: StoreRecord;
  readonly code: string;
}

export const visitorOf = async (
  { states, vault }: ConnectDesk,
  code: string,
): Promise<Visitor | undefined> => {
  const state = await states.look('session', code);
  const store = state && (await vault.store(state.store));
  return state && store ? { state, store, code } : undefined;
};

/** From a fresh pairing on to the shop's keys, without signing in: the operator's code has just been redeemed. */
export const ticketFor = async (
  { states, publicUrl }: Pick<ConnectDesk, 'states' | 'publicUrl'>,
  store: StoreId,
): Promise<string> => {
  const ticket = await states.issue('ticket', { store, operator: null, session: null, returnUrl: null });
  return `${publicUrl()}/connect?ticket=${ticket}`;
};

/** Counts as the visitor's own only with a state that was made for this session and has not been used. */
export const useForm = async ({ states }: ConnectDesk, visitor: Visitor, state: string): Promise<boolean> => {
  const form = await states.use('form', state);
  return form !== undefined && form.session === stateDigest(visitor.code) && form.store === visitor.store.id;
};

export const startSession = async (
  desk: ConnectDesk,
  form: SignInForm,
): Promise<{ readonly ok: true; readonly code: string } | { readonly ok: false; readonly key: string }> => {
  const signedIn = await signIn(desk, form);
  return signedIn.ok ? { ok: true, code: await desk.states.issue('session', signedIn.state) } : signedIn;
};

/** Everything the visitor's page shows. */
export const viewOf = async (
  { states, vault, shops, watchdog, ports }: ConnectDesk,
  { state, store, code }: Visitor,
  extras: Shown,
): Promise<StoreView> => ({
  store,
  operator: state.operator,
  hasKeys: (await vault.storefrontCredentials(store.id)) !== undefined,
  paired: (await vault.pluginKeysOf(store.id)).length > 0,
  checked: (await shops.connections.of(store.id)).checkedAt !== null,
  restOnly: readStoreSettings(store.settings).restOnly,
  findings: await shops.connections.findings(store.id),
  actions: await watchdog.actions(store.id),
  problem: null,
  pairingCode: null,
  accounts: await accountViews({ vault, ports }, store.id),
  choices: gatewayChoices(ports, store),
  tested: null,
  refusal: null,
  ...extras,
  returnUrl: state.returnUrl,
  state: await states.issue('form', { ...state, session: stateDigest(code) }),
});

/** As `gatewright pair` makes it: the bridge's address and the code in one string. */
export const makePairingCode = async (
  { vault, publicUrl }: ConnectDesk,
  { store }: Visitor,
): Promise<string> => `${publicUrl()}#${await vault.issueCode('pairing', store.id, minutes(10))}`;

/** Where the owner approves the key; the state in it is good for one callback. */
export const beginAuthorizing = async (
  { states, publicUrl }: ConnectDesk,
  { state, store }: Visitor,
): Promise<string> =>
  authorizeUrl(store, publicUrl(), await states.issue('callback', { ...state, session: null }));

export const takeCallback = (desk: ConnectDesk, body: Uint8Array) =>
  takeKeys({ states: desk.states, shops: desk.shops.client, vault: desk.vault }, body);

/** A new store's first page waits for the first look; afterwards the watchdog's schedule does. */
export const firstLook = async ({ vault, shops, watchdog }: ConnectDesk, store: StoreId): Promise<void> => {
  if ((await vault.storefrontCredentials(store)) === undefined) return;
  const { checkedAt } = await shops.connections.of(store);
  if (checkedAt === null) await watchdog.look(store);
};

export const restModeForm = z.object({
  mode: z.enum(['on', 'off']),
  methods: z
    .string()
    .max(200)
    .default('')
    .transform((text) => text.split(',').map((method) => method.trim())),
  hours: z.coerce.number().int().min(1).max(720).default(72),
});

/** False: the methods are no ids of payment methods. */
export const setRestMode = async (
  { vault, shops }: ConnectDesk,
  { store }: Visitor,
  { mode, methods, hours }: z.output<typeof restModeForm>,
): Promise<boolean> => {
  if (mode === 'off') return vault.setSettings(store.id, withRestOnly(store.settings, null));
  const settings = withRestOnly(store.settings, { methods, deadlineHours: hours });
  if (readStoreSettings(settings).restOnly === null) return false;
  // Orders from a time in which the mode was off are left alone.
  if (readStoreSettings(store.settings).restOnly === null) await shops.connections.restartSweeps(store.id);
  return vault.setSettings(store.id, settings);
};
