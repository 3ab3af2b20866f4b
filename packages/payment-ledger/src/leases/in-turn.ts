import { type Clock, newRowId, type RandomBytes } from '@gatewright/payment-core';
import type { SqlLedger } from '../sql-ledger.ts';
import type { Lease, LeaseName, TurnStart } from './lease-table.ts';

/** `busy`: others took longer than anybody waits, and nothing was done. */
export type Turn<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: 'busy' };

export interface TurnTimes {
  /** A process that dies loses its turn after this. */
  readonly leaseMs: number;
  /** One that lives renews it so often: several times within `leaseMs`. */
  readonly renewMs: number;
  /** How often one looks whether the turn has come, and how long it waits from one look to the next. */
  readonly looks: number;
  readonly lookMs: number;
}

export interface TurnParts {
  readonly ledger: SqlLedger;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** `until` ends what is left of it, by a rejection too; one that cannot be ended outlives its turn by up to `renewMs`. */
  readonly sleep: (ms: number, until?: AbortSignal) => Promise<void>;
}

/**
 * Runs `work` while nobody else does what `name` stands for, in whichever process.
 * @param meanwhile asked before each look: what somebody else has got done, so that no turn is needed any more
 */
export type InTurn = <T>(
  name: LeaseName,
  work: (start: TurnStart) => Promise<T>,
  meanwhile?: () => Promise<T | undefined>,
) => Promise<Turn<T>>;

type Held = TurnParts & { readonly times: TurnTimes; readonly lease: Lease };

const take = ({ ledger, clock, times, lease }: Held): Promise<TurnStart | 'held'> =>
  ledger.transact(({ leases }) => {
    const now = clock.now();
    return leases.take(lease, now, now + times.leaseMs);
  });

const renew = ({ ledger, clock, times, lease }: Held): Promise<boolean> =>
  ledger.transact(({ leases }) => leases.renew(lease, clock.now() + times.leaseMs));

const holding = async <T>(held: Held, work: () => Promise<T>): Promise<T> => {
  const { ledger, sleep, times, lease } = held;
  const working = new AbortController();
  const { signal } = working;
  const keep = async (): Promise<void> => {
    const pause = (): Promise<void> => sleep(times.renewMs, signal);
    for (await pause(); !signal.aborted; await pause()) if (!(await renew(held))) return;
  };
  // One that cannot be renewed ends by itself, and is overtaken as that of a dead one.
  keep().catch(() => undefined);
  try {
    return await work();
  } finally {
    working.abort();
    await ledger.transact(({ leases }) => leases.giveBack(lease));
  }
};

/**
 * A turn is a lease in the ledger: no connection is held while others wait, so a burst starves nobody.
 * @example const inTurn = createInTurn({ ledger, clock, random, sleep }, times);
 *   const turn = await inTurn(`shopify-tokens:${shop}`, () => refresh(shop));
 */
export const createInTurn =
  (parts: TurnParts, times: TurnTimes): InTurn =>
  async (name, work, meanwhile) => {
    const held = { ...parts, times, lease: { name, holder: newRowId(parts.random) } };
    for (let look = 1; look <= times.looks; look += 1) {
      const done = await meanwhile?.();
      if (done !== undefined) return { ok: true, value: done };
      const start = await take(held);
      if (start !== 'held') return { ok: true, value: await holding(held, () => work(start)) };
      if (look < times.looks) await parts.sleep(times.lookMs);
    }
    return { ok: false, reason: 'busy' };
  };
