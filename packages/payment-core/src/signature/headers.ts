import type { SignatureRefusal } from './verdict.ts';

/** Header lines as received: names in any case, a repeated line stays repeated. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

export type SingleHeader =
  | { readonly ok: true; readonly value: string }
  | SignatureRefusal<'signature-missing' | 'signature-repeated' | 'timestamp-missing' | 'timestamp-repeated'>;

/**
 * From a header record such as Node's `req.headers`. Node joins most repeated lines with a comma there, and the
 * join is never undone: such a value is no signature. `rawHeaderLines` sees the repetition itself.
 */
export const headerLines = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): HeaderLines =>
  Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (typeof value === 'string' ? [value] : value).map((line): [string, string] => [name, line]);
  });

/** From Node's `req.rawHeaders`: name, value, name, value. */
export const rawHeaderLines = (raw: readonly string[]): HeaderLines =>
  raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []));

/**
 * The value of a header that must stand there exactly once (gateways.md rule 2).
 * @param subject names the refusal: `signature-missing` or `timestamp-missing`
 */
export const singleHeader = (
  lines: HeaderLines,
  name: string,
  subject: 'signature' | 'timestamp' = 'signature',
): SingleHeader => {
  const wanted = name.toLowerCase();
  // The length is compared first, because it tells most lines apart and costs nothing.
  const [first, ...others] = lines.filter(
    ([line]) => line.length === wanted.length && line.toLowerCase() === wanted,
  );
  if (first === undefined) return { ok: false, reason: `${subject}-missing` };
  if (others.length > 0) return { ok: false, reason: `${subject}-repeated` };
  return { ok: true, value: first[1] };
};
