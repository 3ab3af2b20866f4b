import { isJsonNumber, type JsonNumber, jsonNumberBrand } from './json-number.ts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  endOfString,
  isDeeperThan,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-text.ts';
import { isNumberPart, restoreDigits } from './restore-digits.ts';

/**
 * Exact JSON: numbers keep their digits in both directions.
 *
 * Own code because the kept alternative, lossless-json 4.3, lets a repeated key pass without asking when both
 * values are equal, keeps `__proto__` as a key, and has no depth limit; native `JSON.parse` stays the judge of
 * the grammar. What it has parsed is used, with the digits of its numbers restored, wherever that is the whole
 * text; the walker below reads the rest, and only text that JSON.parse has accepted.
 */
export type ExactJson =
  | null
  | boolean
  | string
  | JsonNumber
  | readonly ExactJson[]
  | { readonly [key: string]: ExactJson };

export type ExactJsonFault = 'bom' | 'not-utf8' | 'not-json' | 'duplicate-key' | 'forbidden-key' | 'too-deep';

export type ExactJsonResult =
  | { readonly ok: true; readonly value: ExactJson }
  | {
      readonly ok: false;
      readonly reason: ExactJsonFault;
      /** The repeated key, where it stands in the outermost object (CPC-12). */
      readonly key?: string;
    };

/** Objects and arrays inside one another; the outermost counts as 1. */
const MAX_DEPTH = 64;

interface Walker {
  readonly text: string;
  at: number;
  escape: number;
  fault: ExactJsonFault | undefined;
  repeated: string | undefined;
}

/** Characters; what is shorter is parsed within two milliseconds, however deep. */
const longText = 16_384;

const COMMA = 0x2c;

/** JSON whose grammar is right, before its digits and keys were looked at. */
export interface LooseJson {
  readonly ok: true;
  /**
   * As JSON.parse reads it: numbers lose digits, of a repeated key the last one stands. Enough to refuse by; what is
   * used comes from `exact`, which takes this value apart.
   */
  readonly loose: unknown;
  /** The same text read without loss. Called at most once. */
  exact(): ExactJsonResult;
}

/** The first, cheap half of `parseExactJson`. */
export const openJson = (
  input: Uint8Array | string,
): LooseJson | { readonly ok: false; readonly reason: 'bom' | 'not-utf8' | 'not-json' | 'too-deep' } => {
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  if (text === undefined) return { ok: false, reason: 'not-utf8' };
  if (text.charCodeAt(0) === 0xfeff) return { ok: false, reason: 'bom' };
  // JSON.parse takes 90 ms for a mebibyte of brackets, and some signatures can be checked only after it (CPC-1).
  if (text.length > longText && isDeeperThan(MAX_DEPTH, text)) return { ok: false, reason: 'too-deep' };
  let loose: unknown;
  try {
    loose = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'not-json' };
  }
  return { ok: true, loose, exact: () => exactly(input, text, loose) };
};

/**
 * Reads a JSON body without loss. Objects have no prototype.
 * @param input raw bytes (strict UTF-8, no byte order mark: GN-3) or text
 * @returns `not-utf8`, `bom`, `not-json`; `duplicate-key` also for keys that are equal only after unescaping and
 * for equal values (gateways.md rule 8, CPC-12); `forbidden-key` for `__proto__` in any spelling; `too-deep`
 * beyond 64 levels.
 */
export const parseExactJson = (input: Uint8Array | string): ExactJsonResult => {
  const opened = openJson(input);
  return opened.ok ? opened.exact() : opened;
};

const exactly = (input: Uint8Array | string, text: string, parsed: unknown): ExactJsonResult => {
  const bytes =
    typeof input === 'string'
      ? Buffer.from(input)
      : Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  // What is left of JSON.parse's value is strings, booleans, null, JsonNumbers, and arrays and objects of them.
  const whole = restoreDigits(bytes, parsed, MAX_DEPTH) as ExactJson | undefined;
  if (whole !== undefined) return { ok: true, value: whole };
  const walker: Walker = { text, at: 0, escape: -1, fault: undefined, repeated: undefined };
  const value = readValue(walker, 1);
  if (walker.fault === undefined) return { ok: true, value };
  const key = walker.repeated;
  return { ok: false, reason: walker.fault, ...(key === undefined ? {} : { key }) };
};

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
};

const skipSpace = (walker: Walker): number => {
  for (;;) {
    const code = walker.text.charCodeAt(walker.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
    walker.at += 1;
  }
};

const readValue = (walker: Walker, depth: number): ExactJson => {
  const code = skipSpace(walker);
  switch (code) {
    case QUOTE:
      return readString(walker);
    case OPEN_OBJECT:
      return readObject(walker, depth);
    case OPEN_ARRAY:
      return readArray(walker, depth);
    case 0x74:
      walker.at += 4;
      return true;
    case 0x66:
      walker.at += 5;
      return false;
    case 0x6e:
      walker.at += 4;
      return null;
    default:
      return readNumber(walker);
  }
};

const readString = (walker: Walker): string => {
  const start = walker.at;
  let end = walker.text.indexOf('"', start + 1);
  if (nextEscape(walker) > end) {
    walker.at = end + 1;
    return walker.text.slice(start + 1, end);
  }
  end = endOfString(walker.text, start);
  walker.at = end + 1;
  // A string literal of text that JSON.parse has accepted can only parse to a string.
  return JSON.parse(walker.text.slice(start, end + 1)) as string;
};

/** Remembered between strings, so that a body without escapes is searched for one only once. */
const nextEscape = (walker: Walker): number => {
  if (walker.escape < walker.at) {
    const found = walker.text.indexOf('\\', walker.at);
    walker.escape = found < 0 ? Number.POSITIVE_INFINITY : found;
  }
  return walker.escape;
};

const readNumber = (walker: Walker): JsonNumber => {
  const start = walker.at;
  while (isNumberPart(walker.text.charCodeAt(walker.at))) walker.at += 1;
  return { [jsonNumberBrand]: true, lexeme: walker.text.slice(start, walker.at) };
};

const readArray = (walker: Walker, depth: number): ExactJson => {
  if (depth > MAX_DEPTH) return stop(walker, 'too-deep');
  const items: ExactJson[] = [];
  walker.at += 1;
  while (skipSpace(walker) !== CLOSE_ARRAY) {
    items.push(readValue(walker, depth + 1));
    if (walker.fault !== undefined) return null;
    if (skipSpace(walker) === COMMA) walker.at += 1;
  }
  walker.at += 1;
  return items;
};

const readObject = (walker: Walker, depth: number): ExactJson => {
  if (depth > MAX_DEPTH) return stop(walker, 'too-deep');
  // Without a prototype `in` answers for own keys only, and no key reaches a setter.
  const fields: Record<string, ExactJson> = Object.create(null);
  walker.at += 1;
  while (skipSpace(walker) !== CLOSE_OBJECT) {
    const key = readString(walker);
    if (key === '__proto__') return stop(walker, 'forbidden-key');
    if (key in fields) {
      if (depth === 1) walker.repeated = key;
      return stop(walker, 'duplicate-key');
    }
    skipSpace(walker);
    walker.at += 1;
    fields[key] = readValue(walker, depth + 1);
    if (walker.fault !== undefined) return null;
    if (skipSpace(walker) === COMMA) walker.at += 1;
  }
  walker.at += 1;
  return fields;
};

const stop = (walker: Walker, fault: ExactJsonFault): null => {
  walker.fault = fault;
  return null;
};

// TypeScript 5.9's library does not declare JSON.rawJSON, which every Node since 22 has.
const nativeJson = JSON as typeof JSON & { rawJSON(text: string): object };

/**
 * Writes JSON with every number exactly as its lexeme says.
 * @throws TypeError for a JS number, bigint, undefined or function that got past the types: a bug of the caller.
 */
export const stringifyExactJson = (value: ExactJson): string =>
  JSON.stringify(value, (_key, field: unknown) => {
    if (isJsonNumber(field)) return nativeJson.rawJSON(field.lexeme);
    if (field === null || typeof field === 'string' || typeof field === 'boolean') return field;
    if (typeof field === 'object') return field;
    throw new TypeError(`stringifyExactJson: a ${typeof field} has no exact JSON form`);
  });
