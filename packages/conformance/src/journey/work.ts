import { type JobQueue, jobHandler, type Ports, reportDeadJob } from '@gatewright/payment-core';

const leaseMs = 60_000;

/** Runs due jobs until none is due, as a bridge's worker does. */
export const runDueJobs = async (queue: JobQueue, ports: Ports): Promise<void> => {
  const handle = jobHandler(ports);
  for (;;) {
    const leased = await queue.lease(ports.clock.now(), leaseMs, 50);
    if (leased.length === 0) return;
    for (const { id, job } of leased) {
      const result = await handle(job);
      if (result.done) await queue.complete(id);
      else if ('giveUp' in result) {
        await queue.bury(id, result.reason);
        await reportDeadJob(ports, job, result.reason);
      } else await queue.retry(id, ports.clock.now() + result.again, result.reason);
    }
  }
};
