import { Command } from 'commander';
import { done, type Outcome } from '../failure.ts';
import { type Host, say } from '../host.ts';
import { type LedgerOptions, withLedger } from '../ledger-session.ts';
import type { Run } from '../run.ts';
import { databaseOption, schemaOption } from './options.ts';

const migrate = (host: Host, options: LedgerOptions): Promise<Outcome> =>
  withLedger(host, options, async ({ location, migrated }) => {
    say(host, location);
    for (const name of migrated) say(host, `migrated ${name}`);
    if (migrated.length === 0) say(host, 'up to date');
    return done;
  });

export const migrateCommand = (run: Run): Command =>
  new Command('migrate')
    .description(
      'create the ledger, or bring its tables up to date (the bridge does the same when it starts)',
    )
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(run((host, options: LedgerOptions) => migrate(host, options)));
