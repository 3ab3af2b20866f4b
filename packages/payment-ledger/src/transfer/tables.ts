import type { LedgerSchema } from '../tables/schema.ts';

/**
 * Tables that move row by row; jobs are kept differently by each engine (stored-job.ts). Leases stay: they are of the
 * processes that use this ledger.
 */
export type MovedTable = Exclude<keyof LedgerSchema, 'jobs' | 'job_leases' | 'leases'>;

/** In the order in which their references allow them to be written, with the columns that name a row. */
export const movedTables: { readonly [T in MovedTable]: readonly (keyof LedgerSchema[T] & string)[] } = {
  stores: ['seq'],
  accounts: ['seq'],
  plugin_keys: ['seq'],
  storefront_credentials: ['store'],
  one_time_codes: ['digest'],
  nonces: ['key_id', 'nonce'],
  key_checks: ['key_id'],
  operators: ['seq'],
  invoices: ['seq'],
  inbox: ['seq'],
  facts: ['account', 'event_key', 'invoice'],
  claims: ['store', 'order_key'],
  orders: ['store', 'order_key'],
  pages: ['seq'],
  instructions: ['seq'],
  reviews: ['seq'],
  history: ['seq'],
  refunds: ['seq'],
};

export const isMovedTable = (name: string): name is MovedTable => Object.hasOwn(movedTables, name);

/** Object.keys widens; the keys are exactly those of the table above. */
export const movedTableNames = Object.keys(movedTables) as readonly MovedTable[];
