import { type Job, jobKey, type LedgerTransaction } from '@gatewright/payment-core';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, withLedger } from '../ledger-session.ts';
import { printJsonLines, printTable } from '../print.ts';
import type { Run } from '../run.ts';
import { databaseOption, idArgument, jsonOption, schemaOption } from './options.ts';

const listDead = (host: Host, options: LedgerOptions & { readonly json?: boolean }): Promise<Outcome> =>
  withLedger(host, options, async ({ jobs }) => {
    const dead = await jobs.dead();
    if (options.json === true) printJsonLines(host, dead);
    else {
      printTable(host, [
        ['ID', 'ATTEMPTS', 'JOB', 'REASON'],
        ...dead.map(({ id, attempts, job, reason }) => [id, String(attempts), jobKey(job), reason]),
      ]);
    }
    if (dead.length === 0) remark(host, 'No job was given up.');
    return done;
  });

/** Giving up marked the event as failed; only a pending one is applied. */
const makeApplicable = async (tx: LedgerTransaction, job: Job): Promise<void> => {
  if (job.kind !== 'apply-event') return;
  const row = await tx.inbox.byId(job.inbox);
  if (row?.state === 'failed') await tx.inbox.setState(row.id, 'pending', 'applied again by a person');
};

const retryJob = (host: Host, id: string, options: LedgerOptions): Promise<Outcome> =>
  withLedger(host, options, async ({ jobs, ledger }) => {
    const found = (await jobs.dead()).find((dead) => dead.id === id);
    if (found === undefined) {
      return fail(`No job ${id} was given up.`, 'Nothing was done.', 'See `gatewright jobs list --dead`.');
    }
    await ledger.transact(async (tx) => {
      await makeApplicable(tx, found.job);
      await tx.jobs.enqueue(found.job, host.clock.now());
    });
    say(host, `${jobKey(found.job)} is due again`);
    remark(
      host,
      'The running bridge takes it in a few seconds. The old entry stays in the list, as a record of what happened; repeating it does the work once.',
    );
    return done;
  });

export const jobsCommand = (run: Run): Command =>
  new Command('jobs')
    .description('work that was given up after many attempts')
    .addCommand(
      new Command('list')
        .description('list the jobs that were given up; the bridge looks after the others')
        .requiredOption('--dead', 'the ones that were given up')
        .addOption(jsonOption())
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: LedgerOptions & { json?: boolean }) => listDead(host, options))),
    )
    .addCommand(
      new Command('retry')
        .description('make a job that was given up due again')
        .addArgument(idArgument('of the job'))
        .allowUnknownOption()
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, id: string, options: LedgerOptions) => retryJob(host, id, options))),
    );
