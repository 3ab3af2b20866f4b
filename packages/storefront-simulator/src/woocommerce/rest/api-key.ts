import type { Random } from '../../random.ts';

export type KeyPermissions = 'read' | 'write' | 'read_write';

/** A WooCommerce REST API key. */
export interface ApiKey {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly permissions: KeyPermissions;
  /** Used OAuth nonces and their timestamps in seconds. */
  readonly nonces: Map<string, number>;
}

export const newApiKey = (random: Random, permissions: KeyPermissions): ApiKey => ({
  consumerKey: `ck_${random.hex(40)}`,
  consumerSecret: `cs_${random.hex(40)}`,
  permissions,
  nonces: new Map(),
});
