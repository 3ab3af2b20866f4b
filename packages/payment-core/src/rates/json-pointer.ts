import type { ExactJson } from '../money/exact-json.ts';
import { isJsonNumber } from '../money/json-number.ts';

/** RFC 6901: empty, or parts that each begin with `/`; `~` only as `~0` and `~1`. */
export const isJsonPointer = (text: string): boolean => /^(?:\/(?:[^/~]|~[01])*)*$/.test(text);

const isList = (value: ExactJson): value is readonly ExactJson[] => Array.isArray(value);

const child = (value: ExactJson, part: string): ExactJson | undefined => {
  if (typeof value !== 'object' || value === null || isJsonNumber(value)) return undefined;
  if (isList(value)) return /^(?:0|[1-9]\d{0,8})$/.test(part) ? value[Number(part)] : undefined;
  // parseExactJson gives objects without a prototype, so only what was sent is found.
  return value[part];
};

/** The value that a JSON pointer names in what `parseExactJson` gave; undefined where nothing stands. */
export const atPointer = (value: ExactJson, pointer: string): ExactJson | undefined =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<ExactJson | undefined>((at, part) => (at === undefined ? undefined : child(at, part)), value);
