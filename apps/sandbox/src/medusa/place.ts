import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewaySimulators, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { seconds } from '@gatewright/payment-core';
import { type ClockFile, createClockFile } from '../chaos/processes/clock-file.ts';
import type { MedusaBase } from './base.ts';

/** What some shops share: gateways, a PostgreSQL with a database to copy, and time. */
export interface Place {
  readonly base: MedusaBase;
  readonly simulators: GatewaySimulators;
  /** Moves the clocks of the Medusa processes. */
  readonly clockFile: ClockFile;
  /** Lets time pass for gateways and processes. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

/** How much passes before the processes see it: less than any tolerance for clocks that differ. */
const clockStepMs = seconds(20);

export const openPlace = async (base: MedusaBase): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatewright-medusa-'));
  const clockFile = createClockFile(folder, Date.now);
  const simulators = await startGatewaySimulators({
    seed: 2026,
    realTime: true,
    // Ten seconds between two confirmations: nobody waits twenty minutes for nineteen of them.
    knobs: { confirmationMs: seconds(10) },
  });
  const { clock } = simulators;
  return {
    base,
    simulators,
    clockFile,
    pass: async (ms) => {
      for (let left = ms; left > 0; left -= clockStepMs) {
        await clock.advance(Math.min(left, clockStepMs));
        clockFile.set(clock.now());
      }
    },
    stop: async () => {
      await simulators.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
