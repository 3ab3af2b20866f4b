import {
  type Account,
  type AccountId,
  accountIdSchema,
  type Finding,
  gatewayById,
  gateways,
  newTestGatewayConfig,
  type RandomBytes,
  type RegisteredGateway,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { type EntryAccount, medusaStoreId } from './medusa-settings.ts';
import { settingFault } from './setting-fault.ts';

/** Medusa's provider ids are `pp_<identifier>_<id of the entry>`. */
export const providerIdentifier = 'gatewright';

/** Our account of a provider entry has the provider's id. */
export const accountIdOf = (entry: string): AccountId | undefined => {
  const id = accountIdSchema.safeParse(`pp_${providerIdentifier}_${entry}`);
  return id.success ? id.data : undefined;
};

/** What stands beside the gateway's own keys in a provider entry's `options`. */
const entryOptionsSchema = z.looseObject({
  gateway: z.string(),
  mode: z.enum(['live', 'test']).optional(),
  enabled: z.boolean().default(true),
});

export type EntryResult =
  | { readonly ok: true; readonly account: EntryAccount }
  | { readonly ok: false; readonly faults: readonly Finding[] };

const known = (): string => [...gateways().map(({ id }) => id), 'test'].join(', ');

const nameOf = (entry: string | null): string =>
  entry === null ? 'a provider entry of the payment module' : `the provider entry "${entry}"`;

const refuse = (code: string, entry: string | null, what: string, remedy: string): EntryResult => ({
  ok: false,
  faults: [settingFault(code, `In ${nameOf(entry)} of medusa-config ${what}.`, remedy)],
});

/** `config-api-key` names the key `apiKey`. */
const keyOf = (reason: string): string | undefined => {
  const words = /^config-(.+)$/.exec(reason)?.[1];
  if (words === undefined || words === 'unusable') return undefined;
  return words.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
};

const unusable = (
  entry: string | null,
  gateway: RegisteredGateway,
  options: Readonly<Record<string, unknown>>,
  reason: string,
): EntryResult => {
  const key = keyOf(reason);
  const page = `docs/gateways/${gateway.id}.md lists the keys of ${gateway.title}.`;
  if (key === undefined)
    return refuse('entry-unusable', entry, 'the options cannot be used', `Correct them; ${page}`);
  const missing = options[key] === undefined || options[key] === null || options[key] === '';
  return missing
    ? refuse(
        'entry-key-missing',
        entry,
        `the option "${key}" is missing`,
        `Set it. Where it comes from the environment, the variable is not set for this process. ${page}`,
      )
    : refuse(
        'entry-key-unusable',
        entry,
        `the option "${key}" cannot be used`,
        `Copy it again and look for a missing character, a quote or a space inside. ${page}`,
      );
};

/** An entry that says nothing is of the mode that its gateway's address has (invariant 13). */
const modeFault = (entry: string | null, title: string, said: string, mode: string): EntryResult =>
  refuse(
    'entry-mode-differs',
    entry,
    `the mode is "${said}", and by its address this is a ${mode} account of ${title}`,
    `Test money must not pay live orders: give the account's ${said} credentials, or write mode: '${mode}'.`,
  );

/** Key, secret and address of the pseudo-gateway never leave the process, so it makes them itself. */
const configOf = (
  gateway: RegisteredGateway,
  options: Readonly<Record<string, unknown>>,
  random: RandomBytes,
): Account['config'] => {
  const { gateway: _gateway, mode: _mode, enabled: _enabled, ...config } = options;
  return gateway.id === 'test' && config.key === undefined ? newTestGatewayConfig(random) : config;
};

/**
 * One provider entry as an account. Messages name the entry and the option, never a value.
 * @param entry its `id`; null where it is not known (Medusa checks options without naming their entry)
 */
export const readEntry = (entry: string | null, options: unknown, random: RandomBytes): EntryResult => {
  const read = entryOptionsSchema.safeParse(options ?? {});
  if (!read.success) {
    const key = String(read.error.issues[0]?.path[0] ?? 'options');
    const remedy = `Write options: { gateway: '…', … } with one of ${known()}, and beside it the keys of that gateway.`;
    return key === 'mode' || key === 'enabled'
      ? refuse(
          'entry-malformed',
          entry,
          `the option "${key}" is not known in this form`,
          `Write ${key === 'mode' ? "mode: 'live' or mode: 'test'" : 'enabled: true or enabled: false'}, or leave it out.`,
        )
      : refuse('entry-gateway-missing', entry, 'the option "gateway" is missing', remedy);
  }
  const gateway = gatewayById(read.data.gateway);
  if (gateway === undefined)
    return refuse(
      'entry-gateway-unknown',
      entry,
      'the option "gateway" names none that this version has',
      `Choose from ${known()}.`,
    );
  const id = entry === null ? accountIdOf('unnamed') : accountIdOf(entry);
  if (id === undefined)
    return refuse(
      'entry-id-unusable',
      entry,
      'the id has other characters than letters, digits, - and _, or more than 50',
      'Give it a short name, such as main. Regions keep the provider by this id, so choose it once.',
    );
  const config = configOf(gateway, read.data, random);
  const usable = gateway.readConfig(config);
  const mode = gateway.modeOf(config);
  if (!usable.ok || mode === undefined)
    return unusable(entry, gateway, read.data, usable.ok ? 'config-unusable' : usable.reason);
  const said = read.data.mode;
  if (said !== undefined && said !== mode) return modeFault(entry, gateway.title, said, mode);
  return {
    ok: true,
    account: {
      id,
      entry: entry ?? 'unnamed',
      store: medusaStoreId,
      gateway: gateway.id,
      mode,
      config,
      enabled: read.data.enabled,
    },
  };
};
