import { Command } from 'commander';
import type { Run } from '../run.ts';
import { databaseOption, idArgument, jsonOption, schemaOption, storeOption } from './options.ts';
import { type ExplainOptions, explainItem } from './review-explain.ts';
import { type ListOptions, listItems } from './review-list.ts';
import { decisionOptions, type ResolveOptions, resolveItem } from './review-resolve.ts';

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
        .option('--limit <n>', 'at most so many', '100')
        .option('--after <id>', 'those that come after this item; with --store only')
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
