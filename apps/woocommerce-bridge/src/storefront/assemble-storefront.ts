import type { Clock, HttpClient, RandomBytes, Storefront } from '@gatewright/payment-core';
import type { SqlLedger, TurnParts, Vault } from '@gatewright/payment-ledger';
import { createOrderTurns, type OrderTurns } from '../rest-mode/order-turns.ts';
import { createRestOrders, type RestOrders } from '../rest-mode/rest-orders.ts';
import { tellRest } from '../rest-mode/rest-storefront.ts';
import { createOrderIdentities, type OrderIdentities } from '../woocommerce/order-identities.ts';
import { type Connections, createConnections } from './connections.ts';
import { createShopClient, type ShopClient } from './shop-client.ts';
import { createWooCommerceStorefront } from './woocommerce-storefront.ts';

export interface ShopParts {
  /** Opened with `bridgeTables`. */
  readonly ledger: SqlLedger;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly http: HttpClient;
  readonly sleep: TurnParts['sleep'];
}

/** Everything that reaches the shops. */
export interface Shops {
  readonly connections: Connections;
  readonly client: ShopClient;
  readonly orders: RestOrders;
  readonly turns: OrderTurns;
  readonly identities: OrderIdentities;
  readonly storefront: Required<Storefront>;
}

export const createShops = ({ ledger, vault, clock, random, http, sleep }: ShopParts): Shops => {
  const connections = createConnections({ kept: ledger, vault, clock, random });
  const client = createShopClient({ caller: { http, clock, random }, vault, connections });
  const orders = createRestOrders(client);
  const turns = createOrderTurns({ ledger, clock, random, sleep });
  const identities = createOrderIdentities(ledger, () => clock.now());
  const rest = tellRest({ shops: client, orders, turns, identities, ledger, clock, random });
  const storefront = createWooCommerceStorefront({ shops: client, vault, identities, tellRest: rest });
  return { connections, client, orders, turns, identities, storefront };
};
