import type * as z from 'zod';
import type { HttpOutcome } from '../http/http-client.ts';
import { parseExactJson } from '../money/exact-json.ts';

/** A gateway's answer after transport, JSON and schema: what a client's caller has to tell apart. */
export type Answer<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'ambiguous'; readonly reason: string }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number };

/**
 * Reads a 2xx body by `schema`. A body we cannot read is ambiguous: the call may have had its effect.
 * No upstream text reaches a reason except what `refusalReason` picks (invariant 12).
 */
export const readAnswer = <T>(
  outcome: HttpOutcome,
  schema: z.ZodType<T>,
  refusalReason: (status: number, body: unknown) => string,
): Answer<T> => {
  switch (outcome.outcome) {
    case 'ok': {
      const parsed = parseExactJson(outcome.body);
      if (!parsed.ok) return { outcome: 'ambiguous', reason: 'answer-not-json' };
      const value = schema.safeParse(parsed.value);
      if (!value.success) return { outcome: 'ambiguous', reason: 'answer-not-understood' };
      return { outcome: 'ok', value: value.data };
    }
    case 'refused': {
      const parsed = parseExactJson(outcome.body);
      return {
        outcome: 'refused',
        reason: refusalReason(outcome.status, parsed.ok ? parsed.value : undefined),
      };
    }
    case 'ambiguous':
      return { outcome: 'ambiguous', reason: outcome.reason };
    case 'unavailable':
      return outcome;
    default: {
      const never: never = outcome;
      return never;
    }
  }
};

/** A read that failed in any way has told us nothing. */
export const unavailableRead = (
  answer: Exclude<Answer<never>, { outcome: 'ok' }>,
): { outcome: 'unavailable'; reason: string; retryAfterMs?: number } =>
  answer.outcome === 'unavailable' ? answer : { outcome: 'unavailable', reason: answer.reason };

/** The reason of a refusal by its HTTP status alone, for gateways that document no error body. */
export const statusReason = (status: number): string => {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 422:
      return 'invalid-request';
    default:
      return `http-${status}`;
  }
};
