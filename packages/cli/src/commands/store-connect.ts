import { storeIdSchema } from '@gatewright/payment-core';
import { Command } from 'commander';
import * as z from 'zod';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { readJsonInput } from '../json-input.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';
import type { Run } from '../run.ts';
import { databaseOption, idArgument, schemaOption } from './options.ts';

const unchanged = 'Nothing was changed.';

/** As the bridge reads them back: a WooCommerce REST key, and the secret of the shop's own webhooks if there are any. */
const keysSchema = z.object({
  consumerKey: z
    .string()
    .trim()
    .regex(/^ck_\w{1,64}$/),
  consumerSecret: z
    .string()
    .trim()
    .regex(/^cs_\w{1,64}$/),
  webhookSecret: z.string().min(16).optional(),
});

/** A new REST key does not change the secret of the shop's webhooks. */
const webhookSchema = keysSchema.pick({ webhookSecret: true });

interface ConnectOptions extends LedgerOptions {
  readonly configFile?: string;
  readonly replace?: boolean;
}

const connectStore = async (host: Host, id: string, options: ConnectOptions): Promise<Outcome> => {
  const { configFile, replace = false } = options;
  const input = await readJsonInput(host, configFile === '-' ? undefined : configFile);
  if (!input.ok) return fail(input.reason, unchanged, 'Give the keys as one JSON object.');
  const keys = keysSchema.safeParse(input.value);
  if (!keys.success) {
    const names = keys.error.issues.map(({ path }) => path.join('.')).filter((name) => name !== '');
    return fail(
      `The keys cannot be used (${names.join(', ') || 'no JSON object'}).`,
      unchanged,
      'Give {"consumerKey":"ck_…","consumerSecret":"cs_…"} as WooCommerce shows them once, with read and write permission.',
    );
  }
  return withVault(host, options, async ({ vault }) => {
    const known = storeIdSchema.safeParse(id);
    const store = known.success ? await vault.store(known.data) : undefined;
    if (store?.platform !== 'woocommerce')
      return fail(`There is no WooCommerce store ${id}.`, unchanged, 'See `gatewright store list`.');
    const before = webhookSchema.safeParse(await vault.storefrontCredentials(store.id));
    const set = await vault.setStorefrontCredentials(store.id, { ...before.data, ...keys.data }, { replace });
    if (!set.ok) {
      return fail(
        'The store has keys already.',
        unchanged,
        'If you mean to renew them, say so with --replace.',
      );
    }
    say(host, `${store.name} ${store.id}: the REST keys are in use`);
    remark(host, `Next: gatewright store test ${store.id}`);
    return done;
  });
};

export const connectCommand = (run: Run): Command =>
  new Command('connect')
    .description(
      'store a WooCommerce shop\'s REST key, read as JSON from standard input: {"consumerKey":"ck_…","consumerSecret":"cs_…"}',
    )
    .addArgument(idArgument('of the store'))
    .allowUnknownOption()
    .option('--config-file <path>', 'read the keys from a file instead; - is standard input')
    .option('--replace', 'the store has keys, put these in their place')
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(run((host, id: string, options: ConnectOptions) => connectStore(host, id, options)));
