import type { JobHandler, Storefront } from '@gatewright/payment-core';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** Counts what shops answered. */
export const measuredTell =
  (tell: Storefront['tell'], metrics: Metrics): Storefront['tell'] =>
  async (instruction, invoice) => {
    const answer = await tell(instruction, invoice);
    metrics.instruction(instruction.kind, answer.outcome);
    return answer;
  };

/** Counts what became of jobs; one that has to wait says why in the log. */
export const measuredHandler =
  (handle: JobHandler, metrics: Metrics, log: Logger): JobHandler =>
  async (job) => {
    try {
      const result = await handle(job);
      metrics.job(job.kind, result);
      if (!result.done) log.info({ job: job.kind, reason: result.reason }, 'job not done yet');
      return result;
    } catch (error) {
      metrics.job(job.kind, 'failed');
      throw error;
    }
  };
