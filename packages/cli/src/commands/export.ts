import type { OpenedSqlLedger } from '@gatewright/payment-ledger';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark } from '../host.ts';
import { databaseUrl, type LedgerOptions, withLedger } from '../ledger-session.ts';
import { tableLines } from '../print.ts';
import type { Run } from '../run.ts';
import { databaseTrouble } from '../transfer/database-trouble.ts';
import { lineWriter, OutputClosed } from '../transfer/line-writer.ts';
import { summary, totalsTable } from '../transfer/totals.ts';
import { databaseOption, schemaOption } from './options.ts';

interface ExportOptions extends LedgerOptions {
  readonly whileInUse?: boolean;
}

const notExported = 'Nothing was exported.';
const progressEvery = 50_000;

const missing = fail(
  'There is no ledger at this address.',
  notExported,
  'Check --db or DATABASE_URL; a path is taken from the folder that the command runs in.',
);

const inUse = fail(
  'Another process has this ledger open: a bridge, or another command.',
  `${notExported} What the bridge takes in from now on would stay behind.`,
  'Stop the bridge (gateways send their webhooks again, and open invoices are read afterwards) and run it again. For a copy to look at, add --while-in-use.',
);

const notRead = fail(
  'The export was not read to its end.',
  'It is of no use; `gatewright import` keeps nothing of it. The ledger is unchanged.',
  'See what the reading command says, and run both again. Where it is a file, look whether the disk is full.',
);

/** Says now and then how far it is; a large ledger takes minutes. */
const withProgress = (host: Host, write: (line: string) => Promise<void>) => {
  let lines = 0;
  return async (line: string): Promise<void> => {
    await write(line);
    lines += 1;
    if (lines % progressEvery === 0) remark(host, `export: ${lines} lines so far`);
  };
};

const writeAll = async (host: Host, { location, transfer }: OpenedSqlLedger): Promise<Outcome> => {
  try {
    const totals = await transfer.export(withProgress(host, lineWriter(host.output)));
    for (const line of tableLines(totalsTable(totals))) remark(host, line);
    remark(host, `exported ${location}: ${summary(totals)}`);
    return done;
  } catch (error) {
    if (error instanceof OutputClosed) return notRead;
    const trouble = databaseTrouble(error);
    if (trouble === undefined) throw error;
    return fail(
      `The ledger cannot be read: ${trouble}.`,
      'The export has no end, and `gatewright import` keeps nothing of it. The ledger is unchanged.',
      'See that the database answers, and run it again.',
    );
  }
};

const exportLedger = async (host: Host, options: ExportOptions): Promise<Outcome> => {
  const { whileInUse = false } = options;
  const url = databaseUrl(host, options);
  // Loaded here: it needs a database, which the other commands must not pay for.
  const { isFileInUse, mayExist, otherSessions, underOwnName } = await import('../transfer/other-users.ts');
  if (host.output.isTTY === true) {
    return fail(
      'Standard output is a terminal, and an export holds what shoppers bought.',
      notExported,
      'Write it into a pipe or a file: gatewright export --db … | gatewright import --db …',
      2,
    );
  }
  if (!mayExist(url)) return missing;
  if (!whileInUse && isFileInUse(url)) return inUse;
  return withLedger(host, { ...options, db: underOwnName(url) }, async (opened) => {
    if (opened.migrated.includes('0001-ledger')) return missing;
    if (!whileInUse && (await otherSessions(opened)) > 0) return inUse;
    return writeAll(host, opened);
  });
};

export const exportCommand = (run: Run): Command =>
  new Command('export')
    .description(
      'write the whole ledger to standard output as JSON lines, secrets still sealed; counts and digests go to standard error',
    )
    .addOption(databaseOption())
    .addOption(schemaOption())
    .option('--while-in-use', 'a copy to look at: what the bridge takes in meanwhile is not in it')
    .action(run((host, options: ExportOptions) => exportLedger(host, options)));
