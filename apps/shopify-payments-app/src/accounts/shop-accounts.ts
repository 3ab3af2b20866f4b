import { isDeepStrictEqual } from 'node:util';
import { type GatewayForm, gatewayForms, readAccountForm } from '@gatewright/operations';
import {
  type Account,
  accountIdSchema,
  checkAccount,
  type Finding,
  newTestGatewayConfig,
  type Ports,
  type StoreId,
} from '@gatewright/payment-core';
import type { Turn, Vault } from '@gatewright/payment-ledger';
import type { ShopRow } from '../shops/shop-book.ts';
import { type AccountView, accountView } from './account-view.ts';
import type { InShopTurn } from './turns.ts';

export interface ShopAccountsParts {
  readonly ports: Ports;
  readonly vault: Pick<Vault, 'accountsOf' | 'addAccount' | 'setAccountConfig' | 'setAccountEnabled'>;
  /** A double click waits for the first one, in whichever process it arrives. */
  readonly inTurn: InShopTurn;
}

export type EnterRefusal =
  | { readonly ok: false; readonly reason: 'gateway-unknown' | 'account-unknown' }
  /** `key` names what the gateway's schema does not take; never its value. */
  | { readonly ok: false; readonly reason: 'config-unusable'; readonly key: string }
  | { readonly ok: false; readonly reason: 'mode-differs' }
  /** Another change of the shop's accounts is under way. */
  | { readonly ok: false; readonly reason: 'busy' };

export type EnterResult = { readonly ok: true; readonly account: AccountView } | EnterRefusal;

/** A shop's accounts. Everything looks at the signed-in shop's own stores and at no other (invariant 6). */
export interface ShopAccounts {
  readonly forms: readonly (GatewayForm & { readonly title: string })[];
  /** Live ones first, then oldest first. */
  list(): Promise<readonly AccountView[]>;
  find(id: string): Promise<AccountView | undefined>;
  /** Live or test by the gateway's own address (invariant 13). The same credentials twice are one account. */
  connect(gateway: string, form: FormData): Promise<EnterResult>;
  /** New credentials for an account that stays: its webhook address and its open invoices are the same. */
  renew(id: string, form: FormData): Promise<EnterResult>;
  /** Our own page to try payments on, without money and for test mode only. */
  useTestPage(): Promise<Turn<AccountView>>;
  /** A harmless call to the gateway, and what follows from its answer. */
  check(id: string): Promise<readonly Finding[] | undefined>;
  setEnabled(id: string, enabled: boolean): Promise<AccountView | undefined>;
}

const testGatewayId = 'test';

/** JSON knows no `undefined`; what was stored is compared as it was stored. */
const same = (stored: unknown, given: unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(stored ?? null)), JSON.parse(JSON.stringify(given ?? null)));

const keyOf = (reason: string): string => reason.replace(/^config-/, '');

export const createShopAccounts = (
  { ports, vault, inTurn }: ShopAccountsParts,
  shop: Pick<ShopRow, 'domain' | 'live' | 'test'>,
): ShopAccounts => {
  const forms = gatewayForms(ports.sandbox);
  const titled = forms.map((form) => ({
    ...form,
    title: ports.gateway(form.gateway)?.title ?? form.gateway,
  }));
  const view = (account: Account): AccountView => accountView(ports, forms, account);

  const all = async (): Promise<readonly Account[]> => [
    ...(await vault.accountsOf(shop.live)),
    ...(await vault.accountsOf(shop.test)),
  ];
  const own = async (text: string): Promise<Account | undefined> => {
    const id = accountIdSchema.safeParse(text);
    return id.success ? (await all()).find((account) => account.id === id.data) : undefined;
  };
  const storeFor = (mode: 'live' | 'test'): StoreId => (mode === 'live' ? shop.live : shop.test);

  const read = (gatewayId: string, form: FormData) => {
    const fields = forms.find(({ gateway }) => gateway === gatewayId)?.fields;
    const gateway = ports.gateway(gatewayId);
    if (!fields || !gateway) return { ok: false, reason: 'gateway-unknown' } as const;
    const config = readAccountForm(fields, form);
    const usable = gateway.readConfig(config);
    const mode = gateway.modeOf(config);
    if (!usable.ok) return { ok: false, reason: 'config-unusable', key: keyOf(usable.reason) } as const;
    if (mode === undefined) return { ok: false, reason: 'config-unusable', key: 'base-url' } as const;
    return { ok: true, config, mode } as const;
  };

  const add = async (gateway: string, mode: 'live' | 'test', config: unknown): Promise<AccountView> => {
    const store = storeFor(mode);
    const known = (await vault.accountsOf(store)).find(
      (account) => account.gateway === gateway && same(account.config, config),
    );
    if (known) {
      await vault.setAccountEnabled(known.id, true);
      return view({ ...known, enabled: true });
    }
    const added = await vault.addAccount({ store, gateway, mode, config });
    if (!added.ok) throw new Error(`an account of a shop's own store was refused: ${added.reason}`);
    return view(added.account);
  };

  return {
    forms: titled,
    list: async () => (await all()).map(view),
    find: async (id) => {
      const account = await own(id);
      return account && view(account);
    },
    connect: async (gateway, form) => {
      const entered = read(gateway, form);
      if (!entered.ok) return entered;
      const turn = await inTurn(shop.domain, () => add(gateway, entered.mode, entered.config));
      return turn.ok ? { ok: true, account: turn.value } : turn;
    },
    renew: async (id, form) => {
      const account = await own(id);
      if (!account) return { ok: false, reason: 'account-unknown' };
      const entered = read(account.gateway, form);
      if (!entered.ok) return entered;
      if (entered.mode !== account.mode) return { ok: false, reason: 'mode-differs' };
      await vault.setAccountConfig(account.id, entered.config);
      return { ok: true, account: view({ ...account, config: entered.config }) };
    },
    useTestPage: () =>
      inTurn(shop.domain, async () => {
        const inTest = await vault.accountsOf(shop.test);
        const known = inTest.find(({ gateway }) => gateway === testGatewayId);
        if (!known) return add(testGatewayId, 'test', newTestGatewayConfig(ports.random));
        await vault.setAccountEnabled(known.id, true);
        return view({ ...known, enabled: true });
      }),
    check: async (id) => {
      const account = await own(id);
      return account && checkAccount(ports, account.id);
    },
    setEnabled: async (id, enabled) => {
      const account = await own(id);
      if (!account) return undefined;
      await vault.setAccountEnabled(account.id, enabled);
      return view({ ...account, enabled });
    },
  };
};
