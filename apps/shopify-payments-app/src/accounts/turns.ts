import { seconds } from '@gatewright/payment-core';
import { createInTurn, type Turn, type TurnParts } from '@gatewright/payment-ledger';
import type { ShopDomain } from '../sessions/session-headers.ts';

/** Runs works of one shop's accounts one after the other, over all processes. */
export type InShopTurn = <T>(shop: ShopDomain, work: () => Promise<T>) => Promise<Turn<T>>;

const times = { leaseMs: seconds(20), renewMs: seconds(5), looks: 100, lookMs: 50 };

/** Those of this process wait for each other, so that only processes look at the ledger again and again. */
const createQueue = () => {
  const last = new Map<ShopDomain, Promise<unknown>>();
  return <T>(key: ShopDomain, work: () => Promise<T>): Promise<T> => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    const leave = (): void => {
      if (last.get(key) === mine) last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  };
};

export const createTurns = (parts: TurnParts): InShopTurn => {
  const inTurn = createInTurn(parts, times);
  const queue = createQueue();
  return (shop, work) => queue(shop, () => inTurn(`shopify-accounts:${shop}`, work));
};
