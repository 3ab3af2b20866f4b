import {
  type ExactJson,
  isJsonNumber,
  jsonNumber,
  parseExactJson,
  stringifyExactJson,
} from '@gatewright/payment-core';
import type { FieldPath } from './subject.ts';

const utf8 = new TextEncoder();

type Fields = { readonly [key: string]: ExactJson };

const isFields = (value: ExactJson | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isJsonNumber(value);

/** The body of a genuine webhook. @throws Error for one that is no JSON object: the bench is at fault. */
export const readBody = (body: Uint8Array): Fields => {
  const parsed = parseExactJson(body);
  if (!parsed.ok || !isFields(parsed.value)) throw new Error('the gateway sent no JSON object');
  return parsed.value;
};

export const writeBody = (value: ExactJson): Uint8Array => utf8.encode(stringifyExactJson(value));

const valueAt = (fields: Fields, [key, ...rest]: FieldPath): ExactJson | undefined => {
  const value = fields[key];
  const [next, ...others] = rest;
  if (next === undefined) return value;
  return isFields(value) ? valueAt(value, [next, ...others]) : undefined;
};

const replace = (fields: Fields, [key, ...rest]: FieldPath, value: ExactJson): Fields => {
  const [next, ...others] = rest;
  const inner = fields[key];
  if (next === undefined) return { ...fields, [key]: value };
  return isFields(inner) ? { ...fields, [key]: replace(inner, [next, ...others], value) } : fields;
};

/** The same body with another value in one field; a number stays a number. */
export const withField = (body: Uint8Array, path: FieldPath, text: string): Uint8Array => {
  const fields = readBody(body);
  const before = valueAt(fields, path);
  return writeBody(replace(fields, path, isJsonNumber(before) ? jsonNumber(text) : text));
};

/** The same body with any value in one field, its type included. */
export const withValue = (body: Uint8Array, path: FieldPath, value: ExactJson): Uint8Array =>
  writeBody(replace(readBody(body), path, value));
