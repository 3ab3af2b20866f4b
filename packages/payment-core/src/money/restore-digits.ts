import { type JsonNumber, jsonNumberBrand } from './json-number.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;
const MINUS = 0x2d;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Everything a JSON number may contain: digits, and `.`, `-`, `+`, `e`, `E`. What follows one is none of these. */
export const isNumberPart = (code: number): boolean =>
  isDigit(code) || code === 0x2e || code === MINUS || code === 0x2b || code === 0x65 || code === 0x45;

/** What a text has and its parsed value lacks: the digits of its numbers, and the count of strings, keys included. */
interface Tokens {
  readonly numbers: readonly string[];
  strings: number;
  given: number;
  /** V8 13.6 reads the key in `{"x":0,"\u0061":0}` as a backslash once it has parsed `{"x":0,"\\":0}`. */
  readonly escapedKey: boolean;
}

/** The end of the string that begins at `at`, in a text with escapes. */
const endOfString = (bytes: Buffer, at: number): number => {
  let end = at + 1;
  for (let code = bytes[end]; code !== QUOTE; code = bytes[end]) end += code === BACKSLASH ? 2 : 1;
  return end;
};

const hasEscapedKey = (bytes: Buffer, start: number, end: number): boolean => {
  let next = end + 1;
  while ((bytes[next] ?? QUOTE) <= SPACE) next += 1;
  return bytes[next] === COLON && bytes.subarray(start, end).includes(BACKSLASH);
};

/** Of text that JSON.parse has accepted, so only strings and numbers need to be told apart. */
const tokensOf = (bytes: Buffer): Tokens => {
  const numbers: string[] = [];
  const escapes = bytes.includes(BACKSLASH);
  const { length } = bytes;
  let strings = 0;
  let escapedKey = false;
  for (let at = 0; at < length; at += 1) {
    const code = bytes[at] ?? 0;
    const start = at;
    if (code === QUOTE) {
      strings += 1;
      at += 1;
      // Most texts have no escape, and most of a text is strings: this loop is what they cost.
      if (!escapes) while (bytes[at] !== QUOTE) at += 1;
      else at = endOfString(bytes, start);
      escapedKey ||= escapes && hasEscapedKey(bytes, start, at);
    } else if (code === MINUS || isDigit(code)) {
      while (isNumberPart(bytes[at + 1] ?? 0)) at += 1;
      numbers.push(bytes.toString('latin1', start, at + 1));
    }
  }
  return { numbers, strings, given: 0, escapedKey };
};

/** The next number of the text; undefined when it is another one than was parsed. */
const nextNumber = (tokens: Tokens, parsed: number): JsonNumber | undefined => {
  const lexeme = tokens.numbers[tokens.given];
  tokens.given += 1;
  return lexeme === undefined || Number(lexeme) !== parsed ? undefined : { [jsonNumberBrand]: true, lexeme };
};

const restoreItems = (tokens: Tokens, items: unknown[], levels: number): boolean => {
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    const restored = restore(tokens, item, levels);
    if (restored === undefined) return false;
    if (restored !== item) items[at] = restored;
  }
  return true;
};

const restoreFields = (tokens: Tokens, fields: Record<string, unknown>, levels: number): boolean => {
  // Nothing is inherited: a key from elsewhere would be one string more than the text has.
  for (const key in fields) {
    // JSON.parse puts keys that look like an index in front, so the numbers' order would be another one.
    if (key === '__proto__' || isDigit(key.charCodeAt(0))) return false;
    tokens.strings -= 1;
    const field = fields[key];
    const restored = restore(tokens, field, levels);
    if (restored === undefined) return false;
    if (restored !== field) fields[key] = restored;
  }
  Object.setPrototypeOf(fields, null);
  return true;
};

const restore = (tokens: Tokens, value: unknown, levels: number): unknown => {
  if (typeof value === 'string') {
    tokens.strings -= 1;
    return value;
  }
  if (typeof value === 'number') return nextNumber(tokens, value);
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return undefined;
  const restored = Array.isArray(value)
    ? restoreItems(tokens, value, levels - 1)
    : // Neither array nor null: JSON.parse makes plain objects of everything else.
      restoreFields(tokens, value as Record<string, unknown>, levels - 1);
  return restored ? value : undefined;
};

/**
 * Gives the numbers of `parsed`, which JSON.parse has made of `bytes`, their digits back, in place, and takes the
 * prototypes of its objects away. A repeated key is gone from `parsed` and leaves strings of the text over.
 * @returns undefined where `parsed` does not say what the text says: a repeated key, `__proto__`, a key that begins
 * with a digit or has an escape, more than `levels` objects and arrays inside one another. `parsed` must not be used
 * then.
 */
export const restoreDigits = (bytes: Buffer, parsed: unknown, levels: number): unknown => {
  const tokens = tokensOf(bytes);
  if (tokens.escapedKey) return undefined;
  const restored = restore(tokens, parsed, levels);
  return tokens.strings === 0 && tokens.given === tokens.numbers.length ? restored : undefined;
};
