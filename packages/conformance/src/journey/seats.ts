import {
  type Account,
  accountIdSchema,
  type Mode,
  type StoreId,
  storeIdSchema,
} from '@gatewright/payment-core';
import type { BenchAccount, GatewayBench } from '../gateway/bench.ts';
import type { GatewaySubject } from '../gateway/subject.ts';
import type { Receiver } from './receiver.ts';

/**
 * A store with an account at the gateway. `main` is what every story uses; `second` is another account of the same
 * store, `other` belongs to another store.
 */
export type SeatName = 'main' | 'second' | 'other';

export interface Seat {
  readonly name: SeatName;
  readonly store: StoreId;
  readonly mode: Mode;
  readonly account: Account;
  readonly atGateway: BenchAccount;
}

const storeNames: Readonly<Record<SeatName, string>> = {
  main: 'store-1',
  second: 'store-1',
  other: 'store-2',
};

export const openSeat = async (
  name: SeatName,
  { gateway }: GatewaySubject,
  bench: GatewayBench,
  receiver: Receiver,
  storeMode: Mode | undefined,
): Promise<Seat> => {
  const id = accountIdSchema.parse(`account-${name}`);
  const store = storeIdSchema.parse(storeNames[name]);
  const atGateway = await bench.openAccount(receiver.urlOf(id));
  const mode = gateway.modeOf(atGateway.config);
  if (mode === undefined) throw new Error("the bench's configuration is unusable for the adapter");
  const account: Account = {
    id,
    store,
    gateway: gateway.id,
    mode,
    config: atGateway.config,
    enabled: true,
  };
  return { name, store, mode: storeMode ?? mode, account, atGateway };
};
