export { defaultJobPolicy, exponentialBackoff, type JobPolicy } from './jobs/job-policy.ts';
export { createJobRunner, type JobRunner, type JobRunnerOptions, type Timer } from './jobs/job-runner.ts';
export { openLedger } from './open-ledger.ts';
export {
  type LedgerParts,
  type LedgerRefusal,
  type OpenedSqlLedger,
  openSqliteLedger,
  type SqliteOptions,
  type SqlLedger,
} from './sqlite/open-sqlite-ledger.ts';
export type { OwnTables, Sql, SqlRow, SqlValue } from './tables/sql.ts';
export type { SqlTransaction } from './tables/transaction.ts';
export type { AddAccountResult, NewAccount } from './vault/accounts.ts';
export { type KeyRing, type KeyRingFault, type KeyRingResult, parseKeyRing } from './vault/key-ring.ts';
export type { CodePurpose, RedeemResult } from './vault/one-time-codes.ts';
export type { PluginKey, SetPluginKeyResult } from './vault/plugin-keys.ts';
export { normaliseStoreUrl, type StoreUrlResult } from './vault/store-url.ts';
export type { SetCredentialsResult } from './vault/storefront-credentials.ts';
export type { AddStoreResult, NewStore, StoreRecord } from './vault/stores.ts';
export type { Vault } from './vault/vault.ts';
