import { openSync, readSync } from 'node:fs';

/**
 * Loaded before a bridge's own code (`node --import`), as libfaketime would be: the process sees the machine's time
 * plus an offset that the harness moves, and what it repeats every five seconds or more it repeats ten times as often.
 * The bridge's code is the same as in production.
 */
const file = new URL(import.meta.url).searchParams.get('file');
if (file === null) throw new Error('moved-clock: no file');

const descriptor = openSync(file, 'r');
const bytes = Buffer.alloc(8);
const machineNow = Date.now;
Date.now = () => {
  readSync(descriptor, bytes, 0, 8, 0);
  return machineNow() + Number(bytes.readBigInt64LE());
};

const seldomMs = 5_000;
const machineInterval = setInterval;
const oftener = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): NodeJS.Timeout =>
  machineInterval(run, ms >= seldomMs ? ms / 10 : ms, ...args);
globalThis.setInterval = Object.assign(oftener, machineInterval);
