import type { Json } from '../store/php-json.ts';

export type QueryPair = readonly [key: string, value: string];

/** Decoded pairs in the order they were sent. */
export const queryPairs = (text: string): QueryPair[] => [...new URLSearchParams(text)];

/** Splits `status[0]` into `status` and `0`, as PHP reads a query; the second part is undefined for a plain key. */
export const phpKey = (key: string): readonly [name: string, index: string | undefined] => {
  const match = /^([^[]+)\[([^\]]*)\]/.exec(key);
  return match === null ? [key, undefined] : [match[1] ?? key, match[2]];
};

/** PHP's $_GET: `a[]=1&a[]=2` is a list, a repeated plain key keeps its last value. */
export const phpParams = (pairs: readonly QueryPair[]): Record<string, Json> => {
  const params: Record<string, Json> = {};
  const lists = new Map<string, string[]>();
  for (const [key, value] of pairs) {
    const [name, index] = phpKey(key);
    if (index === undefined) {
      params[name] = value;
      continue;
    }
    const list = lists.get(name) ?? [];
    list.push(value);
    lists.set(name, list);
    params[name] = list;
  }
  return params;
};

/** RFC 3986 escaping, as PHP's rawurlencode does. */
export const rawUrlEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
