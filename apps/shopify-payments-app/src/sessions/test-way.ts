import { newTestGatewayConfig, type RandomBytes, type StoreId } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';

/**
 * A test payment needs an account: a shop without one gets the built-in test page, which moves no money. Live
 * credentials are never used for it (rule 17).
 */
export const createTestWay = (
  vault: Pick<Vault, 'accountsOf' | 'addAccount'>,
  random: RandomBytes,
): ((store: StoreId) => Promise<void>) => {
  const underWay = new Map<StoreId, Promise<void>>();
  const provide = async (store: StoreId): Promise<void> => {
    if ((await vault.accountsOf(store)).length > 0) return;
    const config = newTestGatewayConfig(random);
    const added = await vault.addAccount({ store, gateway: 'test', mode: 'test', config });
    if (!added.ok) throw new Error(`the test page of a shop's own store was refused: ${added.reason}`);
  };
  return (store) => {
    const running = underWay.get(store);
    if (running !== undefined) return running;
    const providing = provide(store).finally(() => underWay.delete(store));
    underWay.set(store, providing);
    return providing;
  };
};
