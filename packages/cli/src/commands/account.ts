import type { Account } from '@gatewright/payment-core';
import { Command, Option } from 'commander';
import { done, type Outcome } from '../failure.ts';
import { type Host, remark } from '../host.ts';
import { type LedgerOptions, type Session, withVault } from '../ledger-session.ts';
import { printJsonLines, printTable } from '../print.ts';
import type { Run } from '../run.ts';
import { type AddOptions, addAccount, gatewayIds } from './account-add.ts';
import { switchAccount, updateAccount } from './account-change.ts';
import type { CheckOptions } from './account-test.ts';
import { databaseOption, idArgument, jsonOption, sandboxOption, schemaOption } from './options.ts';

interface ListOptions extends LedgerOptions {
  readonly store?: string;
  readonly json?: boolean;
}

const accountsIn = async ({ vault }: Session, store: string | undefined): Promise<readonly Account[]> => {
  const stores = (await vault.stores()).filter(({ id }) => store === undefined || id === store);
  return (await Promise.all(stores.map(({ id }) => vault.accountsOf(id)))).flat();
};

/** Never the configuration. */
const listAccounts = (host: Host, options: ListOptions): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const accounts = (await accountsIn(session, options.store)).map(
      ({ id, store, gateway, mode, enabled }) => ({ id, store, gateway, mode, enabled }),
    );
    if (options.json === true) printJsonLines(host, accounts);
    else {
      printTable(host, [
        ['ID', 'STORE', 'GATEWAY', 'MODE', 'ENABLED'],
        ...accounts.map(({ id, store, gateway, mode, enabled }) => [
          id,
          store,
          gateway,
          mode,
          enabled ? 'yes' : 'no',
        ]),
      ]);
    }
    if (accounts.length === 0) remark(host, 'No account yet: gatewright account add --help');
    return done;
  });

const updateCommand = (run: Run): Command =>
  new Command('update')
    .description(
      'replace the configuration of an account, as when a token or a secret was renewed; its id and its address for webhooks stay',
    )
    .addArgument(idArgument('of the account'))
    .allowUnknownOption()
    .option('--config-file <path>', 'read the new configuration from a file; - or nothing is standard input')
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(
      run((host, id: string, options: LedgerOptions & { configFile?: string }) =>
        updateAccount(host, id, options),
      ),
    );

const switchCommand = (run: Run, name: 'enable' | 'disable', description: string): Command =>
  new Command(name)
    .description(description)
    .addArgument(idArgument('of the account'))
    .allowUnknownOption()
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(
      run((host, id: string, options: LedgerOptions) => switchAccount(name === 'enable')(host, id, options)),
    );

export const accountCommand = (run: Run): Command =>
  new Command('account')
    .description('the sets of gateway credentials that belong to a store')
    .addCommand(
      new Command('add')
        .description(
          'add an account; reads its configuration as JSON from standard input (arguments are visible to everyone on the machine) and prints its id',
        )
        .requiredOption('--store <id>', 'the store it belongs to')
        .requiredOption('--gateway <id>', gatewayIds().join(', '))
        .addOption(
          new Option(
            '--config-file <path>',
            'read the configuration from a file instead; the gateway "test" needs none',
          ),
        )
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: AddOptions) => addAccount(host, options))),
    )
    .addCommand(
      new Command('list')
        .description('list accounts, without their credentials')
        .option('--store <id>', 'of one store only')
        .addOption(jsonOption())
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: ListOptions) => listAccounts(host, options))),
    )
    .addCommand(
      new Command('test')
        .description('ask the gateway whether the credentials work, by a call that changes nothing')
        .addArgument(idArgument('of the account'))
        .allowUnknownOption()
        .addOption(sandboxOption())
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(
          run(async (host, id: string, options: CheckOptions) => {
            // Loaded here, so that commands that call nobody start without an HTTP client.
            const { testAccount } = await import('./account-test.ts');
            return testAccount(host, id, options);
          }),
        ),
    )
    .addCommand(updateCommand(run))
    .addCommand(switchCommand(run, 'disable', 'stop offering an account; open payments are still watched'))
    .addCommand(switchCommand(run, 'enable', 'offer an account again'));
