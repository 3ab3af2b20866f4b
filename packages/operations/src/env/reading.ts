import type { Finding } from '@gatewright/payment-core';

/** As in `process.env`; an empty value counts as not set. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A variable's text without the spaces around it; undefined where there is none. */
export type ReadText = (name: string) => string | undefined;

export const textsOf =
  (variables: Variables): ReadText =>
  (name) =>
    variables[name]?.trim() || undefined;

/** What is wrong with a variable. Never its value: it may be a secret. */
export type Fault = Pick<Finding, 'code' | 'cause' | 'remedy'>;

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

export const fault = (code: string, cause: string, remedy: string): { ok: false; fault: Fault } => ({
  ok: false,
  fault: { code, cause, remedy },
});

/** Every fault, not only the first. @param effect what does not happen because of them */
export const findingsOf = (readings: readonly Reading<unknown>[], effect: string): readonly Finding[] =>
  readings.flatMap((reading) =>
    reading.ok ? [] : [{ ...reading.fault, severity: 'error' as const, effect }],
  );
