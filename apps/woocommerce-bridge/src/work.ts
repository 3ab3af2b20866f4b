import { type Metrics, measuredHandler, measuredTell } from '@gatewright/operations';
import {
  type Job,
  type JobHandler,
  type JobQueue,
  jobHandler,
  type Ports,
  type RandomBytes,
  reportDeadJob,
  type Storefront,
} from '@gatewright/payment-core';
import {
  createJobRunner,
  defaultJobPolicy,
  type JobPolicy,
  type JobRunner,
  type LanePolicy,
} from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import { noAccountTakesIt } from './rest-mode/payable.ts';
import { isHeldBack } from './storefront/shop-client.ts';
import type { Intake } from './webhooks/intake.ts';

/** Counts what shops answered. */
export const measuredStorefront = (
  storefront: Required<Storefront>,
  metrics: Metrics,
): Required<Storefront> => ({ ...storefront, tell: measuredTell(storefront.tell, metrics) });

/** The shop that a job calls; the others wait for gateways, or for nobody. */
const shopOf = (job: Job): string | undefined => {
  switch (job.kind) {
    case 'tell-storefront':
    case 'follow-order':
      return job.store;
    case 'apply-event':
    case 'read-invoice':
    case 'end-order':
    case 'cancel-invoice':
    case 'no-news':
    case 'find-invoice':
    case 'check-refund':
      return undefined;
    default: {
      const never: never = job;
      return never;
    }
  }
};

/** A shop's PHP does not bear more at once, and one that hangs takes no more of our slots. */
const callsPerShop = 2;
const longestLine = 200;

const policyOf = (random: RandomBytes): JobPolicy & { readonly lanes: LanePolicy } => {
  const policy = defaultJobPolicy(random);
  return {
    ...policy,
    // Waiting for a broken shop, or for its owner, costs no attempt: no job dies of it.
    waits: (job, reason) => policy.waits(job, reason) || isHeldBack(reason) || reason === noAccountTakesIt,
    lanes: { of: shopOf, width: callsPerShop, line: longestLine },
  };
};

/** The runner of this process over the core's use cases. @param widen adds what this platform does beside them */
export const createWork = (
  ports: Ports,
  queue: JobQueue,
  metrics: Metrics,
  log: Logger,
  widen: (handle: JobHandler) => JobHandler,
  intake: Pick<Intake, 'isCrowded'>,
): JobRunner =>
  createJobRunner({
    ...policyOf(ports.random),
    queue,
    clock: ports.clock,
    isCrowded: intake.isCrowded,
    handler: measuredHandler(widen(jobHandler(ports)), metrics, log),
    onDead: async (job, reason) => {
      metrics.job(job.kind, 'dead');
      log.error({ job: job.kind, reason }, 'job given up');
      await reportDeadJob(ports, job, reason);
    },
    onError: (error, job) => log.error({ err: error, job: job?.kind }, 'job failed'),
  });
