import { type Clock, newRowId, type RandomBytes, seconds } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { ShopDomain } from '../sessions/session-headers.ts';

/** `busy`: somebody else took longer than anybody waits, and nothing was done. */
export type Turn<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: 'busy' };

/** Runs works of one shop one after the other, over all processes. */
export type InTurn = <T>(shop: ShopDomain, work: () => Promise<T>) => Promise<Turn<T>>;

export interface TurnsParts {
  readonly ledger: SqlLedger;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Longer than a work takes, so that only a process that died is overtaken. */
const leaseMs = seconds(20);
const looks = 100;
const lookMs = 50;

const busy = { ok: false, reason: 'busy' } as const;

/** No lock is held across a work: a lease, as for tokens. */
const leases = ({ ledger, clock }: Pick<TurnsParts, 'ledger' | 'clock'>) => ({
  take: (shop: ShopDomain, holder: string): Promise<boolean> =>
    ledger.transact(async (tx) => {
      const now = clock.now();
      const taken = await tx.sql`insert into shopify_turns (shop, holder, until)
        values (${shop}, ${holder}, ${now + leaseMs})
        on conflict (shop) do update set holder = excluded.holder, until = excluded.until
          where shopify_turns.until <= ${now}
        returning shop`;
      return taken.length === 1;
    }),
  give: (shop: ShopDomain, holder: string): Promise<void> =>
    ledger.transact(async (tx) => {
      await tx.sql`delete from shopify_turns where shop = ${shop} and holder = ${holder}`;
    }),
});

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

export const createTurns = (parts: TurnsParts): InTurn => {
  const { random, sleep } = parts;
  const { take, give } = leases(parts);
  const queue = createQueue();
  return (shop, work) =>
    queue(shop, async () => {
      const holder = newRowId(random);
      for (let look = 0; look < looks; look += 1) {
        if (await take(shop, holder)) {
          try {
            return { ok: true, value: await work() };
          } finally {
            await give(shop, holder);
          }
        }
        await sleep(lookMs);
      }
      return busy;
    });
};
