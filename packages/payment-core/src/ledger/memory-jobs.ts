import { jobKey, type LeasedJob } from './job.ts';
import type { JobQueue } from './job-queue.ts';
import type { JobTable } from './ledger.ts';
import { compound, type Journal, type MemoryState, type StoredJob } from './memory-state.ts';

const dueAt = (row: StoredJob): number => row.leasedUntil ?? row.runAt;
const earlier = (a: number | null, b: number): number => Math.min(a ?? b, b);
const leasedJob = (row: StoredJob): LeasedJob => ({
  id: compound(row.n, row.lease),
  job: row.job,
  attempts: row.attempts,
});

const put = ({ jobs }: MemoryState, journal: Journal, row: StoredJob): void =>
  journal.put(jobs, String(row.n), row);

const addJob = (state: MemoryState, journal: Journal, job: StoredJob['job'], runAt: number): void => {
  const n = (state.counters.get('jobs') ?? 0) + 1;
  journal.put(state.counters, 'jobs', n);
  const fresh = { leasedUntil: null, lease: 0, againAt: null, attempts: 0, dead: null };
  put(state, journal, { n, key: jobKey(job), job, runAt, ...fresh });
};

export const memoryJobTable = (state: MemoryState, journal: Journal): JobTable => ({
  async enqueue(job, runAt) {
    const key = jobKey(job);
    const same = [...state.jobs.values()].find((row) => row.key === key && row.dead === null);
    if (same === undefined) addJob(state, journal, job, runAt);
    else if (same.leasedUntil === null) put(state, journal, { ...same, runAt: earlier(runAt, same.runAt) });
    else put(state, journal, { ...same, againAt: earlier(same.againAt, runAt) });
  },
});

type Exclusive = <T>(work: (journal: Journal) => T) => Promise<T>;

/** `exclusive` runs one piece of work as a transaction of its own. */
export const memoryJobQueue = (state: MemoryState, exclusive: Exclusive): JobQueue => {
  const unfinished = (): StoredJob[] => [...state.jobs.values()].filter((row) => row.dead === null);

  /** Changes the job only while the lease that `id` names is the last one. */
  const end = (id: string, change: (row: StoredJob, journal: Journal) => void): Promise<void> =>
    exclusive((journal) => {
      const row = unfinished().find((job) => job.leasedUntil !== null && leasedJob(job).id === id);
      if (row !== undefined) change(row, journal);
    });

  const waitAgain = (row: StoredJob, runAt: number, attempts: number): StoredJob => ({
    ...row,
    runAt: earlier(row.againAt, runAt),
    leasedUntil: null,
    againAt: null,
    attempts,
  });

  return {
    lease: (now, leaseMs, limit) =>
      exclusive((journal) => {
        const due = unfinished().filter((row) => dueAt(row) <= now);
        due.sort((a, b) => dueAt(a) - dueAt(b) || a.n - b.n);
        return due.slice(0, limit).map((row) => {
          const next: StoredJob = {
            ...row,
            leasedUntil: now + leaseMs,
            lease: row.lease + 1,
            attempts: row.attempts + 1,
            againAt: row.againAt !== null && row.againAt > now ? row.againAt : null,
          };
          put(state, journal, next);
          return leasedJob(next);
        });
      }),
    complete: (id) =>
      end(id, (row, journal) => {
        if (row.againAt === null) journal.remove(state.jobs, String(row.n));
        else put(state, journal, waitAgain(row, row.againAt, 0));
      }),
    retry: (id, runAt) => end(id, (row, journal) => put(state, journal, waitAgain(row, runAt, row.attempts))),
    postpone: (id, runAt) => end(id, (row, journal) => put(state, journal, waitAgain(row, runAt, 0))),
    bury: (id, reason) =>
      end(id, (row, journal) => {
        put(state, journal, { ...row, leasedUntil: null, againAt: null, dead: reason });
        if (row.againAt !== null) addJob(state, journal, row.job, row.againAt);
      }),
    nextRunAt: () =>
      exclusive(() => {
        const [first, ...others] = unfinished().map(dueAt);
        return first === undefined ? undefined : Math.min(first, ...others);
      }),
    dead: () =>
      exclusive(() =>
        [...state.jobs.values()].flatMap((row) =>
          row.dead === null ? [] : [{ ...leasedJob(row), reason: row.dead }],
        ),
      ),
  };
};
