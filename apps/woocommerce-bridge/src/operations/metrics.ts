import type { InstructionKind, Job, JobResult, StorefrontAnswer } from '@gatewright/payment-core';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { WebhookAnswer } from '../webhooks/gateway-webhook.ts';

export interface HttpObservation {
  readonly method: string;
  /** The route's pattern, so that ids make no labels. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface Metrics {
  readonly registry: Registry;
  webhook(answer: WebhookAnswer): void;
  job(kind: Job['kind'], result: JobResult | 'failed' | 'dead'): void;
  instruction(kind: InstructionKind, outcome: StorefrontAnswer['outcome']): void;
  http(observation: HttpObservation): void;
}

const jobResult = (result: JobResult | 'failed' | 'dead'): string => {
  if (typeof result === 'string') return result;
  if (result.done) return 'done';
  return 'giveUp' in result ? 'given-up' : 'again';
};

/** The bridge's numbers in a registry of its own: two bridges in one process share nothing. */
export const createMetrics = (openReviews: () => Promise<number>): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const webhooks = new Counter({
    name: 'gatewright_webhooks_total',
    help: "Gateways' webhooks by what they were answered.",
    labelNames: ['gateway', 'status', 'reason'],
    registers,
  });
  const jobs = new Counter({
    name: 'gatewright_jobs_total',
    help: 'Jobs by kind and result; "dead" stands in front of a person.',
    labelNames: ['kind', 'result'],
    registers,
  });
  const instructions = new Counter({
    name: 'gatewright_instructions_total',
    help: 'Instructions told to shops, by what they answered.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const http = new Histogram({
    name: 'gatewright_http_request_duration_seconds',
    help: 'Time from request to answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  new Gauge({
    name: 'gatewright_open_reviews',
    help: 'Items that wait for a person, over all stores.',
    registers,
    async collect() {
      this.set(await openReviews());
    },
  });
  return {
    registry,
    webhook: ({ gateway, status, reason }) => webhooks.inc({ gateway, status: String(status), reason }),
    job: (kind, result) => jobs.inc({ kind, result: jobResult(result) }),
    instruction: (kind, outcome) => instructions.inc({ kind, outcome }),
    http: ({ method, route, status, seconds }) =>
      http.observe({ method, route, status: String(status) }, seconds),
  };
};
