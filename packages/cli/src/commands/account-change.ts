import { type Account, accountIdSchema, gatewayById, type RegisteredGateway } from '@gatewright/payment-core';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { readJsonInput } from '../json-input.ts';
import { type LedgerOptions, type Session, withVault } from '../ledger-session.ts';
import { webhookUrl } from '../webhook-url.ts';

const unchanged = 'Nothing was changed.';

const knownAccount = async ({ vault }: Session, text: string): Promise<Account | undefined> => {
  const id = accountIdSchema.safeParse(text);
  return id.success ? vault.account(id.data) : undefined;
};

const noAccount = (id: string): Outcome =>
  fail(`There is no account ${id}.`, unchanged, 'See `gatewright account list`.');

/** What is wrong with new credentials for this account, if anything. */
const fault = (
  account: Account,
  gateway: RegisteredGateway | undefined,
  config: unknown,
): Outcome | undefined => {
  if (gateway === undefined) {
    return fail(
      `This version has no gateway ${account.gateway}.`,
      unchanged,
      'Run the version of gatewright that the bridge runs.',
    );
  }
  const read = gateway.readConfig(config);
  const mode = gateway.modeOf(config);
  if (!read.ok || mode === undefined) {
    return fail(
      `The configuration cannot be used (${read.ok ? 'config-unusable' : read.reason}).`,
      `${unchanged} The old one stays in use.`,
      `Correct the key that is named; docs/gateways/${gateway.id}.md lists the keys.`,
    );
  }
  if (mode !== account.mode) {
    return fail(
      `By its address this is a ${mode} configuration, and the account is a ${account.mode} account.`,
      `${unchanged} Test money must not pay live orders.`,
      `Give the account's ${account.mode} credentials.`,
    );
  }
  return undefined;
};

interface UpdateOptions extends LedgerOptions {
  readonly configFile?: string;
}

const announce = (host: Host, { title }: RegisteredGateway, account: Account): void => {
  const { publicUrl } = host.environment;
  say(host, `${title} ${account.id}: the new configuration is in use`);
  remark(
    host,
    publicUrl === undefined
      ? 'The address for webhooks is the same as before.'
      : `The address for webhooks is the same as before: ${webhookUrl(publicUrl, account)}`,
  );
  remark(
    host,
    `It has to be the same account at ${title}: open invoices are read with it. For another one use \`gatewright account add\`.`,
  );
  remark(host, `Next: gatewright account test ${account.id}`);
};

/** Id, and with it the address for webhooks, stay; what was sealed before is written over. */
export const updateAccount = async (host: Host, id: string, options: UpdateOptions): Promise<Outcome> => {
  const { configFile } = options;
  const input = await readJsonInput(host, configFile === '-' ? undefined : configFile);
  if (!input.ok) return fail(input.reason, unchanged, 'Give the configuration as one JSON object.');
  return withVault(host, options, async (session) => {
    const account = await knownAccount(session, id);
    if (account === undefined) return noAccount(id);
    const gateway = gatewayById(account.gateway);
    const wrong = fault(account, gateway, input.value);
    if (wrong !== undefined || gateway === undefined) return wrong ?? noAccount(id);
    await session.vault.setAccountConfig(account.id, input.value);
    announce(host, gateway, account);
    return done;
  });
};

/** A disabled account is not offered any more; what was started with it is still heard and read. */
export const switchAccount =
  (enabled: boolean) =>
  (host: Host, id: string, options: LedgerOptions): Promise<Outcome> =>
    withVault(host, options, async (session) => {
      const account = await knownAccount(session, id);
      if (account === undefined) return noAccount(id);
      await session.vault.setAccountEnabled(account.id, enabled);
      say(host, `${account.gateway} ${account.id}: ${enabled ? 'enabled' : 'disabled'}`);
      if (!enabled) {
        remark(
          host,
          'Shoppers are not offered it any more. Payments that were started are still watched, so keep its credentials valid for the next days.',
        );
      }
      return done;
    });
