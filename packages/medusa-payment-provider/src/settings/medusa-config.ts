import { lookSchema } from '@gatewright/pay-page';
import { type Finding, policySchema, type RandomBytes, type Store } from '@gatewright/payment-core';
import * as z from 'zod';
import { withDriverTls } from './database-url.ts';
import { type EntryAccount, type MedusaSettings, medusaStoreId } from './medusa-settings.ts';
import { type PluginOptions, readPluginOptions } from './plugin-options.ts';
import { accountIdOf, providerIdentifier, readEntry } from './provider-entry.ts';
import { settingFault } from './setting-fault.ts';

const packageName = '@gatewright/medusa-payment-provider';

const entrySchema = z.looseObject({
  resolve: z.unknown().optional(),
  id: z.string().optional(),
  options: z.unknown().optional(),
});
type ProviderEntry = z.output<typeof entrySchema>;

const pluginSchema = z.union([
  z.string().transform((resolve) => ({ resolve, options: undefined })),
  z.looseObject({ resolve: z.string(), options: z.unknown().optional() }),
]);

/** As far as it concerns us; Medusa has checked the rest. */
const configSchema = z.looseObject({
  projectConfig: z
    .looseObject({ databaseUrl: z.string().optional(), databaseDriverOptions: z.unknown().optional() })
    .prefault({}),
  plugins: z.array(pluginSchema).default([]),
  modules: z
    .looseObject({
      payment: z
        .looseObject({
          options: z
            .looseObject({ providers: z.array(entrySchema).default([]) })
            .prefault({})
            .nullish(),
        })
        .optional()
        .catch(undefined),
    })
    .prefault({}),
});
type ReadConfig = z.output<typeof configSchema>;

export type SettingsResult =
  | { readonly ok: true; readonly settings: MedusaSettings }
  | { readonly ok: false; readonly faults: readonly Finding[] };

const servicesSchema = z.looseObject({ services: z.array(z.unknown()) });

/** Named by its path, or given as the module itself. */
const isOurs = ({ resolve }: ProviderEntry): boolean => {
  if (typeof resolve === 'string')
    return /medusa-payment-provider\/providers\/gatewright(?:\/index(?:\.[jt]s)?)?$/.test(
      resolve.replaceAll('\\', '/'),
    );
  const given = servicesSchema.safeParse(resolve);
  return (
    given.success &&
    given.data.services.some(
      (service) =>
        typeof service === 'function' && 'identifier' in service && service.identifier === providerIdentifier,
    )
  );
};

const isOurPlugin = ({ resolve }: { readonly resolve: string }): boolean =>
  resolve === packageName || /(?:^|\/)medusa-payment-provider\/?$/.test(resolve.replaceAll('\\', '/'));

const entriesOf = (config: ReadConfig): readonly ProviderEntry[] =>
  (config.modules.payment?.options?.providers ?? []).filter(isOurs);

type Entries = { readonly accounts: readonly EntryAccount[]; readonly faults: readonly Finding[] };

const withoutId = settingFault(
  'entry-id-missing',
  'A provider entry of the payment module in medusa-config has no id.',
  `Give it one, such as id: 'main': Medusa then offers it to regions as pp_${providerIdentifier}_main.`,
);

const twice = (id: string): Finding =>
  settingFault(
    'entry-id-repeated',
    `Two provider entries of the payment module in medusa-config have the id "${id}".`,
    'Give each its own id; one entry is one account at a gateway.',
  );

const readEntries = (entries: readonly ProviderEntry[], random: RandomBytes): Entries => {
  const accounts: EntryAccount[] = [];
  const faults: Finding[] = [];
  for (const { id, options } of entries) {
    if (id === undefined) {
      faults.push(withoutId);
      continue;
    }
    if (accounts.some(({ entry }) => entry === id)) faults.push(twice(id));
    const read = readEntry(id, options, random);
    if (read.ok) accounts.push(read.account);
    else faults.push(...read.faults);
  }
  return { accounts, faults };
};

/** Live as soon as one entry is: test entries of such a shop are not offered, and a finding says so. */
const modeOf = ({ mode }: PluginOptions, accounts: readonly EntryAccount[]): Store['mode'] => {
  if (mode !== undefined) return mode;
  return accounts.length > 0 && accounts.every((account) => account.mode === 'test') ? 'test' : 'live';
};

const sandboxFaults = ({ sandbox }: PluginOptions, accounts: readonly EntryAccount[]): readonly Finding[] =>
  accounts
    .filter(({ mode }) => sandbox && mode === 'live')
    .map(({ entry }) =>
      settingFault(
        'sandbox-live',
        `The plugin's option "sandbox" is on, and the provider entry "${entry}" is a live account.`,
        'A sandbox calls simulators on this machine and no one else: remove sandbox, or give the entry the baseUrl of a simulator.',
      ),
    );

/** Only Crypto Pay answers with rates. */
const ratesFaults = ({ rates }: PluginOptions, accounts: readonly EntryAccount[]): readonly Finding[] => {
  const isThere = accounts.some(({ entry, gateway }) => entry === rates.account && gateway === 'crypto-pay');
  return rates.account === null || isThere
    ? []
    : [
        settingFault(
          'rates-account-unknown',
          'The plugin\'s option "rates.account" names no provider entry of a Crypto Pay account.',
          "Set it to the id of such an entry, such as 'main', or leave it out.",
        ),
      ];
};

const settingsOf = (
  options: PluginOptions,
  accounts: readonly EntryAccount[],
  databaseUrl: string,
): MedusaSettings => {
  const { rates, look } = options;
  const { shopName = 'Shop' } = look;
  return {
    publicUrl: options.publicUrl,
    storefrontUrls: options.storefrontUrls,
    orderTiming: options.orderTiming,
    databaseUrl,
    store: {
      id: medusaStoreId,
      name: shopName,
      mode: modeOf(options, accounts),
      policy: policySchema.parse(options.policy),
    },
    look: lookSchema.parse({ ...look, shopName }),
    named: look.shopName !== undefined,
    accounts,
    rates: { ...rates, account: rates.account === null ? null : (accountIdOf(rates.account) ?? null) },
    sandbox: options.sandbox,
  };
};

const noPlugin = settingFault(
  'plugin-missing',
  'The payment module of medusa-config has a Gatewright provider, and the plugin is not listed.',
  `Add { resolve: '${packageName}', options: { publicUrl: '…', storefrontUrls: ['…'] } } to plugins.`,
);

const noDatabase = settingFault(
  'database-missing',
  'medusa-config names no database.',
  "Set projectConfig.databaseUrl, or the plugin's option databaseUrl.",
);

const shopDatabaseOf = ({ projectConfig }: ReadConfig): string | undefined =>
  projectConfig.databaseUrl && withDriverTls(projectConfig.databaseUrl, projectConfig.databaseDriverOptions);

/** The plugin's options and every provider entry, out of Medusa's own configuration. Every fault is reported. */
export const readMedusaConfig = (config: unknown, random: RandomBytes): SettingsResult => {
  const read = configSchema.safeParse(config);
  if (!read.success)
    return {
      ok: false,
      faults: [
        settingFault(
          'config-unreadable',
          'medusa-config cannot be read.',
          'Compare it with docs/install/medusa.md.',
        ),
      ],
    };
  const plugin = read.data.plugins.find(isOurPlugin);
  const entries = readEntries(entriesOf(read.data), random);
  if (plugin === undefined) return { ok: false, faults: [noPlugin, ...entries.faults] };
  const options = readPluginOptions(plugin.options);
  if (!options.ok) return { ok: false, faults: [...options.faults, ...entries.faults] };
  const databaseUrl = options.options.databaseUrl ?? shopDatabaseOf(read.data);
  const faults = [
    ...entries.faults,
    ...sandboxFaults(options.options, entries.accounts),
    ...(entries.faults.length === 0 ? ratesFaults(options.options, entries.accounts) : []),
    ...(databaseUrl === undefined ? [noDatabase] : []),
  ];
  if (databaseUrl === undefined || faults.length > 0) return { ok: false, faults };
  return { ok: true, settings: settingsOf(options.options, entries.accounts, databaseUrl) };
};

/** The id of the entry that has these options, for messages; null where none or several have them. */
export const entryWith = (config: unknown, options: unknown): string | null => {
  const read = configSchema.safeParse(config);
  if (!read.success) return null;
  const text = JSON.stringify(options);
  const found = entriesOf(read.data).filter((entry) => JSON.stringify(entry.options) === text);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
};
