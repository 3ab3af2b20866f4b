import type { PluginKey } from '@gatewright/payment-ledger';
import type { ShopAnswer } from './shop-answer.ts';
import type { ShopClient, ShopFailure } from './shop-client.ts';
import type { ShopConnection, StoreRequest } from './store-call.ts';

/**
 * A signed call to the plugin's own routes. The newest key first; while the plugin has not taken it over, the one
 * before still opens.
 */
export const callPlugin = async (
  shops: ShopClient,
  connection: ShopConnection,
  keys: readonly PluginKey[],
  request: StoreRequest,
): Promise<ShopAnswer | ShopFailure> => {
  let answer: ShopAnswer | ShopFailure = { kind: 'fault', fault: 'not-paired' };
  for (const key of keys) {
    answer = await shops.call({ ...connection, signing: key }, request);
    if (answer.kind === 'answered' || answer.fault !== 'unauthorized') break;
  }
  return answer;
};
