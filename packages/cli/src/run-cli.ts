import { Command, CommanderError } from 'commander';
import { accountCommand } from './commands/account.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { jobsCommand } from './commands/jobs.ts';
import { keysCommand } from './commands/keys.ts';
import { migrateCommand } from './commands/migrate.ts';
import { operatorCommand } from './commands/operator.ts';
import { pairCommand } from './commands/pair.ts';
import { reviewCommand } from './commands/review.ts';
import { storeCommand } from './commands/store.ts';
import { verifyCommand } from './commands/verify.ts';
import { done, failureText, type Outcome } from './failure.ts';
import type { Host } from './host.ts';
import type { Run } from './run.ts';

const program = (host: Host, run: Run): Command => {
  const root = new Command('gatewright')
    .description('Gatewright: find out why a webhook was refused; keep stores and their accounts.')
    .addCommand(verifyCommand(run))
    .addCommand(keysCommand(run))
    .addCommand(migrateCommand(run))
    .addCommand(exportCommand(run))
    .addCommand(importCommand(run))
    .addCommand(storeCommand(run))
    .addCommand(accountCommand(run))
    .addCommand(pairCommand(run))
    .addCommand(reviewCommand(run))
    .addCommand(jobsCommand(run))
    .addCommand(operatorCommand(run));
  const settle = (command: Command): void => {
    command
      .exitOverride()
      .allowExcessArguments(false)
      .showHelpAfterError(`(${command.name()} --help says more)`)
      .configureOutput({
        writeOut: (text) => host.output.write(text),
        writeErr: (text) => host.errors.write(text),
      });
    for (const child of command.commands) settle(child);
  };
  settle(root);
  return root;
};

/**
 * Runs one command line (without the names of node and script).
 * @returns the exit code: 0 done, 1 could not be done, 2 wrong use
 */
export const runCli = async (args: readonly string[], host: Host): Promise<number> => {
  const ended: { outcome: Outcome } = { outcome: done };
  const run: Run =
    (work) =>
    async (...given) => {
      ended.outcome = await work(host, ...given);
    };
  try {
    await program(host, run).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  const { outcome } = ended;
  if (outcome.ok) return 0;
  host.errors.write(failureText(outcome.failure));
  return outcome.failure.exitCode;
};
