/** How the world answers a port call: `ok`, or one of the faults a network has. */
export type Outcome =
  | 'ok'
  /** It did its work and the answer got lost. */
  | 'lost-answer'
  /** It never arrived. */
  | 'down'
  /** The caller gave up; the call arrives later. */
  | 'late';

/** What a parked process waits for, as data: the words of a trace, and how the world may answer. */
export interface PortCall {
  readonly what: string;
  readonly outcomes: readonly Outcome[];
  /** The call is given up after this, so time does not pass it. */
  readonly timeoutMs?: number;
}

/** What a process has been told: with these answers it can be run again from its start to where it stands. */
export interface Answered {
  readonly what: string;
  readonly at: number;
  readonly result:
    | { readonly ok: true; readonly value: unknown }
    | { readonly ok: false; readonly error: unknown };
  /** The result as canonical text: two processes with the same texts behave alike. */
  readonly text: string;
}

/** The door of a process to the world: every use of it is a point where another process may go first. */
export interface Door {
  /** Parks the process until the explorer picks it, then carries `perform` out as one atomic step. */
  ask<T>(call: PortCall, perform: (outcome: Outcome) => Promise<T>, text?: (value: T) => string): Promise<T>;
  /** An effect that belongs to the step before it; done once, not again when the process is run again. */
  tell(what: string, perform: () => void): void;
}
