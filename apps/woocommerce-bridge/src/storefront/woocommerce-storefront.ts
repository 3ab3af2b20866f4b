import type { Storefront } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import { readOrder } from './order-answer.ts';
import { tellPlugin } from './plugin-storefront.ts';
import type { ShopClient } from './shop-client.ts';
import { readStoreSettings } from './store-settings.ts';

export interface WooCommerceStorefront {
  readonly shops: ShopClient;
  readonly vault: Pick<Vault, 'store' | 'pluginKeysOf'>;
  /** For stores whose owner switched REST-only mode on. */
  readonly tellRest: Storefront['tell'];
}

/** Orders are read through `wc/v3`; they are written by the plugin, or in REST-only mode over `wc/v3` too. */
export const createWooCommerceStorefront = ({
  shops,
  vault,
  tellRest,
}: WooCommerceStorefront): Required<Storefront> => {
  const byPlugin = tellPlugin(shops, vault);
  return {
    async tell(instruction, invoice) {
      const store = await vault.store(instruction.store);
      const { restOnly } = readStoreSettings(store?.settings);
      return restOnly === null ? byPlugin(instruction, invoice) : tellRest(instruction, invoice);
    },

    async readOrder(store, orderKey) {
      const opened = await shops.open(store);
      if (opened.kind === 'fault') return shops.unavailable(store, opened);
      const answer = await shops.call(opened.connection, {
        version: 'wc/v3',
        method: 'get',
        endpoint: `orders/${encodeURIComponent(orderKey)}`,
      });
      if (answer.kind === 'fault') return shops.unavailable(store, answer);
      const order = readOrder(answer.status, answer.body);
      if (!order) return shops.unavailable(store, { kind: 'fault', fault: 'answer-not-understood' });
      await shops.worked(store);
      return { outcome: 'read', order };
    },
  };
};
