import { minutes } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import * as z from 'zod';
import type { WorkerMode } from './engine.ts';

/** A Medusa process that serves this shop. */
export interface ShopProcess {
  readonly id: string;
  readonly workerMode: WorkerMode;
  readonly sharedLocking: boolean;
}

/** One that has not been heard of for so long has ended, or will be heard of again. */
const silentMs = minutes(1);

const rowSchema = z
  .object({
    id: z.string(),
    worker_mode: z.enum(['server', 'worker', 'shared']),
    shared_locking: z.coerce.number(),
  })
  .transform(
    (row): ShopProcess => ({
      id: row.id,
      workerMode: row.worker_mode,
      sharedLocking: row.shared_locking === 1,
    }),
  );

/** Says that this process lives, and forgets the ones that have ended. */
export const reportProcess = (ledger: SqlLedger, process: ShopProcess, now: number): Promise<void> =>
  ledger.transact(async ({ sql }) => {
    const shared = process.sharedLocking ? 1 : 0;
    await sql`insert into medusa_processes (id, worker_mode, shared_locking, seen_at)
      values (${process.id}, ${process.workerMode}, ${shared}, ${now})
      on conflict (id) do update set seen_at = excluded.seen_at`;
    await sql`delete from medusa_processes where seen_at < ${now - silentMs}`;
  });

export const forgetProcess = (ledger: SqlLedger, id: string): Promise<void> =>
  ledger.transact(async ({ sql }) => {
    await sql`delete from medusa_processes where id = ${id}`;
  });

export const livingProcesses = async (ledger: SqlLedger, now: number): Promise<readonly ShopProcess[]> => {
  const rows = await ledger.transact(
    ({ sql }) =>
      sql`select id, worker_mode, shared_locking from medusa_processes where seen_at >= ${now - silentMs} order by id`,
  );
  return rows.map((row) => rowSchema.parse(row));
};
