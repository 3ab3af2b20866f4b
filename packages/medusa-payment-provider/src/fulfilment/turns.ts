import { type Clock, newRowId, type RandomBytes, seconds } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';

/** What a turn began with. `after-a-dead-one`: whoever had it before died in the middle of it. */
export type TurnStart = 'fresh' | 'after-a-dead-one';

/** One at a time, over all processes of a shop. */
export interface Turns {
  /** Runs `job` while nobody else completes or books this order key. @throws Error when its turn does not come */
  inTurn<T>(orderKey: string, job: (start: TurnStart) => Promise<T>): Promise<T>;
}

export interface TurnParts {
  readonly ledger: SqlLedger;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A process that dies loses its turn after this; one that lives renews it before. */
const leaseMs = seconds(15);
const renewMs = seconds(5);
/** As long as core's own workflows wait for a cart. */
const waitMs = seconds(30);
const lookMs = 100;

type Held = { readonly orderKey: string; readonly holder: string };

/** Undefined: somebody else has it. */
const take = ({ ledger, clock }: TurnParts, { orderKey, holder }: Held): Promise<TurnStart | undefined> =>
  ledger.transact(async ({ sql }) => {
    const now = clock.now();
    // Whoever lives takes its row away at the end.
    const [dead] = await sql`delete from medusa_turns where order_key = ${orderKey} and ends_at <= ${now}
      returning order_key`;
    const [taken] = await sql`insert into medusa_turns (order_key, holder, ends_at)
      values (${orderKey}, ${holder}, ${now + leaseMs}) on conflict (order_key) do nothing returning order_key`;
    if (taken === undefined) return undefined;
    return dead === undefined ? 'fresh' : 'after-a-dead-one';
  });

const renew = ({ ledger, clock }: TurnParts, { orderKey, holder }: Held): Promise<unknown> =>
  ledger.transact(
    ({ sql }) => sql`update medusa_turns set ends_at = ${clock.now() + leaseMs}
      where order_key = ${orderKey} and holder = ${holder}`,
  );

const giveBack = ({ ledger }: TurnParts, { orderKey, holder }: Held): Promise<unknown> =>
  ledger.transact(
    ({ sql }) => sql`delete from medusa_turns where order_key = ${orderKey} and holder = ${holder}`,
  );

const waitForTurn = async (parts: TurnParts, held: Held): Promise<TurnStart> => {
  for (let waited = 0; waited <= waitMs; waited += lookMs) {
    const start = await take(parts, held);
    if (start !== undefined) return start;
    await parts.sleep(lookMs);
  }
  throw new Error('the cart is being completed by somebody else');
};

/**
 * A lease in the ledger. Core's own lock of a cart does not always hold: in memory it is none between processes, and
 * locking-postgres 2.21 lets two inserts at once both succeed, because it compares an owner that neither has. A lease
 * keeps no connection while it is held, so a burst of webhooks starves nobody.
 */
export const createTurns = (parts: TurnParts): Turns => ({
  async inTurn(orderKey, job) {
    const held = { orderKey, holder: newRowId(parts.random) };
    const start = await waitForTurn(parts, held);
    let working = true;
    const keep = async (): Promise<void> => {
      for (await parts.sleep(renewMs); working; await parts.sleep(renewMs)) await renew(parts, held);
    };
    // One that cannot be renewed ends by itself, and what runs under it proves its result by a read.
    keep().catch(() => undefined);
    try {
      return await job(start);
    } finally {
      working = false;
      await giveBack(parts, held);
    }
  },
});
