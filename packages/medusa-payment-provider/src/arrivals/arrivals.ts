import type { AccountId } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import * as z from 'zod';

/** The last webhook of an account that was taken, and the last one that was refused. Times in ms. */
export interface Arrival {
  readonly takenAt: number | null;
  readonly refusedAt: number | null;
  /** Kebab-case, of the last refusal. */
  readonly refusal: string | null;
}

export interface ArrivedWebhook {
  readonly account: AccountId;
  readonly at: number;
  /** As it was answered. */
  readonly status: number;
  readonly reason: string;
}

export interface Arrivals {
  /** @param arrived its account must exist: a stranger's name makes no row */
  note(arrived: ArrivedWebhook): Promise<void>;
  of(account: AccountId): Promise<Arrival | undefined>;
}

const rowSchema = z
  .object({
    taken_at: z.coerce.number().nullable(),
    refused_at: z.coerce.number().nullable(),
    refusal: z.string().nullable(),
  })
  .transform((row): Arrival => ({ takenAt: row.taken_at, refusedAt: row.refused_at, refusal: row.refusal }));

export const createArrivals = (ledger: SqlLedger): Arrivals => ({
  note: ({ account, at, status, reason }) =>
    ledger.transact(async ({ sql }) => {
      if (status === 200)
        await sql`insert into medusa_arrivals (account, taken_at) values (${account}, ${at})
          on conflict (account) do update set taken_at = excluded.taken_at`;
      else
        await sql`insert into medusa_arrivals (account, refused_at, refusal) values (${account}, ${at}, ${reason})
          on conflict (account) do update set refused_at = excluded.refused_at, refusal = excluded.refusal`;
    }),
  of: (account) =>
    ledger.transact(async ({ sql }) => {
      const [row] =
        await sql`select taken_at, refused_at, refusal from medusa_arrivals where account = ${account}`;
      return row && rowSchema.parse(row);
    }),
});
