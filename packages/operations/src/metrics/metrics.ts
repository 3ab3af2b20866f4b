import type { InstructionKind, Job, JobResult, Ledger, StorefrontAnswer } from '@gatewright/payment-core';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface HttpObservation {
  readonly method: string;
  /** The route's pattern, so that ids make no labels. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What a gateway's webhook was answered. */
export interface WebhookObservation {
  /** The gateway's id, or `unknown`: a stranger's text becomes no label. */
  readonly gateway: string;
  readonly status: number;
  readonly reason: string;
}

/** A service's numbers in a registry of its own: two services in one process share nothing. */
export interface Metrics {
  readonly registry: Registry;
  /** A number of the service's own. @returns counts one more */
  counter<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
  ): (labels: Readonly<Record<Label, string>>) => void;
  webhook(answer: WebhookObservation): void;
  job(kind: Job['kind'], result: JobResult | 'failed' | 'dead'): void;
  instruction(kind: InstructionKind, outcome: StorefrontAnswer['outcome']): void;
  http(observation: HttpObservation): void;
}

const jobResult = (result: JobResult | 'failed' | 'dead'): string => {
  if (typeof result === 'string') return result;
  if (result.done) return 'done';
  return 'giveUp' in result ? 'given-up' : 'again';
};

/** @param ledger is asked for open items whenever the numbers are read */
export const createMetrics = (ledger: Ledger): Metrics => {
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
      this.set(await ledger.transact((tx) => tx.reviews.countOpen()));
    },
  });
  return {
    registry,
    counter: (name, help, labelNames) => {
      const counted = new Counter({ name, help, labelNames: [...labelNames], registers });
      return (labels) => counted.inc({ ...labels });
    },
    webhook: ({ gateway, status, reason }) => webhooks.inc({ gateway, status: String(status), reason }),
    job: (kind, result) => jobs.inc({ kind, result: jobResult(result) }),
    instruction: (kind, outcome) => instructions.inc({ kind, outcome }),
    http: ({ method, route, status, seconds }) =>
      http.observe({ method, route, status: String(status) }, seconds),
  };
};
