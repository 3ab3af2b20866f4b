import type { StoreId } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import { readStoreSettings } from '../storefront/store-settings.ts';
import { type OrderSweep, sweepOrders } from './sweep-orders.ts';

export interface SweeperParts extends OrderSweep {
  readonly vault: Pick<Vault, 'stores'>;
  readonly log: Logger;
  readonly kick: () => void;
  readonly isClosing: () => boolean;
  /** How often stores that have switched REST-only mode on are looked for, ms. */
  readonly storesMs: number;
}

/** @returns one round over the stores in REST-only mode whose turn it is */
export const createSweeper = (parts: SweeperParts): (() => Promise<void>) => {
  const { vault, clock, log, kick, isClosing, storesMs } = parts;
  let stores: readonly StoreId[] = [];
  let listedAt = Number.NEGATIVE_INFINITY;

  const listStores = async (): Promise<void> => {
    if (clock.now() - listedAt < storesMs) return;
    listedAt = clock.now();
    const all = await vault.stores();
    stores = all.filter(({ settings }) => readStoreSettings(settings).restOnly !== null).map(({ id }) => id);
  };

  return async () => {
    await listStores();
    for (const store of stores) {
      if (isClosing()) return;
      const followed = await sweepOrders(parts, store).catch((error: unknown) => {
        log.error({ err: error }, 'sweep of a shop failed');
        return [];
      });
      if (followed.length > 0) kick();
    }
  };
};
