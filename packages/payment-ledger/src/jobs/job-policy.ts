import { type Job, minutes, type RandomBytes, seconds } from '@gatewright/payment-core';

/** How persistent the runner is, as data. */
export interface JobPolicy {
  /** Longer than any handler takes: a job is run again when its lease ends. */
  readonly leaseMs: number;
  readonly concurrency: number;
  /** Ms until the next attempt after `attempts` of them. */
  readonly backoff: (attempts: number) => number;
  /** Attempts before a job is buried in front of a person. */
  readonly maxAttempts: number;
  /** "Again" of such a job, for this reason, is a wait and no attempt: it comes back exactly then, for as long as it takes. */
  readonly waits: (job: Job, reason: string) => boolean;
}

/** Doubles from `first` to `cap` ms, then up to a fifth more or less, so that an outage's backlog does not come back at once. */
export const exponentialBackoff =
  (first: number, cap: number, random: RandomBytes) =>
  (attempts: number): number => {
    const delay = Math.min(cap, first * 2 ** Math.min(attempts - 1, 30));
    const [byte = 128] = random(1);
    return Math.round(delay * (0.8 + (0.4 * byte) / 255));
  };

/**
 * An order's deadline, a lost invoice and a silent shop are waited for (a person hears of the shop meanwhile);
 * everything else gives up after about two days.
 */
const isWaitedFor = (job: Job): boolean => {
  switch (job.kind) {
    case 'end-order':
    case 'find-invoice':
    case 'tell-storefront':
      return true;
    case 'apply-event':
    case 'read-invoice':
    case 'cancel-invoice':
    case 'no-news':
    case 'follow-order':
    case 'check-refund':
      return false;
    default: {
      const never: never = job;
      return never;
    }
  }
};

export const defaultJobPolicy = (random: RandomBytes): JobPolicy => ({
  leaseMs: minutes(2),
  concurrency: 16,
  backoff: exponentialBackoff(seconds(5), minutes(30), random),
  maxAttempts: 100,
  waits: isWaitedFor,
});
