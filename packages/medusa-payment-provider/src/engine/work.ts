import { type JobQueue, jobHandler, type Ports, reportDeadJob } from '@gatewright/payment-core';
import { createJobRunner, defaultJobPolicy, type JobRunner } from '@gatewright/payment-ledger';
import type { EngineLog, EngineRuntime } from './engine.ts';

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** The runner of this process over the core's use cases. */
export const createWork = (
  ports: Ports,
  queue: JobQueue,
  log: EngineLog,
  { every }: Pick<EngineRuntime, 'every'>,
): JobRunner =>
  createJobRunner({
    ...defaultJobPolicy(ports.random),
    queue,
    clock: ports.clock,
    timer: every,
    handler: jobHandler(ports),
    onDead: async (job, reason) => {
      log.error(`Gatewright: the job ${job.kind} was given up (${reason}).`);
      await reportDeadJob(ports, job, reason);
    },
    onError: (error, job) =>
      log.error(
        `Gatewright: ${job === undefined ? 'the job queue' : `the job ${job.kind}`} failed.`,
        asError(error),
      ),
  });
