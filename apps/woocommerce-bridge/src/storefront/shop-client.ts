import type { StoreId } from '@gatewright/payment-core';
import type { StoreRecord, Vault } from '@gatewright/payment-ledger';
import type { ConnectionFault } from './connection-findings.ts';
import type { Connections } from './connections.ts';
import { wooCommerceCredentialsSchema } from './credentials.ts';
import { readShopAnswer, type ShopAnswer } from './shop-answer.ts';
import { callStore, type ShopConnection, type StoreCaller, type StoreRequest } from './store-call.ts';

export type ShopFailure = {
  readonly kind: 'fault';
  readonly fault: ConnectionFault;
  readonly retryAfterMs?: number;
};

export interface OpenedShop {
  readonly kind: 'opened';
  readonly store: StoreRecord;
  readonly connection: ShopConnection;
  /** The secret our webhooks are signed with, when they were made. */
  readonly webhookSecret: string | undefined;
}

/** The answer of a job or a port while the shop cannot be asked. */
export interface ShopUnavailable {
  readonly outcome: 'unavailable';
  readonly reason: ConnectionFault;
  readonly retryAfterMs?: number;
}

/** Calls to one shop by its own REST keys, with its faults on record. */
export interface ShopClient {
  open(store: StoreId): Promise<OpenedShop | ShopFailure>;
  call(connection: ShopConnection, request: StoreRequest): Promise<ShopAnswer>;
  worked(store: StoreId): Promise<void>;
  /** Records the fault. */
  unavailable(store: StoreId, failure: ShopFailure): Promise<ShopUnavailable>;
}

export interface ShopClientParts {
  readonly caller: StoreCaller;
  readonly vault: Pick<Vault, 'store' | 'storefrontCredentials'>;
  readonly connections: Connections;
}

export const createShopClient = ({ caller, vault, connections }: ShopClientParts): ShopClient => ({
  async open(id) {
    const store = await vault.store(id);
    const credentials = wooCommerceCredentialsSchema.safeParse(await vault.storefrontCredentials(id));
    if (!store || !credentials.success) return { kind: 'fault', fault: 'credentials-missing' };
    const { webhookSecret, ...keys } = credentials.data;
    return { kind: 'opened', store, connection: { url: store.url, credentials: keys }, webhookSecret };
  },
  call: async (connection, request) => readShopAnswer(await callStore(caller, connection, request)),
  worked: (store) => connections.worked(store),
  async unavailable(store, { fault, retryAfterMs }) {
    // Our own order of writing is no fault of the shop's.
    if (fault !== 'order-busy') await connections.failed(store, fault);
    return {
      outcome: 'unavailable',
      reason: fault,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  },
});
