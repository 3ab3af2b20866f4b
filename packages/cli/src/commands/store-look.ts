import { storeIdSchema } from '@gatewright/payment-core';
import { Command } from 'commander';
import * as z from 'zod';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';
import { printTable } from '../print.ts';
import type { Run } from '../run.ts';
import { databaseOption, idArgument, jsonOption, schemaOption } from './options.ts';

interface LookOptions extends LedgerOptions {
  readonly logo?: string;
  readonly accent?: string;
  readonly json?: boolean;
}

/** URL parsers let a host hold ';' and '*', which mean something else in the page's Content-Security-Policy. */
const plainOrigin = /^https:\/\/[a-z0-9.-]+(?::\d+)?$/;

/** As the bridge reads them back for its pages; where one does not fit, it shows the plain look. */
const logoSchema = z
  .string()
  .max(500)
  .refine((text) => plainOrigin.test(URL.parse(text)?.origin ?? ''));
const accentSchema = z.string().regex(/^#[0-9a-f]{6}$/i);

/** The two fields that this command knows; the others of the look and of the settings are kept. */
const settingsSchema = z
  .looseObject({
    look: z
      .looseObject({ logoUrl: z.string().nullish(), accent: z.string().nullish() })
      .nullish()
      .transform((look) => look ?? {}),
  })
  .nullable()
  .transform((settings) => settings ?? { look: {} });
type Settings = z.output<typeof settingsSchema>;

const unchanged = 'Nothing was changed.';
const none = 'none';

type Changed =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly what: string; readonly remedy: string };

const change = (settings: Settings, { logo, accent }: LookOptions): Changed => {
  const { logoUrl, accent: colour, ...rest } = settings.look;
  const newLogo = logo ?? logoUrl ?? none;
  const newAccent = accent ?? colour ?? none;
  if (newLogo !== none && !logoSchema.safeParse(newLogo).success)
    return {
      ok: false,
      what: `"${newLogo}" is no address of a logo.`,
      remedy: 'Give --logo an https address such as https://shop.example/logo.png, or none.',
    };
  if (newAccent !== none && !accentSchema.safeParse(newAccent).success)
    return {
      ok: false,
      what: `"${newAccent}" is no colour.`,
      remedy: "Give --accent a colour such as '#0b6b4b', in quotes because # begins a comment, or none.",
    };
  const look = {
    ...rest,
    ...(newLogo === none ? {} : { logoUrl: newLogo }),
    ...(newAccent === none ? {} : { accent: newAccent }),
  };
  return { ok: true, settings: { ...settings, look } };
};

const show = (host: Host, { look }: Settings, json: boolean): void => {
  const shown = { logo: look.logoUrl ?? null, accent: look.accent ?? null };
  if (json) {
    say(host, JSON.stringify(shown));
    return;
  }
  printTable(host, [
    ['FIELD', 'VALUE', 'WITHOUT IT'],
    ['logo', shown.logo ?? none, "the shop's name"],
    ['accent', shown.accent ?? none, '#0b6b4b'],
  ]);
};

const storeLook = (host: Host, id: string, options: LookOptions): Promise<Outcome> =>
  withVault(host, options, async ({ vault }) => {
    const known = storeIdSchema.safeParse(id);
    const store = known.success ? await vault.store(known.data) : undefined;
    if (store === undefined)
      return fail(`There is no store ${id}.`, unchanged, 'See `gatewright store list`.');
    const before = settingsSchema.safeParse(store.settings);
    if (!before.success)
      return fail("The store's settings cannot be read.", unchanged, 'Restore the ledger from a backup.');
    const isChange = options.logo !== undefined || options.accent !== undefined;
    const changed: Changed = isChange ? change(before.data, options) : { ok: true, settings: before.data };
    if (!changed.ok) return fail(changed.what, unchanged, changed.remedy, 2);
    if (isChange) {
      await vault.setSettings(store.id, changed.settings);
      remark(host, 'Shoppers see it when they next open or reload a page to pay.');
    }
    show(host, changed.settings, options.json === true);
    return done;
  });

export const lookCommand = (run: Run): Command =>
  new Command('look')
    .description("show the logo and the colour of a store's pages to pay, or change them")
    .addArgument(idArgument('of the store'))
    .allowUnknownOption()
    .option('--logo <url>', "an https address, shown instead of the shop's name; none takes it away")
    .option('--accent <colour>', "'#rrggbb', the colour of buttons; none is the usual one")
    .addOption(jsonOption())
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(run((host, id: string, options: LookOptions) => storeLook(host, id, options)));
