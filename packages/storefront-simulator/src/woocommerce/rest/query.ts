import type { Json } from '../store/php-json.ts';

export type QueryPair = readonly [key: string, value: string];

/** Decoded pairs in the order they were sent. */
export const queryPairs = (text: string): QueryPair[] => [...new URLSearchParams(text)];

/** Splits `status[0]` into `status` and `0`, as PHP reads a query; the second part is undefined for a plain key. */
export const phpKey = (key: string): readonly [name: string, index: string | undefined] => {
  const match = /^([^[]+)\[([^\]]*)\]/.exec(key);
  return match === null ? [key, undefined] : [match[1] ?? key, match[2]];
};

/**
 * PHP's $_GET as pairs: `a[]` gets the next number, and a repeated key keeps its first place and its last value.
 */
export const phpPairs = (pairs: readonly QueryPair[]): QueryPair[] => {
  const kept = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const [key, value] of pairs) {
    const [name, index] = phpKey(key);
    const next = counts.get(name) ?? 0;
    if (index === '') counts.set(name, next + 1);
    kept.set(index === undefined ? name : `${name}[${index === '' ? next : index}]`, value);
  }
  return [...kept];
};

/** PHP's $_GET as values: `a[0]=1&a[1]=2` is a list. */
export const phpParams = (pairs: readonly QueryPair[]): Record<string, Json> => {
  // Without a prototype no parameter's name reaches a setter.
  const params: Record<string, Json> = Object.create(null);
  for (const [key, value] of phpPairs(pairs)) {
    const [name, index] = phpKey(key);
    const before = params[name];
    params[name] = index === undefined ? value : [...(Array.isArray(before) ? before : []), value];
  }
  return params;
};

/** RFC 3986 escaping, as PHP's rawurlencode does. */
export const rawUrlEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
