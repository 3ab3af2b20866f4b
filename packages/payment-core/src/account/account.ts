import type { AccountId, StoreId } from '../identity/identity.ts';
import type { Mode } from '../invoice/invoice.ts';
import type { Policy } from '../invoice/policy.ts';

/** One set of gateway credentials. `config` is what the gateway's own schema reads; it is sealed at rest. */
export interface Account {
  readonly id: AccountId;
  readonly store: StoreId;
  readonly gateway: string;
  readonly mode: Mode;
  readonly config: unknown;
  readonly enabled: boolean;
}

/** One shop, as far as the core needs it. */
export interface Store {
  readonly id: StoreId;
  readonly name: string;
  readonly mode: Mode;
  readonly policy: Policy;
}

/** Where stores and accounts come from: the sealed ledger, or medusa-config. */
export interface Directory {
  store(id: StoreId): Promise<Store | undefined>;
  account(id: AccountId): Promise<Account | undefined>;
  accountsOf(store: StoreId): Promise<readonly Account[]>;
}
