import {
  type Account,
  gatewayById,
  gateways,
  newTestGatewayConfig,
  type RegisteredGateway,
  storeIdSchema,
} from '@gatewright/payment-core';
import type { AddAccountResult } from '@gatewright/payment-ledger';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type JsonInput, readJsonInput } from '../json-input.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';
import { webhookUrl } from '../webhook-url.ts';

/** Pays in test stores by a page of the bridge's own; nobody is called and no money moves. */
const testGateway = 'test';

export const gatewayIds = (): readonly string[] => [...gateways().map(({ id }) => id), testGateway];

const notAdded = 'Nothing was added.';

export interface AddOptions extends LedgerOptions {
  readonly store: string;
  readonly gateway: string;
  readonly configFile?: string;
}

const modeDiffers = (gateway: RegisteredGateway, mode: string): Outcome =>
  gateway.id === testGateway
    ? fail(
        'The gateway "test" takes no money, and this store is live.',
        `${notAdded} Shoppers would get goods for nothing.`,
        'Add a store with --mode test for trying out, and give the live one an account of a real gateway.',
      )
    : fail(
        `By its address this ${gateway.title} account is a ${mode} account, and the store is not a ${mode} store.`,
        `${notAdded} Test money must not pay live orders.`,
        `Give the account's other credentials, or add it to a ${mode} store.`,
      );

const refusal = (
  reason: Extract<AddAccountResult, { ok: false }>['reason'],
  gateway: RegisteredGateway,
  mode: string,
  store: string,
): Outcome => {
  switch (reason) {
    case 'unknown-store':
      return fail(`There is no store ${store}.`, notAdded, 'See `gatewright store list`.');
    case 'mode-differs':
      return modeDiffers(gateway, mode);
    default: {
      const never: never = reason;
      return never;
    }
  }
};

const unusable = (gateway: RegisteredGateway, reason: string): Outcome =>
  fail(
    `The configuration cannot be used (${reason}).`,
    notAdded,
    gateway.id === testGateway
      ? 'Give {"key":"…"} with 32 or more hexadecimal digits, or no --config-file: then a key is made.'
      : `Correct the key that is named; docs/gateways/${gateway.id}.md lists the keys.`,
  );

const announce = (host: Host, gateway: RegisteredGateway, account: Account): void => {
  say(host, account.id);
  if (gateway.id === testGateway) {
    remark(host, "Orders of this store can be paid on the bridge's own page, without money.");
    return;
  }
  for (const warning of gateway.warnings(account.config)) remark(host, `warning: ${warning}`);
  const { publicUrl } = host.environment;
  remark(
    host,
    publicUrl === undefined
      ? 'PUBLIC_URL is not set; with it the address for webhooks is shown here.'
      : `Webhooks go to ${webhookUrl(publicUrl, account)}`,
  );
  remark(host, `Next: gatewright account test ${account.id}`);
};

const readConfig = async (host: Host, gateway: RegisteredGateway, file?: string): Promise<JsonInput> =>
  gateway.id === testGateway && file === undefined
    ? { ok: true, value: newTestGatewayConfig(host.random) }
    : readJsonInput(host, file);

export const addAccount = async (host: Host, options: AddOptions): Promise<Outcome> => {
  const gateway = gatewayById(options.gateway);
  const store = storeIdSchema.safeParse(options.store);
  if (!store.success)
    return fail(`There is no store ${options.store}.`, notAdded, 'See `gatewright store list`.');
  if (gateway === undefined) {
    const known = gatewayIds().join(', ');
    return fail(`There is no gateway ${options.gateway}.`, notAdded, `Choose from ${known}.`, 2);
  }
  const input = await readConfig(host, gateway, options.configFile);
  if (!input.ok) return fail(input.reason, notAdded, 'Give the configuration as one JSON object.');
  const read = gateway.readConfig(input.value);
  const mode = gateway.modeOf(input.value);
  if (!read.ok || mode === undefined) return unusable(gateway, read.ok ? 'config-unusable' : read.reason);
  return withVault(host, options, async ({ vault }) => {
    const added = await vault.addAccount({
      store: store.data,
      gateway: gateway.id,
      mode,
      config: input.value,
    });
    if (!added.ok) return refusal(added.reason, gateway, mode, options.store);
    announce(host, gateway, added.account);
    return done;
  });
};
