import { isDeepStrictEqual } from 'node:util';
import { type GatewayField, readAccountForm } from '@gatewright/operations';
import { type Account, gatewayById, newTestGatewayConfig } from '@gatewright/payment-core';
import type { StoreRecord } from '@gatewright/payment-ledger';
import type { Refusal } from './account-form.ts';
import { type AccountDesk, fieldsOf, gatewayChoices, ownAccount, testGateway } from './accounts.ts';

export type AccountEntered =
  | { readonly ok: true; readonly account: Account }
  /** Belongs to a form of the page. */
  | { readonly ok: false; readonly refusal: Refusal }
  | { readonly ok: false; readonly problem: string };

const mostAccounts = 50;

/** A key of a configuration as the core's reasons word it: `api-key` for `apiKey`. */
const inReasons = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const given = (form: URLSearchParams, { name }: GatewayField): string => (form.get(name) ?? '').trim();

const keptOf = (fields: readonly GatewayField[], form: URLSearchParams): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fields.filter(({ kind }) => kind !== 'secret').map((field) => [field.name, given(form, field)]),
  );

const unusable = ({ kind }: GatewayField): string => {
  switch (kind) {
    case 'list':
      return 'At least one of these cannot be used.';
    case 'secret':
      return 'This cannot be used. Copy it again, whole.';
    case 'text':
    case 'switch':
      return 'This cannot be used.';
    default: {
      const never: never = kind;
      return never;
    }
  }
};

type Usable =
  | { readonly ok: true; readonly config: unknown; readonly mode: Account['mode'] }
  | { readonly ok: false; readonly problem: string; readonly wrong: Readonly<Record<string, string>> };

const refuse = (problem: string, wrong: Readonly<Record<string, string>> = {}): Usable => ({
  ok: false,
  problem,
  wrong,
});

/** The gateway's own schema decides; what it says of a key stands at that key's field. */
const readCredentials = (
  gatewayId: string,
  fields: readonly GatewayField[],
  form: URLSearchParams,
): Usable => {
  const missing = fields.filter((field) => field.required && given(form, field) === '');
  if (missing.length > 0)
    return refuse(
      'Something is missing.',
      Object.fromEntries(missing.map(({ name }) => [name, 'This is needed.'])),
    );
  const config = readAccountForm(fields, form);
  const gateway = gatewayById(gatewayId);
  const read = gateway?.readConfig(config);
  if (read?.ok === false) {
    const field = fields.find(({ name }) => read.reason === `config-${inReasons(name)}`);
    return refuse(
      'The credentials cannot be used.',
      field === undefined ? {} : { [field.name]: unusable(field) },
    );
  }
  const mode = gateway?.modeOf(config);
  return mode === undefined
    ? refuse('The credentials cannot be used.', { baseUrl: "This is no address of the gateway's." })
    : { ok: true, config, mode };
};

const moneyOf = (mode: Account['mode']): string => (mode === 'test' ? 'test money' : 'real money');

/** A form of a gateway becomes an account of the store, sealed before it is stored; nothing else changes where it is refused. */
export const addAccount = async (
  { vault, ports }: AccountDesk,
  store: StoreRecord,
  form: URLSearchParams,
): Promise<AccountEntered> => {
  const gateway = gatewayChoices(ports, store).find(({ id }) => id === form.get('gateway'));
  if (gateway === undefined)
    return { ok: false, problem: 'Choose a gateway from the list. Nothing was added.' };
  const { id, fields } = gateway;
  const refused = (problem: string, wrong: Readonly<Record<string, string>> = {}): AccountEntered => ({
    ok: false,
    refusal: { form: id, problem: `${problem} Nothing was added.`, wrong, kept: keptOf(fields, form) },
  });
  const accounts = await vault.accountsOf(store.id);
  if (accounts.length >= mostAccounts) return refused(`A shop has ${mostAccounts} accounts at most.`);
  const read: Usable =
    id === testGateway
      ? { ok: true, config: newTestGatewayConfig(ports.random), mode: 'test' }
      : readCredentials(id, fields, form);
  if (!read.ok) return refused(read.problem, read.wrong);
  const { config, mode } = read;
  // The test gateway's configuration is drawn anew each time.
  const isSame = (known: Account): boolean => id === testGateway || isDeepStrictEqual(known.config, config);
  if (accounts.some((known) => known.gateway === id && isSame(known)))
    return refused('The shop has this account already; switch it on above.');
  const added = await vault.addAccount({ store: store.id, gateway: id, mode, config });
  if (added.ok) return added;
  return refused(
    `By its credentials this account moves ${moneyOf(mode)}, and the shop takes ${moneyOf(store.mode)}.`,
  );
};

/** New credentials for an account that stays: its webhook address and the payments that were begun are the same. */
export const renewAccount = async (
  desk: AccountDesk,
  store: StoreRecord,
  form: URLSearchParams,
): Promise<AccountEntered> => {
  const account = await ownAccount(desk, store.id, form.get('account') ?? '');
  if (account === undefined || account.gateway === testGateway)
    return { ok: false, problem: 'This shop has no such account. Nothing was changed.' };
  const fields = fieldsOf(desk.ports, account.gateway);
  const refused = (problem: string, wrong: Readonly<Record<string, string>> = {}): AccountEntered => ({
    ok: false,
    refusal: {
      form: account.id,
      problem: `${problem} Nothing was changed.`,
      wrong,
      kept: keptOf(fields, form),
    },
  });
  const read = readCredentials(account.gateway, fields, form);
  if (!read.ok) return refused(read.problem, read.wrong);
  if (read.mode !== account.mode)
    return refused(
      `These credentials move ${moneyOf(read.mode)}, and the account moves ${moneyOf(account.mode)}. Add them as another account.`,
    );
  await desk.vault.setAccountConfig(account.id, read.config);
  return { ok: true, account: { ...account, config: read.config } };
};
