/** One line of the shop's log: what was refused or failed and why. Carries no secret and no body. */
export interface LogEntry {
  readonly at: number;
  readonly source: 'rest-auth' | 'wc-auth' | 'bridge-auth' | 'bridge-call' | 'webhook-delivery';
  /** A kebab-case word, such as `nonce-used`. */
  readonly reason: string;
  readonly detail?: string;
}

export interface Log {
  readonly entries: readonly LogEntry[];
  write(source: LogEntry['source'], reason: string, detail?: string): void;
}

/** @param now milliseconds since the epoch */
export const createLog = (now: () => number): Log => {
  const entries: LogEntry[] = [];
  return {
    entries,
    write: (source, reason, detail) => {
      entries.push({ at: now(), source, reason, ...(detail === undefined ? {} : { detail }) });
    },
  };
};
