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
  /** The fault was known, and the shop was not called. */
  readonly isHeldBack?: true;
};

export interface OpenedShop {
  readonly kind: 'opened';
  readonly store: StoreRecord;
  readonly connection: ShopConnection;
  /** The secret our webhooks are signed with, when they were made. */
  readonly webhookSecret: string | undefined;
}

type HeldBack = `held-back-${ConnectionFault}`;

/** Nothing was tried: who says so has waited for a broken shop, and not failed. */
export const isHeldBack = (reason: string): boolean => reason.startsWith('held-back-');

/** The answer of a job or a port while the shop cannot be asked. */
export interface ShopUnavailable {
  readonly outcome: 'unavailable';
  readonly reason: ConnectionFault | HeldBack;
  readonly retryAfterMs?: number;
}

/** Calls to one shop by its own REST keys, with its faults on record. */
export interface ShopClient {
  /** While the shop is broken, one at a time is let through to it. */
  open(store: StoreId): Promise<OpenedShop | ShopFailure>;
  /** Also when the shop is broken: for those who come on a schedule of their own to see what is wrong. */
  inspect(store: StoreId): Promise<OpenedShop | ShopFailure>;
  call(connection: ShopConnection, request: StoreRequest): Promise<ShopAnswer>;
  worked(store: StoreId): Promise<void>;
  answered(store: StoreId): Promise<void>;
  /** Records the fault. */
  unavailable(store: StoreId, failure: ShopFailure): Promise<ShopUnavailable>;
}

export interface ShopClientParts {
  readonly caller: StoreCaller;
  readonly vault: Pick<Vault, 'store' | 'storefrontCredentials'>;
  readonly connections: Connections;
}

const openShop = async (vault: ShopClientParts['vault'], id: StoreId): Promise<OpenedShop | ShopFailure> => {
  const store = await vault.store(id);
  const credentials = wooCommerceCredentialsSchema.safeParse(await vault.storefrontCredentials(id));
  if (!store || !credentials.success) return { kind: 'fault', fault: 'credentials-missing' };
  const { webhookSecret, ...keys } = credentials.data;
  return { kind: 'opened', store, connection: { url: store.url, credentials: keys }, webhookSecret };
};

export const createShopClient = ({ caller, vault, connections }: ShopClientParts): ShopClient => ({
  async open(id) {
    const shop = await openShop(vault, id);
    if (shop.kind === 'fault') return shop;
    const admission = await connections.admit(id);
    if (admission.kind === 'admitted') return shop;
    const { fault, retryAfterMs } = admission;
    return { kind: 'fault', fault, retryAfterMs, isHeldBack: true };
  },
  inspect: (id) => openShop(vault, id),
  call: async (connection, request) => readShopAnswer(await callStore(caller, connection, request)),
  worked: (store) => connections.worked(store),
  answered: (store) => connections.answered(store),
  async unavailable(store, { fault, retryAfterMs, isHeldBack: heldBack }) {
    // Our own order of writing is no fault of the shop's.
    if (fault !== 'order-busy' && !heldBack) await connections.failed(store, fault);
    return {
      outcome: 'unavailable',
      reason: heldBack ? `held-back-${fault}` : fault,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  },
});
