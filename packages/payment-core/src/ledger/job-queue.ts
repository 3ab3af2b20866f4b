import type { LeasedJob } from './job.ts';

/**
 * The worker's side of the jobs; `JobTable.enqueue` is the writer's. An id names a lease: a worker whose lease was
 * taken over changes nothing with it. Work that was asked for again while its job was leased is due again after
 * any of the four endings.
 */
export interface JobQueue {
  /** Takes due jobs for `leaseMs`; a worker that dies loses them then, and another one gets them. */
  lease(now: number, leaseMs: number, limit: number): Promise<readonly LeasedJob[]>;
  complete(id: string): Promise<void>;
  /** Not done and no failure: run again at `runAt` (ms), attempts counted anew. */
  postpone(id: string, runAt: number, reason: string): Promise<void>;
  /** Failed: run again at `runAt` (ms). Counts as an attempt. */
  retry(id: string, runAt: number, reason: string): Promise<void>;
  /** Exhausted: kept in the dead-letter state. */
  bury(id: string, reason: string): Promise<void>;
  /** When the next job is due, a leased one at the end of its lease; undefined when there is none. */
  nextRunAt(): Promise<number | undefined>;
  dead(): Promise<readonly (LeasedJob & { readonly reason: string })[]>;
}
