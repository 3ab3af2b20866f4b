import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Moves the clocks of all processes that were started with `moved-clock.ts?file=…`. */
export interface ClockFile {
  readonly path: string;
  /** @param now what they shall see, ms since the epoch; from here on it goes on with the machine's time */
  set(now: number): void;
}

export const createClockFile = (folder: string, machineNow: () => number): ClockFile => {
  const path = join(folder, 'clock');
  const descriptor = openSync(path, 'w');
  const bytes = Buffer.alloc(8);
  const set = (now: number): void => {
    bytes.writeBigInt64LE(BigInt(Math.round(now - machineNow())));
    writeSync(descriptor, bytes, 0, 8, 0);
  };
  set(machineNow());
  return { path, set };
};
