import type { Account, Store } from '../account/account.ts';
import type { RegisteredGateway } from '../gateways/registry.ts';
import type { StoreId } from '../identity/identity.ts';
import type { Money } from '../money/money.ts';
import type { Ports } from '../ports.ts';
import { type Quote, quote } from './quote.ts';
import { type OfferRefusal, type RefusalText, refusalText } from './refusal-text.ts';

/** One of a store's accounts and whether it can take this amount now. */
export type Offer = {
  readonly account: Account['id'];
  readonly gateway: string;
  readonly title: string;
  /** What the shopper has to choose from; of an available offer only what can be chosen. */
  readonly methods: readonly string[];
  /** What it can be paid with, in words for a chooser; empty where nobody knows. */
  readonly accepts: readonly string[];
} & (
  | { readonly available: true }
  | { readonly available: false; readonly reason: OfferRefusal; readonly text: RefusalText }
);

export type Usable =
  | { readonly ok: true; readonly gateway: RegisteredGateway; readonly quote: Extract<Quote, { ok: true }> }
  | { readonly ok: false; readonly reason: OfferRefusal };

/** Enabled, readable, of the store's own mode by its host (invariant 13), and able to be asked for this amount. */
export const usableFor = async (
  ports: Ports,
  store: Store,
  account: Account,
  amount: Money,
): Promise<Usable> => {
  const gateway = ports.gateway(account.gateway);
  if (!gateway) return { ok: false, reason: 'gateway-unknown' };
  if (!account.enabled) return { ok: false, reason: 'account-disabled' };
  const mode = gateway.modeOf(account.config);
  if (mode === undefined) return { ok: false, reason: 'config-unusable' };
  if (mode !== store.mode || account.mode !== store.mode) return { ok: false, reason: 'mode-mismatch' };
  const quoted = await quote(gateway, amount, ports.rates, ports.clock.now());
  return quoted.ok ? { ok: true, gateway, quote: quoted } : { ok: false, reason: quoted.reason };
};

const offerOf = async (ports: Ports, store: Store, account: Account, amount: Money): Promise<Offer> => {
  const gateway = ports.gateway(account.gateway);
  const base = { account: account.id, gateway: account.gateway, title: gateway?.title ?? account.gateway };
  const usable = await usableFor(ports, store, account, amount);
  const trouble = usable.ok ? ports.health.troubleOf(account.id, ports.clock.now()) : usable.reason;
  const methods = gateway?.methodsOf(account.config) ?? [];
  const accepts = gateway?.accepts(account.config, usable.ok ? usable.quote.quoted : amount) ?? [];
  return trouble === undefined
    ? { ...base, methods, accepts, available: true }
    : { ...base, methods, accepts, available: false, reason: trouble, text: refusalText(trouble) };
};

/** Which of a store's accounts can take this amount now, and for each that can't, why. */
export const offerAccounts = async (
  ports: Ports,
  storeId: StoreId,
  amount: Money,
): Promise<readonly Offer[]> => {
  const store = await ports.directory.store(storeId);
  if (!store) return [];
  const offers: Offer[] = [];
  for (const account of await ports.directory.accountsOf(storeId))
    offers.push(await offerOf(ports, store, account, amount));
  return offers;
};
