import type { Look } from '@gatewright/pay-page';
import type { Account, ConfiguredRates, MedusaOrderTiming, Store, StoreId } from '@gatewright/payment-core';
import { storeIdSchema } from '@gatewright/payment-core';

/** A Medusa server is one store of ours. */
export const medusaStoreId: StoreId = storeIdSchema.parse('medusa');

/** One provider entry of the shop's configuration as an account of ours. */
export interface EntryAccount extends Account {
  /** The entry's `id` in medusa-config; the account's own id is `pp_gatewright_<id>`. */
  readonly entry: string;
}

/** The plugin's options and the provider entries, read and checked. */
export interface MedusaSettings {
  /** Origin under which gateways and shoppers reach this Medusa server. */
  readonly publicUrl: string;
  /** Where shoppers may be sent back to; empty: nowhere but `publicUrl`. */
  readonly storefrontUrls: readonly string[];
  readonly orderTiming: MedusaOrderTiming;
  /** The database of the ledger; it holds a password, so it is shown nowhere. */
  readonly databaseUrl: string;
  readonly store: Store;
  readonly look: Look;
  /** Whether the owner named the shop in the options; else its name in Medusa is shown. */
  readonly named: boolean;
  readonly accounts: readonly EntryAccount[];
  readonly rates: ConfiguredRates;
  /** Permits http to simulators on this machine, nothing else, and refuses every live gateway. */
  readonly sandbox: boolean;
}
