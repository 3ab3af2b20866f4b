import { type GatewayField, type GatewayForm, gatewayForms } from '@gatewright/operations';
import {
  type Account,
  accountIdSchema,
  checkAccount,
  type Finding,
  gatewayById,
  gateways,
  type Ports,
  type StoreId,
} from '@gatewright/payment-core';
import type { StoreRecord, Vault } from '@gatewright/payment-ledger';
import * as z from 'zod';

export interface AccountDesk {
  readonly vault: Pick<
    Vault,
    'account' | 'accountsOf' | 'addAccount' | 'setAccountConfig' | 'setAccountEnabled'
  >;
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
  /** Of its credentials; none where there is nothing to replace. */
  readonly fields: readonly GatewayField[];
}

export interface GatewayChoice {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly GatewayField[];
}

/** Pays in test stores by a page of the bridge's own; it has no credentials to give. */
export const testGateway = 'test';

const formOf = (ports: Ports, gateway: string): GatewayForm | undefined =>
  gatewayForms(ports.sandbox).find((form) => form.gateway === gateway);

export const fieldsOf = (ports: Ports, gateway: string): readonly GatewayField[] =>
  formOf(ports, gateway)?.fields ?? [];

const viewOf = (ports: Ports, account: Account): AccountView => ({
  id: account.id,
  title: gatewayById(account.gateway)?.title ?? account.gateway,
  mode: account.mode,
  enabled: account.enabled,
  webhookUrl: formOf(ports, account.gateway)?.webhookByHand === true ? ports.webhookUrl(account) : null,
  fields: fieldsOf(ports, account.gateway),
});

export const accountViews = async (
  { vault, ports }: AccountDesk,
  store: StoreId,
): Promise<readonly AccountView[]> =>
  (await vault.accountsOf(store)).map((account) => viewOf(ports, account));

export const gatewayChoices = (ports: Ports, { mode }: StoreRecord): readonly GatewayChoice[] => [
  ...(mode === 'test' ? [{ id: testGateway, title: 'Test payment (no money moves)', fields: [] }] : []),
  ...gateways().map(({ id, title }) => ({ id, title, fields: fieldsOf(ports, id) })),
];

/** A store's own account; undefined: it has none of this id. */
export const ownAccount = async (
  { vault }: Pick<AccountDesk, 'vault'>,
  store: StoreId,
  text: string,
): Promise<Account | undefined> => {
  const id = accountIdSchema.safeParse(text);
  const account = id.success ? await vault.account(id.data) : undefined;
  return account?.store === store ? account : undefined;
};

export const accountAction = z.object({
  account: z.string().max(64),
  what: z.enum(['on', 'off', 'test']),
});

/** What the gateway said, where it was tested; undefined: the account is not this store's. */
export const actOnAccount = async (
  { vault, ports }: AccountDesk,
  store: StoreId,
  { account: id, what }: z.output<typeof accountAction>,
): Promise<{ readonly account: Account; readonly findings: readonly Finding[] } | undefined> => {
  const account = await ownAccount({ vault }, store, id);
  if (account === undefined) return undefined;
  if (what === 'test') return { account, findings: await checkAccount(ports, account.id) };
  await vault.setAccountEnabled(account.id, what === 'on');
  return { account, findings: [] };
};
