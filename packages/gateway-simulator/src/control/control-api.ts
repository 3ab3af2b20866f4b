import type { VirtualClock } from '../kernel/clock.ts';
import { createFaultBoard } from '../kernel/faults.ts';
import { openHost } from '../kernel/http/server.ts';
import type { ControlledGateway } from '../kernel/simulator.ts';
import { problem } from './answer.ts';
import { controlRoutes } from './control-routes.ts';

export interface ControlApi {
  readonly url: string;
  close(): Promise<void>;
}

export interface ControlOptions {
  readonly clock: VirtualClock;
  readonly gateways: Readonly<Record<string, ControlledGateway>>;
  readonly port: number;
}

/** The HTTP door to everything that the library API can do; the README of this package lists its routes. */
export const openControlApi = async ({ clock, gateways, port }: ControlOptions): Promise<ControlApi> => {
  const none = createFaultBoard({ impossible: [], routes: () => [] });
  const host = await openHost({ faults: none, latencyMs: 0, wait: () => Promise.resolve() }, port);
  host.serve(controlRoutes(clock, gateways), {
    status: (status) => problem(status, 'fault', 'the control API has no faults'),
    rateLimited: () => problem(429, 'fault', 'the control API has no faults'),
  });
  return { url: host.url, close: host.close };
};
