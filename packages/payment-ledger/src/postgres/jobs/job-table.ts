import { type Job, type JobTable, jobKey } from '@gatewright/payment-core';
import type { Kysely } from 'kysely';
import type { LedgerSchema } from '../../tables/schema.ts';
import { type Boss, jobId } from './boss.ts';
import { setJobClock } from './job-clock.ts';
import { moveEarlier } from './job-rows.ts';
import { askAgain } from './leases.ts';

type Db = Kysely<LedgerSchema>;

/** False: an unfinished job has this key. */
const send = async (db: Db, boss: Boss, job: Job, runAt: number): Promise<boolean> => {
  await setJobClock(db, runAt);
  const options = { id: jobId(job), singletonKey: jobKey(job), startAfter: new Date(runAt) };
  return (await boss.boss.send(boss.queue, job, { ...options, ...boss.within(db) })) !== null;
};

/** Each look may be overtaken by a worker that leases or ends the job; the next one sees what it did. */
const MAX_LOOKS = 10;

/** Jobs as rows of pg-boss, written in the transaction that asks for them. */
export const bossJobTable = (db: Db, boss: Boss): JobTable => ({
  async enqueue(job, runAt) {
    const id = jobId(job);
    for (let look = 0; look < MAX_LOOKS; look += 1) {
      if (await send(db, boss, job, runAt)) return;
      if (await askAgain(db, id, runAt)) return;
      if (await moveEarlier(db, boss, id, runAt)) return;
    }
    throw new Error(`ledger: job ${jobKey(job)} is neither there nor can it be made`);
  },
});
