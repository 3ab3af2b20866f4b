import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { Clock, RandomBytes } from '@gatewright/payment-core';
import { type Environment, readEnvironment } from './env.ts';

/** What a command reaches of the machine. */
export interface Host {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
  readonly errors: Writable;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** The process itself. */
export const processHost = (): Host => ({
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  environment: readEnvironment(),
  clock: { now: Date.now },
  random: randomBytes,
});

export const say = (host: Host, line: string): void => {
  host.output.write(`${line}\n`);
};

/** For people, beside the answer: it never mixes with what a script reads. */
export const remark = (host: Host, line: string): void => {
  host.errors.write(`${line}\n`);
};
