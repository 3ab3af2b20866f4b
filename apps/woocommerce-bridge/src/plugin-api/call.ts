import { parseExactJson } from '@gatewright/payment-core';
import type * as z from 'zod';
import { malformed, type Problem } from '../wire/problem.ts';

/** What a route answers: a body for 200, or a problem. The server turns it into HTTP. */
export type Answer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: Problem };

export const answer = (body: Readonly<Record<string, unknown>>): Answer => ({ ok: true, body });
export const refuse = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

const parse = <T>(schema: z.ZodType<T>, value: unknown): Parsed<T> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = parsed.error.issues.map((issue) => issue.path.join('.')).filter((path) => path !== '');
  return refuse(malformed([...new Set(fields)]));
};

/** A JSON body, numbers kept exact. */
export const parseBody = <T>(schema: z.ZodType<T>, body: Uint8Array): Parsed<T> => {
  const json = parseExactJson(body);
  return json.ok ? parse(schema, json.value) : refuse(malformed([]));
};

/** A query; a name that is repeated is malformed, because the two sides might each read another one. */
export const parseQuery = <T>(schema: z.ZodType<T>, target: string): Parsed<T> => {
  const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');
  const names = [...query.keys()];
  const repeated = names.filter((name, at) => names.indexOf(name) !== at);
  return repeated.length > 0
    ? refuse(malformed([...new Set(repeated)]))
    : parse(schema, Object.fromEntries(query));
};
