import type { LedgerTransaction } from '@gatewright/payment-core';
import type { LeaseTable } from './leases/lease-table.ts';

export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/**
 * Runs one statement inside the transaction; every `${value}` is bound, never written into the text.
 * @example const rows = await tx.sql`select token from my_sessions where shop = ${shop}`;
 */
export type Sql = (text: TemplateStringsArray, ...values: readonly SqlValue[]) => Promise<readonly SqlRow[]>;

/** The port's transaction, turns over all processes, and SQL for the tables a wrapper registered. */
export interface SqlTransaction extends LedgerTransaction {
  readonly leases: LeaseTable;
  readonly sql: Sql;
}

/** Tables that a wrapper keeps beside ours. They are its own: it reads and writes no other. */
export interface OwnTables {
  /** Lower-case letters, digits and underscores; prefix of its tables, and the name its migrations are kept under. */
  readonly name: string;
  /** Run once each, in this order. A migration that was released is never changed. */
  readonly migrations: readonly { readonly name: string; readonly statements: readonly string[] }[];
}

const OWN_NAME = /^[a-z][a-z0-9_]{0,31}$/;

/** @throws TypeError for a name that is malformed or ours: a bug of the wrapper. */
export const checkOwnTables = ({ name }: OwnTables): void => {
  if (!OWN_NAME.test(name) || name.startsWith('gatewright')) {
    throw new TypeError(`ledger: "${name}" is no name for a wrapper's tables`);
  }
};
