import { Argument, Option } from 'commander';

/** No default is shown: DATABASE_URL may carry a password. */
export const databaseOption = (): Option =>
  new Option(
    '--db <url>',
    'the ledger; default: DATABASE_URL, else sqlite:./gatewright.db. A URL with a password belongs in DATABASE_URL',
  );

export const schemaOption = (): Option =>
  new Option('--schema <name>', "where the ledger's tables are in a PostgreSQL database; default: public");

export const jsonOption = (): Option => new Option('--json', 'one line of JSON each');

export const storeOption = (): Option => new Option('--store <id>', 'the store').makeOptionMandatory();

export const sandboxOption = (): Option =>
  new Option('--sandbox', 'permit calls to this machine, over http too (simulators)');

/** Ids are base64url and may begin with a dash, so such a command also sets `allowUnknownOption`. */
export const idArgument = (what: string): Argument => new Argument('<id>', what);
