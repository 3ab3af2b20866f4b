import type { InstructionRow, Storefront, StorefrontAnswer } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import { type OrderIdentities, shopOrderId } from '../woocommerce/order-identities.ts';
import { inOwnersStatuses } from '../woocommerce/order-statuses.ts';
import { readOrder } from './order-answer.ts';
import { tellPlugin } from './plugin-storefront.ts';
import type { ShopClient } from './shop-client.ts';
import { readStoreSettings } from './store-settings.ts';

export interface WooCommerceStorefront {
  readonly shops: ShopClient;
  readonly vault: Pick<Vault, 'store' | 'pluginKeysOf'>;
  readonly identities: OrderIdentities;
  /** For stores whose owner switched REST-only mode on. */
  readonly tellRest: Storefront['tell'];
}

/** Orders are read through `wc/v3`; they are written by the plugin, or in REST-only mode over `wc/v3` too. */
export const createWooCommerceStorefront = ({
  shops,
  vault,
  identities,
  tellRest,
}: WooCommerceStorefront): Required<Storefront> => {
  const byPlugin = tellPlugin(shops, vault, identities);

  const readFromShop: Required<Storefront>['readOrder'] = async (store, orderKey) => {
    const opened = await shops.open(store);
    if (opened.kind === 'fault') return shops.unavailable(store, opened);
    const answer = await shops.call(opened.connection, {
      version: 'wc/v3',
      method: 'get',
      endpoint: `orders/${encodeURIComponent(shopOrderId(orderKey))}`,
    });
    if (answer.kind === 'fault') return shops.unavailable(store, answer);
    const { keyHash } = await identities.of(store, orderKey);
    const order = readOrder(answer.status, answer.body, keyHash);
    if (!order) return shops.unavailable(store, { kind: 'fault', fault: 'answer-not-understood' });
    await shops.worked(store);
    return { outcome: 'read', order };
  };

  /** A plugin from before order keys would take the instruction for the order that has the number now. */
  const isGone: (instruction: InstructionRow) => Promise<StorefrontAnswer | undefined> = async (told) => {
    const { store, orderKey } = told;
    if (!(await identities.of(store, orderKey)).shared) return undefined;
    const read = await readFromShop(store, orderKey);
    if (read.outcome === 'unavailable') return read;
    return read.order.state === 'missing' ? { outcome: 'refused', reason: 'order_missing' } : undefined;
  };

  return {
    async tell(asked, invoice) {
      const store = await vault.store(asked.store);
      const instruction = store ? inOwnersStatuses(asked, store.policy.orderStatus) : asked;
      const { restOnly } = readStoreSettings(store?.settings);
      if (restOnly !== null) return tellRest(instruction, invoice);
      return (await isGone(instruction)) ?? byPlugin(instruction, invoice);
    },

    readOrder: readFromShop,
  };
};
