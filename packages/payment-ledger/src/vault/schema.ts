import type { AccountId, Mode, StoreId } from '@gatewright/payment-core';
import type { Generated } from 'kysely';

export interface VaultSchema {
  stores: StoresTable;
  accounts: AccountsTable;
  plugin_keys: PluginKeysTable;
  storefront_credentials: StorefrontCredentialsTable;
  one_time_codes: OneTimeCodesTable;
  nonces: NoncesTable;
  key_checks: KeyChecksTable;
  operators: OperatorsTable;
}

export interface StoresTable {
  seq: Generated<number>;
  id: StoreId;
  name: string;
  mode: Mode;
  platform: string;
  url: string;
  policy: string;
  settings: string;
  created_at: number;
}

export interface AccountsTable {
  seq: Generated<number>;
  id: AccountId;
  store: StoreId;
  gateway: string;
  mode: Mode;
  /** Sealed. */
  config: string;
  enabled: number;
  created_at: number;
}

export interface PluginKeysTable {
  seq: Generated<number>;
  key_id: string;
  store: StoreId;
  /** Sealed. */
  secret: string;
  created_at: number;
}

export interface StorefrontCredentialsTable {
  store: StoreId;
  /** Sealed. */
  credentials: string;
  created_at: number;
}

export interface OneTimeCodesTable {
  /** SHA-256 of the code. */
  digest: string;
  purpose: string;
  store: StoreId;
  expires_at: number;
  used_at: number | null;
}

export interface NoncesTable {
  key_id: string;
  nonce: string;
  expires_at: number;
}

export interface KeyChecksTable {
  key_id: string;
  /** Sealed. */
  proof: string;
}

export interface OperatorsTable {
  seq: Generated<number>;
  id: string;
  store: StoreId;
  name: string;
  /** SHA-256 of the token. */
  digest: string;
  created_at: number;
  revoked_at: number | null;
}
