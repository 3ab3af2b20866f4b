import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ImportResult, OpenedSqlLedger, TableTotal } from '@gatewright/payment-ledger';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, say } from '../host.ts';
import { keyRingTrouble, type LedgerOptions, sealTrouble, withLedger } from '../ledger-session.ts';
import { printTable } from '../print.ts';
import type { Run } from '../run.ts';
import { databaseTrouble } from '../transfer/database-trouble.ts';
import { InputBroken, readLines } from '../transfer/line-reader.ts';
import { summary, totalsTable } from '../transfer/totals.ts';
import { databaseOption, schemaOption } from './options.ts';

interface ImportOptions extends LedgerOptions {
  readonly file?: string;
}

const notImported = 'Nothing was imported: the ledger holds what it held before.';

const remedyOf = (reason: Extract<ImportResult, { ok: false }>['reason']): string => {
  switch (reason) {
    case 'not-empty':
      return 'Give the address of a new database or file. A bridge that was started on it once has put something in.';
    case 'other-version':
      return 'Install the same version on both sides: `gatewright migrate` brings the older ledger up to date. Then export again.';
    case 'incomplete':
      return 'See what the exporting command says, and export again.';
    case 'malformed':
    case 'damaged':
      return 'Export again and change nothing in it. In a pipe both commands do it at once.';
    default: {
      const never: never = reason;
      return never;
    }
  }
};

const imported = (host: Host, location: string, totals: readonly TableTotal[]): void => {
  printTable(host, totalsTable(totals));
  say(host, `imported ${location}: ${summary(totals)}`);
  say(host, 'Every count and digest is the same as in the export.');
};

const readAll = async (host: Host, opened: OpenedSqlLedger, input: Readable): Promise<Outcome> => {
  try {
    const result = await opened.transfer.import(readLines(input));
    if (!result.ok) return fail(result.message, notImported, remedyOf(result.reason));
    imported(host, opened.location, result.tables);
    return done;
  } catch (error) {
    if (error instanceof InputBroken)
      return fail(
        `The export cannot be read: ${error.message}.`,
        notImported,
        'Check --file, or export again.',
      );
    const trouble = databaseTrouble(error);
    if (trouble === undefined) throw error;
    return fail(
      `The ledger cannot be written: ${trouble}.`,
      notImported,
      'Look whether the disk is full and the database answers, then run both commands again.',
    );
  }
};

/** Undefined for a file that cannot be opened. */
const openInput = async (host: Host, file: string | undefined): Promise<Readable | undefined> => {
  if (file === undefined) return host.input;
  try {
    return (await open(file)).createReadStream();
  } catch {
    return undefined;
  }
};

const importLedger = async (host: Host, options: ImportOptions): Promise<Outcome> => {
  const { file } = options;
  if (file === undefined && host.input.isTTY === true) {
    return fail(
      'Standard input is a keyboard.',
      notImported,
      'gatewright export --db … | gatewright import --db …, or --file with an export.',
      2,
    );
  }
  const ringTrouble = await keyRingTrouble(host);
  if (ringTrouble !== undefined)
    return fail(ringTrouble, notImported, 'Set GATEWRIGHT_KEYS to the key ring of the exported ledger.');
  const input = await openInput(host, file);
  if (input === undefined)
    return fail(`${file} cannot be opened.`, notImported, 'Check --file and who may read it.');
  const outcome = await withLedger(host, options, (opened) => readAll(host, opened, input));
  input.destroy();
  if (!outcome.ok) return outcome;
  const trouble = await sealTrouble(host, options);
  return trouble === undefined
    ? done
    : fail(
        trouble,
        'Everything was imported and compared, but a bridge with this key ring does not start on it.',
        'Set GATEWRIGHT_KEYS to the key ring of the exported ledger. It need not be imported again.',
      );
};

export const importCommand = (run: Run): Command =>
  new Command('import')
    .description(
      'read what `gatewright export` wrote into an empty ledger: all of it, compared by counts and digests, or nothing',
    )
    .addOption(databaseOption())
    .addOption(schemaOption())
    .option('--file <path>', 'read it from a file; default: standard input')
    .action(run((host, options: ImportOptions) => importLedger(host, options)));
