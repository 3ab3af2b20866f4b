import { type StoreId, storeIdSchema } from '@gatewright/payment-core';
import type { AddOperatorResult, Operator } from '@gatewright/payment-ledger';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, type Session, withVault } from '../ledger-session.ts';
import { isoTime, printJsonLines, printTable } from '../print.ts';
import type { Run } from '../run.ts';
import { databaseOption, idArgument, jsonOption, schemaOption, storeOption } from './options.ts';

interface StoreOptions extends LedgerOptions {
  readonly store: string;
}

const knownStore = async ({ vault }: Session, text: string): Promise<StoreId | undefined> => {
  const id = storeIdSchema.safeParse(text);
  return id.success ? (await vault.store(id.data))?.id : undefined;
};

const noStore = (text: string): Outcome =>
  fail(`There is no store ${text}.`, 'Nothing was done.', 'See `gatewright store list`.');

const refusal = (
  reason: Extract<AddOperatorResult, { ok: false }>['reason'],
  { store, name }: { readonly store: string; readonly name: string },
): Outcome => {
  switch (reason) {
    case 'unknown-store':
      return noStore(store);
    case 'malformed-name':
      return fail(
        'This name cannot be recorded.',
        'Nothing was added.',
        'Give 1 to 64 letters, digits, spaces and . _ @ -, beginning with a letter or a digit.',
        2,
      );
    case 'name-taken':
      return fail(
        `The store has a valid credential of ${name}.`,
        'Nothing was added: a decision has to name one person.',
        'Choose another name, or revoke that one first: `gatewright operator list`.',
      );
    default: {
      const never: never = reason;
      return never;
    }
  }
};

const addOperator = (host: Host, options: StoreOptions & { readonly name: string }): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const store = await knownStore(session, options.store);
    if (store === undefined) return noStore(options.store);
    const added = await session.vault.addOperator(store, options.name);
    if (!added.ok) return refusal(added.reason, options);
    say(host, added.token);
    remark(
      host,
      `The token of ${added.operator.name} for this store's reviews. It is shown this once; the ledger keeps a digest. Hand it over safely: what it decides is recorded under this name.`,
    );
    return done;
  });

const printed = ({ id, name, createdAt, revokedAt }: Operator) => ({
  id,
  name,
  createdAt: isoTime(createdAt),
  revokedAt: revokedAt === null ? null : isoTime(revokedAt),
});

const listOperators = (host: Host, options: StoreOptions & { readonly json?: boolean }): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const store = await knownStore(session, options.store);
    if (store === undefined) return noStore(options.store);
    const operators = (await session.vault.operatorsOf(store)).map(printed);
    if (options.json === true) printJsonLines(host, operators);
    else {
      printTable(host, [
        ['ID', 'NAME', 'SINCE', 'REVOKED'],
        ...operators.map(({ id, name, createdAt, revokedAt }) => [id, name, createdAt, revokedAt ?? '-']),
      ]);
    }
    if (operators.length === 0) remark(host, 'No operator yet: gatewright operator add --help');
    return done;
  });

const revokeOperator = (host: Host, id: string, options: LedgerOptions): Promise<Outcome> =>
  withVault(host, options, async ({ vault }) => {
    if (await vault.revokeOperator(id)) {
      say(host, `${id}: revoked, its token is worth nothing from now on`);
      return done;
    }
    return fail(
      `There is no valid credential ${id}.`,
      'Nothing was revoked.',
      'See `gatewright operator list --store ID`.',
    );
  });

export const operatorCommand = (run: Run): Command =>
  new Command('operator')
    .description("who may resolve a store's reviews over HTTP, on the operator's port")
    .addCommand(
      new Command('add')
        .description("make a token for one store's reviews and print it, once")
        .addOption(storeOption())
        .requiredOption('--name <name>', 'of the person; recorded as who decided')
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: StoreOptions & { name: string }) => addOperator(host, options))),
    )
    .addCommand(
      new Command('list')
        .description('list the credentials of a store, revoked ones too; never the tokens')
        .addOption(storeOption())
        .addOption(jsonOption())
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, options: StoreOptions & { json?: boolean }) => listOperators(host, options))),
    )
    .addCommand(
      new Command('revoke')
        .description('make a token worthless')
        .addArgument(idArgument('of the credential, as `operator list` shows it'))
        .allowUnknownOption()
        .addOption(databaseOption())
        .addOption(schemaOption())
        .action(run((host, id: string, options: LedgerOptions) => revokeOperator(host, id, options))),
    );
