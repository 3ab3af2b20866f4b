import { minutes, storeIdSchema } from '@gatewright/payment-core';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';
import type { Run } from '../run.ts';
import { databaseOption, schemaOption } from './options.ts';

const lifetime = minutes(10);

/** One string to paste: the bridge's address and, behind `#`, the code (bridge-api.md, Pairing 1). */
const pairingCode = (publicUrl: string, code: string): string => `${publicUrl.replace(/\/+$/, '')}#${code}`;

const pair = async (host: Host, options: LedgerOptions & { readonly store: string }): Promise<Outcome> => {
  const { publicUrl } = host.environment;
  if (publicUrl === undefined || !URL.canParse(publicUrl)) {
    return fail(
      "PUBLIC_URL does not hold the bridge's address.",
      'No code was made: it has to tell the plugin where the bridge is.',
      'Set PUBLIC_URL as for the bridge, such as https://pay.example.',
    );
  }
  return withVault(host, options, async ({ vault }) => {
    const known = storeIdSchema.safeParse(options.store);
    const store = known.success ? await vault.store(known.data) : undefined;
    if (store === undefined) {
      return fail(`There is no store ${options.store}.`, 'No code was made.', 'See `gatewright store list`.');
    }
    say(host, pairingCode(publicUrl, await vault.issueCode('pairing', store.id, lifetime)));
    remark(host, `For ${store.url} only, once, within 10 minutes. Paste it into the plugin's settings.`);
    return done;
  });
};

export const pairCommand = (run: Run): Command =>
  new Command('pair')
    .description("make a code that connects a shop's plugin with the bridge (needs PUBLIC_URL)")
    .requiredOption('--store <id>', 'the store to connect')
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(run((host, options: LedgerOptions & { store: string }) => pair(host, options)));
