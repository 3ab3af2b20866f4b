import {
  type Account,
  accountIdSchema,
  checkAccount,
  type Finding,
  gatewayById,
  gateways,
  newTestGatewayConfig,
  type Ports,
  type StoreId,
} from '@gatewright/payment-core';
import type { StoreRecord, Vault } from '@gatewright/payment-ledger';
import * as z from 'zod';

export interface AccountDesk {
  readonly vault: Pick<Vault, 'account' | 'accountsOf' | 'addAccount' | 'setAccountEnabled'>;
  readonly ports: Ports;
}

/** An account as its owner sees it: no part of its credentials is in it. */
export interface AccountView {
  readonly id: string;
  readonly title: string;
  readonly mode: 'live' | 'test';
  readonly enabled: boolean;
  /** To be entered at the gateway; null where the address travels with each invoice. */
  readonly webhookUrl: string | null;
}

const viewOf = (ports: Ports, account: Account): AccountView => {
  const gateway = gatewayById(account.gateway);
  const isByHand =
    gateway !== undefined && gateway.id !== testGateway && !gateway.capabilities.perInvoiceWebhook;
  return {
    id: account.id,
    title: gateway?.title ?? account.gateway,
    mode: account.mode,
    enabled: account.enabled,
    webhookUrl: isByHand ? ports.webhookUrl(account) : null,
  };
};

export const accountViews = async (
  { vault, ports }: AccountDesk,
  store: StoreId,
): Promise<readonly AccountView[]> =>
  (await vault.accountsOf(store)).map((account) => viewOf(ports, account));

/** Pays in test stores by a page of the bridge's own; it has no credentials to give. */
const testGateway = 'test';

export interface GatewayChoice {
  readonly id: string;
  readonly title: string;
}

export const gatewayChoices = ({ mode }: StoreRecord): readonly GatewayChoice[] => [
  ...(mode === 'test' ? [{ id: testGateway, title: 'Test payment (no money moves)' }] : []),
  ...gateways().map(({ id, title }) => ({ id, title })),
];

export const accountForm = z.object({
  gateway: z.string().max(64),
  config: z.string().max(4_096).default(''),
});

const mostAccounts = 50;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and so the secrets.
    return undefined;
  }
};

export type AccountAdded =
  | { readonly ok: true; readonly account: Account }
  /** What the owner reads; no part of the credentials is in it. */
  | { readonly ok: false; readonly problem: string };

const refuse = (problem: string): AccountAdded => ({ ok: false, problem: `${problem} Nothing was added.` });

/** As `gatewright account add`: the configuration is one JSON object, sealed before it is stored. */
export const addAccount = async (
  { vault, ports }: AccountDesk,
  store: StoreRecord,
  form: z.output<typeof accountForm>,
): Promise<AccountAdded> => {
  const gateway = gatewayChoices(store).some(({ id }) => id === form.gateway)
    ? gatewayById(form.gateway)
    : undefined;
  if (gateway === undefined) return refuse('Choose a gateway from the list.');
  if ((await vault.accountsOf(store.id)).length >= mostAccounts)
    return refuse(`A shop has ${mostAccounts} accounts at most.`);
  const isTest = gateway.id === testGateway;
  const config = isTest ? newTestGatewayConfig(ports.random) : parsed(form.config);
  const read = gateway.readConfig(config);
  const mode = gateway.modeOf(config);
  if (!read.ok || mode === undefined)
    return refuse(
      config === undefined
        ? 'The credentials are no JSON object.'
        : `The credentials cannot be used (${read.ok ? 'config-unusable' : read.reason}).`,
    );
  const added = await vault.addAccount({ store: store.id, gateway: gateway.id, mode, config });
  if (added.ok) return added;
  return refuse(
    `By its credentials this is a ${mode} account, and the shop takes ${store.mode === 'test' ? 'test money' : 'real money'}.`,
  );
};

export const accountAction = z.object({
  account: accountIdSchema,
  what: z.enum(['on', 'off', 'test']),
});

/** Undefined: the account is not this store's. */
export const actOnAccount = async (
  { vault, ports }: AccountDesk,
  store: StoreId,
  { account: id, what }: z.output<typeof accountAction>,
): Promise<readonly Finding[] | undefined> => {
  const account = await vault.account(id);
  if (account?.store !== store) return undefined;
  if (what === 'test') return checkAccount(ports, id);
  await vault.setAccountEnabled(id, what === 'on');
  return [];
};
