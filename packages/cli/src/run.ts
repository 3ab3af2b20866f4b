import type { Outcome } from './failure.ts';
import type { Host } from './host.ts';

/** A command's work as a commander action; commander passes arguments first, then options, then the command. */
export type Run = <Args extends readonly unknown[]>(
  work: (host: Host, ...args: Args) => Promise<Outcome>,
) => (...args: Args) => Promise<void>;
