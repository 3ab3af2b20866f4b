import { setTimeout as pause } from 'node:timers/promises';
import type * as z from 'zod';
import { type ControlApi, openControlApi } from './control/control-api.ts';
import { createClock, type VirtualClock } from './kernel/clock.ts';
import type { GatewayDefinition, Knobs } from './kernel/gateway.ts';
import { seededRandom } from './kernel/random.ts';
import type { Shopper } from './kernel/shopper.ts';
import { type ControlledGateway, type GatewaySimulator, openGateway } from './kernel/simulator.ts';
import { machineNow, machineTime } from './kernel/wall-time.ts';
import { type GatewayId, gatewayIds, registry } from './registry.ts';

type SimulatorOf<D> =
  D extends GatewayDefinition<infer Config, infer AccountOptions, infer S>
    ? GatewaySimulator<Config, z.input<AccountOptions>, S & Shopper>
    : never;

export type GatewaySimulatorsById<Id extends GatewayId = GatewayId> = {
  readonly [K in Id]: SimulatorOf<(typeof registry)[K]>;
};

export interface StartOptions<Id extends GatewayId = GatewayId> {
  /** Which gateways to start; all of them by default. */
  readonly gateways?: readonly Id[];
  /** Same seed and same calls: same ids, secrets, addresses and hashes. Default 1. */
  readonly seed?: number;
  /** Ms since the epoch. Default: 2026-06-01T12:00:00Z, or the machine's time with `realTime`. */
  readonly startAt?: number;
  /** 0, the default, takes a free port. */
  readonly controlPort?: number;
  /** The clock follows the machine's time plus whatever is advanced. Default: it moves by `advance` alone. */
  readonly realTime?: boolean;
  readonly knobs?: Partial<Knobs>;
  /** Sends the webhooks. Default: the global one. */
  readonly fetch?: typeof fetch;
}

export interface GatewaySimulators<Id extends GatewayId = GatewayId> {
  readonly clock: VirtualClock;
  readonly control: { readonly url: string };
  readonly gateways: GatewaySimulatorsById<Id>;
  stop(): Promise<void>;
}

const DEFAULT_START = Date.UTC(2026, 5, 1, 12);
const DEFAULT_KNOBS: Knobs = {
  latencyMs: 0,
  rateLimits: true,
  webhookTimeoutMs: 10_000,
  confirmationMs: 60_000,
};

/**
 * Starts the simulated gateways, each on loopback ports of its own, and the control API over them.
 * @throws when the control port is taken.
 */
export const startGatewaySimulators = async <Id extends GatewayId = GatewayId>(
  options: StartOptions<Id> = {},
): Promise<GatewaySimulators<Id>> => {
  const { seed = 1, controlPort = 0, realTime = false } = options;
  const startAt = options.startAt ?? (realTime ? machineNow() : DEFAULT_START);
  const clock = createClock(startAt, realTime ? machineTime : undefined);
  const wait = async (ms: number): Promise<void> => {
    await pause(ms);
  };
  const opened: { id: GatewayId; simulator: ControlledGateway; close(): Promise<void> }[] = [];
  let control: ControlApi | undefined;
  const stop = async (): Promise<void> => {
    clock.stop();
    await Promise.all([control?.close(), ...opened.map((gateway) => gateway.close())]);
  };
  try {
    for (const id of options.gateways ?? gatewayIds) {
      const surroundings = {
        clock,
        wait,
        random: seededRandom(`${seed}`).fork(id),
        fetch: options.fetch ?? fetch,
        knobs: { ...DEFAULT_KNOBS, ...options.knobs },
      };
      opened.push({ id, ...(await openById(id, surroundings)) });
    }
    const gateways = Object.fromEntries(opened.map(({ id, simulator }) => [id, simulator]));
    control = await openControlApi({ clock, gateways, port: controlPort });
    return {
      clock,
      control: { url: control.url },
      // Built from exactly the ids asked for; Object.fromEntries cannot carry that in its type.
      gateways: gateways as unknown as GatewaySimulatorsById<Id>,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const openById = (
  id: GatewayId,
  surroundings: Parameters<typeof openGateway>[1],
): Promise<{ simulator: ControlledGateway; close(): Promise<void> }> => {
  // The registry's entries differ in their types; here only what they share is used.
  const definition = registry[id] as unknown as GatewayDefinition<unknown, z.ZodType, Shopper>;
  return openGateway(definition, surroundings);
};
