import { isJsonNumber, type JsonNumber } from '@gatewright/payment-core';

/** What the double writes as JSON. Counts and ids are numbers; the one amount that is not a string is exact. */
export type Json =
  | null
  | boolean
  | number
  | string
  | JsonNumber
  | readonly Json[]
  | { readonly [key: string]: Json };

// TypeScript 5.9's library does not declare JSON.rawJSON, which every Node since 22 has.
const nativeJson = JSON as typeof JSON & { rawJSON(text: string): object };

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * JSON as PHP's `json_encode` writes it: `\/` for a slash and `\uXXXX` for everything beyond ASCII. A webhook's
 * signature covers these bytes [webhook-delivery-order.created-pending].
 */
export const phpJson = (value: Json): string =>
  JSON.stringify(value, (_key, field: unknown) =>
    isJsonNumber(field) ? nativeJson.rawJSON(field.lexeme) : field,
  )
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, escapeUnit);
