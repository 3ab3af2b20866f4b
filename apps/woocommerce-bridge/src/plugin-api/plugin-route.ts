import type { PageHost } from '@gatewright/pay-page';
import type { Finding, Mode, Ports, StoreId } from '@gatewright/payment-core';
import type { OrderIdentities } from '../woocommerce/order-identities.ts';
import type { Answer } from './call.ts';

/** The shop that signed the call. */
export interface CallingStore {
  readonly id: StoreId;
  readonly name: string;
  readonly mode: Mode;
  /** Base URL of the shop. */
  readonly url: string;
}

/** A call whose signature has been checked; everything in it is scoped by `store` (invariant 6). */
export interface PluginCall {
  readonly store: CallingStore;
  readonly params: Readonly<Record<string, string>>;
  readonly target: string;
  readonly body: Uint8Array;
}

export type PluginRoute = (call: PluginCall) => Promise<Answer>;

/** What the routes need besides the call. */
export interface PluginApi {
  readonly ports: Ports;
  /** Where shoppers reach the pages. */
  readonly pages: PageHost;
  readonly identities: OrderIdentities;
  readonly version: string;
  /** What is wrong with the connection to this store, as far as it was seen. */
  readonly findings: (store: StoreId) => Promise<readonly Finding[]>;
  /** Due jobs are run at once, without waiting for them. */
  readonly kick: () => void;
}
