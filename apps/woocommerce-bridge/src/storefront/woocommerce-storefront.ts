import type { Storefront, StoreId } from '@gatewright/payment-core';
import type { PluginKey, Vault } from '@gatewright/payment-ledger';
import type { ConnectionFault, ConnectionFindings } from './connection-findings.ts';
import { wooCommerceCredentialsSchema } from './credentials.ts';
import { readOrder } from './order-answer.ts';
import { readInstructionAnswer, requestFor } from './plugin-instruction.ts';
import { readShopAnswer, type ShopAnswer } from './shop-answer.ts';
import { callStore, type ShopConnection, type StoreCaller, type StoreRequest } from './store-call.ts';

export interface WooCommerceStorefront {
  readonly caller: StoreCaller;
  readonly vault: Pick<Vault, 'store' | 'storefrontCredentials' | 'pluginKeysOf'>;
  readonly findings: ConnectionFindings;
}

type Failed = { readonly kind: 'fault'; readonly fault: ConnectionFault; readonly retryAfterMs?: number };

const connect = async ({ vault }: WooCommerceStorefront, id: StoreId): Promise<ShopConnection | Failed> => {
  const store = await vault.store(id);
  const credentials = wooCommerceCredentialsSchema.safeParse(await vault.storefrontCredentials(id));
  return store && credentials.success
    ? { url: store.url, credentials: credentials.data }
    : { kind: 'fault', fault: 'credentials-missing' };
};

const call = async (
  { caller }: WooCommerceStorefront,
  connection: ShopConnection,
  request: StoreRequest,
): Promise<ShopAnswer> => readShopAnswer(await callStore(caller, connection, request));

/** The newest key first; while the plugin has not taken it over, the one before still opens. */
const callPlugin = async (
  storefront: WooCommerceStorefront,
  connection: ShopConnection,
  keys: readonly PluginKey[],
  request: StoreRequest,
): Promise<ShopAnswer | Failed> => {
  let answer: ShopAnswer | Failed = { kind: 'fault', fault: 'not-paired' };
  for (const key of keys) {
    answer = await call(storefront, { ...connection, signing: key }, request);
    if (answer.kind === 'answered' || answer.fault !== 'unauthorized') break;
  }
  return answer;
};

const unavailable = (storefront: WooCommerceStorefront, store: StoreId, { fault, retryAfterMs }: Failed) => {
  storefront.findings.failed(store, fault);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  return { outcome: 'unavailable', reason: fault, ...wait } as const;
};

/** Settling and moving orders through the plugin's locked routes, reading them through `wc/v3`. */
export const createWooCommerceStorefront = (storefront: WooCommerceStorefront): Required<Storefront> => ({
  async tell(instruction, invoice) {
    const { store } = instruction;
    const connection = await connect(storefront, store);
    if ('kind' in connection) return unavailable(storefront, store, connection);
    const keys = await storefront.vault.pluginKeysOf(store);
    const answer = await callPlugin(storefront, connection, keys, requestFor(instruction, invoice));
    if (answer.kind === 'fault') return unavailable(storefront, store, answer);
    const told = readInstructionAnswer(answer.status, answer.body);
    if (!told) return unavailable(storefront, store, { kind: 'fault', fault: 'answer-not-understood' });
    storefront.findings.worked(store);
    return told;
  },

  async readOrder(store, orderKey) {
    const connection = await connect(storefront, store);
    if ('kind' in connection) return unavailable(storefront, store, connection);
    const answer = await call(storefront, connection, {
      version: 'wc/v3',
      method: 'get',
      endpoint: `orders/${encodeURIComponent(orderKey)}`,
    });
    if (answer.kind === 'fault') return unavailable(storefront, store, answer);
    const order = readOrder(answer.status, answer.body);
    if (!order) return unavailable(storefront, store, { kind: 'fault', fault: 'answer-not-understood' });
    storefront.findings.worked(store);
    return { outcome: 'read', order };
  },
});
