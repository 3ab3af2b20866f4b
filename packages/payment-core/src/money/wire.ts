import * as z from 'zod';
import { decimalFromLexeme, parseDecimal } from './decimal.ts';
import { isJsonNumber, type JsonNumber } from './json-number.ts';

/**
 * zod pieces that read ExactJson. A gateway's contract puts them into `z.object`, which ignores unknown fields
 * (gateways.md rule 11). Messages name the rule, never the value.
 */
const isTextOrNumber = (value: unknown): value is string | JsonNumber =>
  typeof value === 'string' || isJsonNumber(value);

const read =
  <In, Out>(reader: (value: In) => Out | undefined, message: string) =>
  (value: In, context: z.RefinementCtx<In>): Out => {
    const result = reader(value);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };

/** A string or JSON number to a Decimal with the wire's digits (rule 10); a sign is refused. */
export const wireAmount = z
  .custom<string | JsonNumber>(isTextOrNumber, 'not-an-amount')
  .transform(
    read(
      (value) => (typeof value === 'string' ? parseDecimal(value) : decimalFromLexeme(value.lexeme)),
      'not-an-amount',
    ),
  );

const ID = /^(?:0|[1-9]\d{0,31})$/;

/** A whole number, as JSON number or digit string, to its digits: an int64 id never becomes a JS number. */
export const wireId = z
  .custom<string | JsonNumber>(isTextOrNumber, 'not-an-id')
  .transform((value) => (typeof value === 'string' ? value : value.lexeme))
  .pipe(z.string().regex(ID, 'not-an-id'));

const INTEGER = /^-?(?:0|[1-9]\d{0,15})$/;

/** A JSON number without fraction or exponent, within the safe range, to a JS number: counts, never money. */
export const wireInteger = z.custom<JsonNumber>(isJsonNumber, 'not-an-integer').transform(
  read(({ lexeme }) => {
    const value = INTEGER.test(lexeme) ? Number(lexeme) : undefined;
    return Number.isSafeInteger(value) ? value : undefined;
  }, 'not-an-integer'),
);

/** Text that every store can keep: no NUL, which PostgreSQL refuses, and no half of a surrogate pair. */
export const wireText = z
  .string()
  .refine((text) => !text.includes('\u0000') && !/[\ud800-\udfff]/u.test(text), 'not-storable-text');

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):?(\d\d))?$/;

/** Milliseconds since the epoch, or undefined when the text is no instant between 1970 and 9999. */
const instantMs = (text: string): number | undefined => {
  const match = INSTANT.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [offsetHour, offsetMinute] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (year < 1970 || hour > 23 || minute > 59 || second > 59) return undefined;
  if (offsetHour > 14 || offsetMinute > 59) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  // Date rolls 30 February over into March; such a text is refused instead.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const fraction = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = (offsetHour * 60 + offsetMinute) * (match[8] === '-' ? -1 : 1);
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction;
};

/** ISO 8601 date and time to ms since the epoch; no offset means UTC (gateways.md 3.1, expires_at). */
export const wireInstant = z.string().transform(read(instantMs, 'not-an-instant'));

const LAST_SECOND_OF_9999 = 253_402_300_799;

/** Whole Unix seconds as a JSON number to ms since the epoch; milliseconds by mistake are out of range. */
export const wireUnixSeconds = wireInteger
  .refine((seconds) => seconds >= 0 && seconds <= LAST_SECOND_OF_9999, 'not-unix-seconds')
  .transform((seconds) => seconds * 1000);
