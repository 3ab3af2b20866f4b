import type { ShopAccounts } from '../accounts/shop-accounts.ts';
import type { App } from '../app.ts';
import type { TellAnswer } from '../payments-api/tell-shopify.ts';
import type { ShopRow } from '../shops/shop-book.ts';

export interface ActivationView {
  /** What Shopify was told last. */
  readonly ready: boolean;
  /** The name that Shopify's settings show for the account. */
  readonly handle: string;
  /** Where the shop's owner switches the payment method on, in Shopify. */
  readonly settingsUrl: string;
  readonly enabled: { readonly live: number; readonly test: number };
}

export type ActivateResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-account' | 'handle-malformed' }
  | { readonly ok: false; readonly reason: Exclude<TellAnswer['outcome'], 'done'> };

/** `withdrawn`: Shopify knows that the shop cannot be paid any more. */
export type SwitchOffResult =
  | { readonly ok: true; readonly withdrawn: boolean }
  | Extract<ActivateResult, { ok: false }>;

export interface ActivationParts {
  readonly accounts: ShopAccounts;
  readonly configure: App['configure'];
  readonly apiKey: string;
}

export interface Activation {
  view(): Promise<ActivationView>;
  /** Tells Shopify that this shop can be paid. @param handle as typed */
  activate(handle: string): Promise<ActivateResult>;
  deactivate(): Promise<ActivateResult>;
  /**
   * After an account was switched off: without one that takes money, Shopify is told so, and the checkout offers us no
   * more. Test accounts alone keep a shop that never had a live one ready, so that its owner can try.
   */
  afterSwitchOff(mode: 'live' | 'test'): Promise<SwitchOffResult>;
}

const longestHandle = 100;

const handleOf = ({ externalHandle, domain }: ShopRow): string => externalHandle ?? domain;

export const createActivation = (
  { accounts, configure, apiKey }: ActivationParts,
  shop: ShopRow,
): Activation => {
  const tell = async (handle: string | null, ready: boolean): Promise<ActivateResult> => {
    const outcome = await configure(shop.domain, handle, ready);
    return outcome === 'done' ? { ok: true } : { ok: false, reason: outcome };
  };
  const enabled = async (): Promise<ActivationView['enabled']> => {
    const usable = (await accounts.list()).filter((account) => account.enabled);
    const live = usable.filter(({ mode }) => mode === 'live').length;
    return { live, test: usable.length - live };
  };
  return {
    view: async () => ({
      ready: shop.ready,
      handle: handleOf(shop),
      settingsUrl: `https://${shop.domain}/services/payments_partners/gateways/${encodeURIComponent(apiKey)}/settings`,
      enabled: await enabled(),
    }),
    activate: async (text) => {
      const handle = text.trim();
      if (handle === '' || handle.length > longestHandle) return { ok: false, reason: 'handle-malformed' };
      const { live, test } = await enabled();
      return live + test === 0 ? { ok: false, reason: 'no-account' } : tell(handle, true);
    },
    deactivate: () => tell(shop.externalHandle, false),
    afterSwitchOff: async (mode) => {
      const { live, test } = await enabled();
      const left = mode === 'live' ? live : live + test;
      if (left > 0 || !shop.ready) return { ok: true, withdrawn: false };
      const told = await tell(shop.externalHandle, false);
      return told.ok ? { ok: true, withdrawn: true } : told;
    },
  };
};
