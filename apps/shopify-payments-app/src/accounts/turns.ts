import { seconds } from '@gatewright/payment-core';
import { createInTurn, createOneAtATime, type Turn, type TurnParts } from '@gatewright/payment-ledger';
import type { ShopDomain } from '../sessions/session-headers.ts';

/** Runs works of one shop's accounts one after the other, over all processes. */
export type InShopTurn = <T>(shop: ShopDomain, work: () => Promise<T>) => Promise<Turn<T>>;

const times = { leaseMs: seconds(20), renewMs: seconds(5), looks: 100, lookMs: 50 };

export const createTurns = (parts: TurnParts): InShopTurn => {
  const inTurn = createInTurn(parts, times);
  const oneAtATime = createOneAtATime<ShopDomain>();
  return (shop, work) => oneAtATime(shop, () => inTurn(`shopify-accounts:${shop}`, work));
};
