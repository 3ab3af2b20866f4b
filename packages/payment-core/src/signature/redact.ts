import type { HeaderLines } from './headers.ts';

const REDACTED = '[redacted]';

/** Headers whose names do not show that they hold a credential (GN-1: Gatenoc sends its key in a webhook). */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  'crypto-pay-api-token',
  'rocket-pay-key',
  'x-gateway-merchant-key',
  'x-merchant-key',
]);

/** Credentials of other systems. A signature is no secret: it is needed to explain a verdict, so it stays. */
const SECRET_NAME = /authorization|cookie|token|secret|passw|api-?key/;

/**
 * Headers fit for a log or an inbox row (gateways.md rule 6): names in lower case, repeated lines joined with
 * ", ", secret values as "[redacted]". The record has no prototype.
 * @param alsoSecret further header names, any case
 */
export const redactHeaders = (
  lines: HeaderLines,
  alsoSecret: readonly string[] = [],
): Readonly<Record<string, string>> => {
  const named = new Set(alsoSecret.map((name) => name.toLowerCase()));
  const record: Record<string, string> = Object.create(null);
  for (const [line, value] of lines) {
    const name = line.toLowerCase();
    const before = record[name];
    if (SECRET_HEADERS.has(name) || SECRET_NAME.test(name) || named.has(name)) record[name] = REDACTED;
    else record[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return record;
};
