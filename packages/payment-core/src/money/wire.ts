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

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?$/;

const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 0x30;

/** Two digits of a text whose shape is known; a match with groups would cost more than all the rest. */
const twoDigits = (text: string, at: number): number => digitAt(text, at) * 10 + digitAt(text, at + 1);

/** Minutes east of UTC that stand at the end of an instant; undefined when there is no such offset. */
const offsetMinutes = (text: string): number | undefined => {
  const sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
  // The last one that a date has stands at 7.
  if (sign <= 7) return 0;
  const hour = twoDigits(text, sign + 1);
  const minute = twoDigits(text, text.length - 2);
  if (hour > 14 || minute > 59) return undefined;
  return (hour * 60 + minute) * (text[sign] === '-' ? -1 : 1);
};

/** Whole milliseconds of the fraction, whatever stands behind its third digit. */
const fractionMs = (text: string): number => {
  if (text[19] !== '.') return 0;
  let ms = 0;
  let at = 20;
  for (let unit = 100; unit >= 1; unit /= 10) {
    const digit = digitAt(text, at);
    if (!(digit >= 0 && digit <= 9)) break;
    ms += digit * unit;
    at += 1;
  }
  return ms;
};

/** Milliseconds since the epoch, or undefined when the text is no instant between 1970 and 9999. */
const instantMs = (text: string): number | undefined => {
  if (!INSTANT.test(text)) return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const offset = offsetMinutes(text);
  if (year < 1970 || hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  // Date rolls 30 February over into March; such a text is refused instead.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fractionMs(text);
};

/** ISO 8601 date and time to ms since the epoch; no offset means UTC (gateways.md 3.1, expires_at). */
export const wireInstant = z.string().transform(read(instantMs, 'not-an-instant'));

const LAST_SECOND_OF_9999 = 253_402_300_799;

/** Whole Unix seconds as a JSON number to ms since the epoch; milliseconds by mistake are out of range. */
export const wireUnixSeconds = wireInteger
  .refine((seconds) => seconds >= 0 && seconds <= LAST_SECOND_OF_9999, 'not-unix-seconds')
  .transform((seconds) => seconds * 1000);
