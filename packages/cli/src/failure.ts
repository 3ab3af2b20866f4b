/** 1: it could not be done. 2: the command was used wrongly. 0 is success. */
export type FailureCode = 1 | 2;

/** An expected failure in an owner's words. No secrets. */
export interface Failure {
  readonly cause: string;
  readonly effect: string;
  readonly remedy: string;
  readonly exitCode: FailureCode;
}

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly failure: Failure };

export const done: Outcome = { ok: true };

export const fail = (
  cause: string,
  effect: string,
  remedy: string,
  exitCode: FailureCode = 1,
): { readonly ok: false; readonly failure: Failure } => ({
  ok: false,
  failure: { cause, effect, remedy, exitCode },
});

export const failureText = ({ cause, effect, remedy }: Failure): string =>
  `cause:  ${cause}\neffect: ${effect}\nremedy: ${remedy}\n`;
