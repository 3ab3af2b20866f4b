import { modeSchema } from '@gatewright/payment-core';
import { Command, Option } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';
import { isoTime, printJsonLines, printTable } from '../print.ts';
import type { Run } from '../run.ts';
import type { CheckOptions } from './account-test.ts';
import { databaseOption, idArgument, jsonOption, sandboxOption, schemaOption } from './options.ts';
import { connectCommand } from './store-connect.ts';
import { lookCommand } from './store-look.ts';
import { modeCommand } from './store-mode.ts';
import { policyCommand } from './store-policy.ts';

const platforms = ['woocommerce', 'shopify', 'medusa'];

interface AddOptions extends LedgerOptions {
  readonly name: string;
  readonly url: string;
  readonly platform: string;
  readonly mode: string;
}

const addStore = (host: Host, options: AddOptions): Promise<Outcome> =>
  withVault(host, options, async ({ vault }) => {
    const { name, url, platform } = options;
    const added = await vault.addStore({ name, url, platform, mode: modeSchema.parse(options.mode) });
    if (added.ok) {
      say(host, added.store.id);
      remark(host, `Added. Next: gatewright account add --store ${added.store.id} --gateway …`);
      return done;
    }
    return added.reason === 'url-taken'
      ? fail(
          `A store with the address ${url} is there already.`,
          'Nothing was added.',
          'See `gatewright store list`.',
        )
      : fail(
          `${url} is not the address of a shop.`,
          'Nothing was added.',
          'Give the address as in a browser, without query: https://shop.example or https://shop.example/de.',
          2,
        );
  });

const listStores = (host: Host, options: LedgerOptions & { readonly json?: boolean }): Promise<Outcome> =>
  withVault(host, options, async ({ vault }) => {
    const stores = await vault.stores();
    if (options.json === true) {
      printJsonLines(
        host,
        stores.map(({ id, name, platform, mode, url, createdAt }) => ({
          id,
          name,
          platform,
          mode,
          url,
          createdAt: isoTime(createdAt),
        })),
      );
      return done;
    }
    printTable(host, [
      ['ID', 'PLATFORM', 'MODE', 'URL', 'NAME'],
      ...stores.map(({ id, platform, mode, url, name }) => [id, platform, mode, url, name]),
    ]);
    if (stores.length === 0) remark(host, 'No store yet: gatewright store add --help');
    return done;
  });

export const storeCommand = (run: Run): Command =>
  new Command('store')
    .description('the shops that this ledger serves')
    .addCommand(
      new Command('add')
        .description('add a shop; prints its id')
        .requiredOption('--name <text>', 'its name')
        .requiredOption('--url <url>', 'its address, as in a browser')
        .addOption(new Option('--platform <name>').choices(platforms).default('woocommerce'))
        .addOption(
          new Option(
            '--mode <mode>',
            'a live store takes live accounts only, a test store test accounts only',
          )
            .choices(modeSchema.options)
            .makeOptionMandatory(),
        )
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: AddOptions) => addStore(host, options))),
    )
    .addCommand(
      new Command('list')
        .description('list the shops')
        .addOption(jsonOption())
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: LedgerOptions & { json?: boolean }) => listStores(host, options))),
    )
    .addCommand(connectCommand(run))
    .addCommand(modeCommand(run))
    .addCommand(lookCommand(run))
    .addCommand(policyCommand(run))
    .addCommand(
      new Command('test')
        .description('check a shop: reachable, paired, and its accounts; exit code 1 when something is wrong')
        .addArgument(idArgument('of the store'))
        .allowUnknownOption()
        .addOption(sandboxOption())
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(
          run(async (host, id: string, options: CheckOptions) => {
            // Loaded here, so that commands that call nobody start without an HTTP client.
            const { testStore } = await import('./store-test.ts');
            return testStore(host, id, options);
          }),
        ),
    );
