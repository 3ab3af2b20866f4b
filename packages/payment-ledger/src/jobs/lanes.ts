import { type Job, type LeasedJob, seconds } from '@gatewright/payment-core';

/**
 * Jobs that all wait for the same one, such as a shop, form a lane: some of them run, the others wait beside the
 * slots, so that one who does not answer is in nobody else's way.
 */
export interface LanePolicy {
  /** Whom the job waits for; undefined: for nobody in particular. */
  readonly of: (job: Job) => string | undefined;
  /** How many of a lane run at the same time. */
  readonly width: number;
  /** How many wait for that in memory, leased; the queue keeps the others. */
  readonly line: number;
}

/** `later`: back to the queue until `at`, which costs the job no attempt. */
export type Admission =
  | { readonly kind: 'run'; readonly job: LeasedJob }
  | { readonly kind: 'wait' }
  | { readonly kind: 'later'; readonly job: LeasedJob; readonly at: number };

export interface Lanes {
  enter(job: LeasedJob, now: number): Admission;
  /** A job has ended: who runs in its place, and before that whose lease is too old to begin with. */
  leave(job: LeasedJob, now: number): readonly Admission[];
  /** Takes everybody out of the lines. */
  clear(): readonly LeasedJob[];
}

interface Lane {
  readonly running: Map<string, number>;
  readonly waiting: { readonly job: LeasedJob; readonly since: number }[];
  /** What a job takes, ms, the last ones counting most. */
  typicalMs: number;
  /** When the last one that was sent away comes back. */
  lastAt: number;
}

const soonestMs = 250;
const shortestMs = 20;
/** A shop that hangs is waited for so long; what is sent away meanwhile need not wait for ever. */
const longestMs = seconds(15);

const newLane = (): Lane => ({ running: new Map(), waiting: [], typicalMs: shortestMs, lastAt: 0 });

/** @param leaseMs a job that has waited for half of it does not begin any more: it could end after its lease */
export const createLanes = (policy: LanePolicy, leaseMs: number): Lanes => {
  const lanes = new Map<string, Lane>();

  const laneOf = (name: string): Lane => {
    const known = lanes.get(name);
    if (known !== undefined) return known;
    const lane = newLane();
    lanes.set(name, lane);
    return lane;
  };

  const paceOf = ({ typicalMs }: Lane): number => Math.max(1, typicalMs / policy.width);

  /** One after the other, as fast as the lane has been of late: nobody is leased again and again meanwhile. */
  const sendAway = (lane: Lane, job: LeasedJob, now: number): Admission => {
    const behind = now + soonestMs + lane.waiting.length * paceOf(lane);
    lane.lastAt = Math.ceil(Math.max(behind, lane.lastAt + paceOf(lane)));
    return { kind: 'later', job, at: lane.lastAt };
  };

  const next = (lane: Lane, now: number): Admission[] => {
    const admitted: Admission[] = [];
    while (lane.running.size < policy.width) {
      const first = lane.waiting.shift();
      if (first === undefined) break;
      if (now - first.since > leaseMs / 2) {
        admitted.push({ kind: 'later', job: first.job, at: now + 1 });
        continue;
      }
      lane.running.set(first.job.id, now);
      admitted.push({ kind: 'run', job: first.job });
    }
    return admitted;
  };

  return {
    enter(job, now) {
      const name = policy.of(job.job);
      if (name === undefined) return { kind: 'run', job };
      const lane = laneOf(name);
      if (lane.running.size < policy.width) {
        lane.running.set(job.id, now);
        return { kind: 'run', job };
      }
      const hasRoom =
        lane.waiting.length < policy.line && (lane.waiting.length + 1) * paceOf(lane) < leaseMs / 2;
      if (!hasRoom) return sendAway(lane, job, now);
      lane.waiting.push({ job, since: now });
      return { kind: 'wait' };
    },
    leave(job, now) {
      const name = policy.of(job.job);
      const lane = name === undefined ? undefined : lanes.get(name);
      const begun = lane?.running.get(job.id);
      if (name === undefined || lane === undefined || begun === undefined) return [];
      lane.running.delete(job.id);
      const took = Math.min(longestMs, Math.max(shortestMs, now - begun));
      lane.typicalMs = (lane.typicalMs * 3 + took) / 4;
      const admitted = next(lane, now);
      if (lane.running.size === 0 && lane.lastAt <= now) lanes.delete(name);
      return admitted;
    },
    clear: () => [...lanes.values()].flatMap((lane) => lane.waiting.splice(0).map(({ job }) => job)),
  };
};
