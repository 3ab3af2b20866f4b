import { lookSchema } from '@gatewright/pay-page';
import { type Finding, fixedTableSchema, policySchema, ratePointersSchema } from '@gatewright/payment-core';
import * as z from 'zod';
import { settingFault } from './setting-fault.ts';
import { type AddressResult, addressFaultText, readAddress, readOrigin } from './web-address.ts';

const address = (read: (text: string) => AddressResult, shown: (url: URL) => string) =>
  z.string().transform((text, context): string => {
    const result = read(text);
    if (result.ok) return shown(result.url);
    context.addIssue({ code: 'custom', message: addressFaultText(result.fault) });
    return z.NEVER;
  });

const originSchema = address(readOrigin, ({ origin }) => origin);
const addressSchema = address(readAddress, ({ href }) => href);

const ratesSchema = z.strictObject({
  fixed: fixedTableSchema.default([]),
  url: addressSchema.nullable().default(null),
  pointers: ratePointersSchema.nullable().default(null),
  /** The `id` of a provider entry. */
  account: z.string().nullable().default(null),
});

/** `options` of the plugin in medusa-config. An option that is not known is refused: it may be a misspelt one. */
const pluginOptionsSchema = z.strictObject({
  publicUrl: originSchema,
  storefrontUrls: z.array(addressSchema).default([]),
  orderTiming: z.enum(['after_payment', 'before_payment']).default('after_payment'),
  mode: z.enum(['live', 'test']).optional(),
  policy: policySchema.strict().prefault({}),
  look: z.strictObject(lookSchema.partial().shape).prefault({}),
  rates: ratesSchema.prefault({}),
  databaseUrl: z.string().min(1).optional(),
  sandbox: z.boolean().default(false),
});
export type PluginOptions = z.output<typeof pluginOptionsSchema>;

export type PluginOptionsResult =
  | { readonly ok: true; readonly options: PluginOptions }
  | { readonly ok: false; readonly faults: readonly Finding[] };

type OptionName = keyof PluginOptions;

const remedyOf = (name: OptionName): string => {
  switch (name) {
    case 'publicUrl':
      return "Set publicUrl to the address under which gateways and shoppers reach this Medusa server, such as 'https://api.shop.example'.";
    case 'storefrontUrls':
      return "Set storefrontUrls to the addresses of the storefront, such as ['https://shop.example'].";
    case 'orderTiming':
      return "Write orderTiming: 'after_payment' or 'before_payment', or leave it out.";
    case 'mode':
      return "Write mode: 'live' or 'test', or leave it out: then the provider entries decide.";
    case 'policy':
      return 'Correct it or leave it out; docs/install/medusa.md lists what it may hold.';
    case 'look':
      return 'Correct it or leave it out; docs/install/medusa.md lists what it may hold.';
    case 'rates':
      return 'Correct it or leave it out; docs/rates.md says what it may hold.';
    case 'databaseUrl':
      return "Leave it out to use the shop's own database, or set it to postgres://user:password@host:port/database.";
    case 'sandbox':
      return 'Write sandbox: true to try a shop out against simulated gateways on this machine, or leave it out.';
    default: {
      const never: never = name;
      return never;
    }
  }
};

const isOption = (name: PropertyKey | undefined): name is OptionName =>
  typeof name === 'string' && Object.hasOwn(pluginOptionsSchema.shape, name);

/** `rates.fixed.0.value`; never what stands there. */
const placeOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

const unknownOptions = (names: readonly string[], path: readonly PropertyKey[]): Finding => {
  const named = names.map((name) => `"${placeOf([...path, name])}"`).join(', ');
  const choice =
    path.length === 0 ? ` The options are ${Object.keys(pluginOptionsSchema.shape).join(', ')}.` : '';
  return settingFault(
    'option-unknown',
    `The plugin's options in medusa-config hold ${named}, which this version does not know.`,
    `Look for a misspelling, or remove it.${choice} Credentials stand in the provider entries.`,
  );
};

/** zod's own texts of a wrong type may repeat what was given, so they are not shown. */
const faultOf = (issue: z.core.$ZodIssue, given: unknown): Finding => {
  if (issue.code === 'unrecognized_keys') return unknownOptions(issue.keys, issue.path);
  const [name] = issue.path;
  if (!isOption(name))
    return settingFault(
      'options-malformed',
      "The plugin's options in medusa-config are no object.",
      remedyOf('publicUrl'),
    );
  const missing =
    issue.path.length === 1 && z.object({ [name]: z.undefined().optional() }).safeParse(given).success;
  const what = missing ? 'is missing' : issue.code === 'custom' ? issue.message : 'cannot be used';
  const where = placeOf(issue.path);
  return settingFault(
    `option-${missing ? 'missing' : 'unusable'}`,
    `The plugin's option "${where}" ${what}.`,
    remedyOf(name),
  );
};

/** Medusa writes its own connection settings into the options of every module of a plugin. */
const withoutMedusas = (given: unknown): unknown => {
  const options = z.looseObject({}).safeParse(given ?? {});
  if (!options.success) return given;
  const { database: _database, ...own } = options.data;
  return own;
};

/** Every fault is reported, not only the first. */
export const readPluginOptions = (given: unknown): PluginOptionsResult => {
  const own = withoutMedusas(given);
  const read = pluginOptionsSchema.safeParse(own);
  return read.success
    ? { ok: true, options: read.data }
    : { ok: false, faults: read.error.issues.map((issue) => faultOf(issue, own)) };
};
