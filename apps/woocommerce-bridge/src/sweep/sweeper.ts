import type { StoreId } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import { readStoreSettings } from '../storefront/store-settings.ts';
import type { SweepMode } from './schedule.ts';
import { type OrderSweep, sweepOrders } from './sweep-orders.ts';
import { seedTurns, takeTurn } from './turns.ts';

export interface SweeperParts extends OrderSweep {
  readonly vault: Pick<Vault, 'stores'>;
  readonly log: Logger;
  readonly kick: () => void;
}

/** @returns one round: every shop whose turn has come, some at a time. Resolves with how many there were. */
export const createSweeper = (parts: SweeperParts): (() => Promise<number>) => {
  const { ledger, vault, clock, log, kick, isClosing, policy } = parts;
  let seededAt = Number.NEGATIVE_INFINITY;

  const seed = async (): Promise<void> => {
    const now = clock.now();
    if (now - seededAt < policy.storesMs) return;
    seededAt = now;
    const stores = (await vault.stores()).filter(({ platform }) => platform === 'woocommerce');
    const modes = stores.map(({ id, settings }): [StoreId, SweepMode] => [
      id,
      readStoreSettings(settings).restOnly === null ? 'plugin' : 'rest-only',
    ]);
    await seedTurns(ledger, new Map(modes), now);
  };

  const takeTurns = async (): Promise<number> => {
    let turns = 0;
    while (!isClosing()) {
      const turn = await takeTurn(ledger, clock.now(), policy.leaseMs, policy.overlapMs);
      if (turn === undefined) break;
      turns += 1;
      const followed = await sweepOrders(parts, turn).catch((error: unknown) => {
        log.error({ err: error }, 'sweep of a shop failed');
        return [];
      });
      if (followed.length > 0) kick();
    }
    return turns;
  };

  return async () => {
    await seed();
    const turns = await Promise.all(Array.from({ length: policy.atOnce }, takeTurns));
    return turns.reduce((sum, count) => sum + count, 0);
  };
};
