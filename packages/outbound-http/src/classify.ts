import {
  type EgressOutcome,
  type HttpOutcome,
  type HttpResponseHeaders,
  parseExactJson,
} from '@gatewright/payment-core';
import { retryAfterMs } from './retry-after.ts';

const NOTHING = new Uint8Array();

/**
 * What an answer, or its absence, says about the request's effect (invariant 11). A status line decides even
 * where the rest of the answer was cut off: after 3xx or 4xx the request had no effect.
 * @param nowMs for a Retry-After that is a date
 */
export const classify = (outcome: EgressOutcome, nowMs: number): HttpOutcome => {
  switch (outcome.outcome) {
    case 'answered':
      return byStatus(outcome.status, outcome.headers, outcome.body, nowMs);
    case 'too-large':
      return isSuccess(outcome.status)
        ? { outcome: 'ambiguous', reason: 'too-large', status: outcome.status }
        : byStatus(outcome.status, outcome.headers, NOTHING, nowMs);
    case 'ambiguous':
      return outcome.status === undefined || isSuccess(outcome.status)
        ? outcome
        : byStatus(outcome.status, {}, NOTHING, nowMs);
    case 'unavailable':
      return outcome;
    default: {
      const never: never = outcome;
      return never;
    }
  }
};

const longestProblem = 4_096;

/** A word, and none that could be a key. */
const codeIn = (body: Uint8Array): string | undefined => {
  const json = body.length > longestProblem ? undefined : parseExactJson(body);
  const said: unknown = json?.ok ? json.value : undefined;
  const code = typeof said === 'object' && said !== null && 'code' in said ? said.code : undefined;
  return typeof code === 'string' && /^[a-z]{1,20}(_[a-z]{1,20}){0,4}$/.test(code) ? code : undefined;
};

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const byStatus = (
  status: number,
  headers: HttpResponseHeaders,
  body: Uint8Array,
  nowMs: number,
): HttpOutcome => {
  if (isSuccess(status)) return { outcome: 'ok', status, headers, body };
  if (status === 429) {
    const wait = retryAfterMs(headers, body, nowMs);
    const limited = { outcome: 'unavailable', reason: 'rate-limited' } as const;
    return wait === undefined ? limited : { ...limited, retryAfterMs: wait };
  }
  // Where a redirect points is nobody's business: it is not followed, and it may repeat a credential.
  if (status >= 300 && status < 400) return { outcome: 'refused', status, headers: {}, body: NOTHING };
  if (status >= 400 && status < 500) return { outcome: 'refused', status, headers, body };
  const failed = { outcome: 'ambiguous', reason: 'server-error', status } as const;
  const code = codeIn(body);
  return code === undefined ? failed : { ...failed, code };
};
