import { newTestGatewayConfig, type RandomBytes } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { InShopTurn } from '../accounts/turns.ts';
import type { ShopRow } from '../shops/shop-book.ts';

/**
 * A test payment needs an account: a shop without one gets the built-in test page, which moves no money. Live
 * credentials are never used for it (rule 17). Many sessions may begin at once, in several processes.
 */
export const createTestWay =
  (vault: Pick<Vault, 'accountsOf' | 'addAccount'>, random: RandomBytes, inTurn: InShopTurn) =>
  async ({ domain, test: store }: Pick<ShopRow, 'domain' | 'test'>): Promise<void> => {
    const has = async (): Promise<boolean> => (await vault.accountsOf(store)).length > 0;
    if (await has()) return;
    await inTurn(domain, async () => {
      if (await has()) return;
      const config = newTestGatewayConfig(random);
      const added = await vault.addAccount({ store, gateway: 'test', mode: 'test', config });
      if (!added.ok) throw new Error(`the test page of a shop's own store was refused: ${added.reason}`);
    });
  };
