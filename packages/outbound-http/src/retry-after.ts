import { type HttpResponseHeaders, isJsonNumber, parseExactJson } from '@gatewright/payment-core';

const DAY_MS = 86_400_000;
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const SECONDS = /^\d{1,9}(?:\.\d{1,9})?$/;

/**
 * How long a 429 asks us to wait: the Retry-After header (seconds or HTTP date) or the body's
 * `retry_after_seconds` (Gatenoc), the longer of the two, at most a day. Undefined when neither can be read.
 */
export const retryAfterMs = (
  headers: HttpResponseHeaders,
  body: Uint8Array,
  nowMs: number,
): number | undefined => {
  const waits = [fromHeader(headers['retry-after'], nowMs), fromBody(body)].filter((ms) => ms !== undefined);
  return waits.length === 0 ? undefined : Math.min(Math.max(...waits), DAY_MS);
};

const fromSeconds = (text: string): number | undefined =>
  SECONDS.test(text) ? Math.ceil(Number(text) * 1000) : undefined;

const fromHeader = (value: string | undefined, nowMs: number): number | undefined => {
  if (value === undefined) return undefined;
  if (!HTTP_DATE.test(value)) return fromSeconds(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
};

const fromBody = (body: Uint8Array): number | undefined => {
  const parsed = parseExactJson(body);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined;
  const wait = 'retry_after_seconds' in parsed.value ? parsed.value.retry_after_seconds : undefined;
  if (isJsonNumber(wait)) return fromSeconds(wait.lexeme);
  return typeof wait === 'string' ? fromSeconds(wait) : undefined;
};
