import { type ReviewRow, reviewSummary, type StoreId } from '@gatewright/payment-core';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark } from '../host.ts';
import { type LedgerOptions, type Session, withVault } from '../ledger-session.ts';
import { isoTime, printJsonLines, printTable } from '../print.ts';
import type { Run } from '../run.ts';
import { databaseOption, idArgument, jsonOption, schemaOption, storeOption } from './options.ts';
import { type ExplainOptions, explainItem } from './review-explain.ts';
import { decisionOptions, type ResolveOptions, resolveItem } from './review-resolve.ts';

interface ListOptions extends LedgerOptions {
  readonly store?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

const storesIn = async ({ vault }: Session, store?: string): Promise<readonly StoreId[]> =>
  (await vault.stores()).map(({ id }) => id).filter((id) => store === undefined || id === store);

const itemsOf = (
  { opened }: Session,
  stores: readonly StoreId[],
  all: boolean,
): Promise<readonly ReviewRow[]> =>
  opened.ledger.transact(async (tx) => {
    const found: ReviewRow[] = [];
    for (const store of stores) {
      found.push(...(await tx.reviews.list(store, { open: true })));
      if (all) found.push(...(await tx.reviews.list(store, { open: false })));
    }
    return found.sort((a, b) => a.openedAt - b.openedAt);
  });

const stateOf = ({ resolution }: ReviewRow): string =>
  resolution === null ? 'open' : `${resolution.decision} by ${resolution.by}`;

const printItems = (host: Host, rows: readonly ReviewRow[]): void =>
  printTable(host, [
    ['ID', 'SINCE', 'STORE', 'ORDER', 'KIND', 'STATE', 'DETAIL'],
    ...rows.map((row) => [
      row.id,
      isoTime(row.openedAt),
      row.store,
      row.orderKey ?? '-',
      row.kind,
      stateOf(row),
      row.detail,
    ]),
  ]);

const listItems = (host: Host, options: ListOptions): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const stores = await storesIn(session, options.store);
    if (options.store !== undefined && stores.length === 0) {
      return fail(
        `There is no store ${options.store}.`,
        'Nothing is listed.',
        'See `gatewright store list`.',
      );
    }
    const rows = await itemsOf(session, stores, options.all === true);
    if (options.json === true) printJsonLines(host, rows.map(reviewSummary));
    else printItems(host, rows);
    if (rows.length === 0) remark(host, 'Nothing to review.');
    return done;
  });

const resolveCommand = (run: Run): Command => {
  const command = new Command('resolve')
    .description(
      'end an item by your decision; who and why are recorded. A running bridge tells the shop, nobody else is called',
    )
    .addArgument(idArgument('of the item'))
    .allowUnknownOption()
    .addOption(storeOption());
  for (const option of decisionOptions()) command.addOption(option);
  return command
    .requiredOption('--reason <text>', 'why')
    .requiredOption('--by <name>', 'who decides')
    .addOption(databaseOption())
    .addOption(schemaOption())
    .action(run((host, id: string, options: ResolveOptions) => resolveItem(host, id, options)));
};

export const reviewCommand = (run: Run): Command =>
  new Command('review')
    .description('what a person has to look at, and what was decided')
    .addCommand(
      new Command('list')
        .description('list open items, oldest first')
        .option('--store <id>', 'of one store only')
        .option('--all', 'the resolved ones too')
        .addOption(jsonOption())
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: ListOptions) => listItems(host, options))),
    )
    .addCommand(
      new Command('explain')
        .description(
          'show what led to an item: every attempt, what the gateway said, what the shop was told, and why. Safe to paste',
        )
        .addArgument(idArgument('of the item'))
        .allowUnknownOption()
        .addOption(storeOption())
        .addOption(jsonOption())
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, id: string, options: ExplainOptions) => explainItem(host, id, options))),
    )
    .addCommand(resolveCommand(run));
