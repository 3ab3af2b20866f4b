import * as z from 'zod';
import type { Json } from '../store/php-json.ts';
import { type RestAnswer, restError } from './rest-error.ts';

/** The parameters that an endpoint reads; all others are ignored, and `null` counts as absent. */
export type ParamShape = Readonly<Record<string, z.ZodType>>;
export type ParsedParams<Shape extends ParamShape> = { [Key in keyof Shape]?: z.output<Shape[Key]> };
export type ParamResult<Shape extends ParamShape> =
  | { readonly ok: true; readonly params: ParsedParams<Shape> }
  | { readonly ok: false; readonly answer: RestAnswer };

const custom = (code: string, text: string) => ({ code: 'custom' as const, message: text, params: { code } });

/** A whole number, also as text. */
export const wpInteger = (min?: number, max?: number) =>
  z.unknown().transform((value, context): number => {
    const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    const number = Number(text);
    if (!/^-?\d{1,15}$/.test(text)) {
      context.addIssue(custom('rest_invalid_type', 'is not of type integer.'));
    } else if (min !== undefined && max !== undefined && (number < min || number > max)) {
      const text = `must be between ${min} (inclusive) and ${max} (inclusive)`;
      context.addIssue(custom('rest_out_of_bounds', text));
    } else if (min !== undefined && number < min) {
      context.addIssue(custom('rest_out_of_bounds', `must be greater than or equal to ${min}`));
    }
    return number;
  });

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

export const wpBoolean = z.unknown().transform((value, context): boolean => {
  const read = typeof value === 'object' ? undefined : BOOLEANS[String(value).toLowerCase()];
  if (read === undefined) context.addIssue(custom('rest_invalid_type', 'is not of type boolean.'));
  return read ?? false;
});

/** A list, also as text with commas. */
export const wpList = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter((part) => part !== '') : value),
    z.array(item),
  );

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?$/;

/** An instant in milliseconds; without an offset it is site time, which here is UTC. */
export const wpDate = z.string().transform((text, context): number => {
  const zoned = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(text.slice(10)) ? text : `${text}Z`;
  const instant = ISO.test(text) ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(instant)) context.addIssue(custom('rest_invalid_date', 'Invalid date.'));
  return instant;
});

const wordList = (words: readonly unknown[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')}, and ${words.at(-1)}`;

const TYPE_NAMES: Readonly<Record<string, string>> = { number: 'number', int: 'integer', record: 'object' };

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly data: Json;
}

const faultOf = (name: string, issue: z.core.$ZodIssue): Fault => {
  const path = `${name}${issue.path.map((part) => `[${String(part)}]`).join('')}`;
  if (issue.code === 'invalid_value') {
    const message = `${path} is not one of ${wordList(issue.values)}.`;
    return { code: 'rest_not_in_enum', message, data: null };
  }
  if (issue.code === 'invalid_type') {
    const message = `${path} is not of type ${TYPE_NAMES[issue.expected] ?? issue.expected}.`;
    return { code: 'rest_invalid_type', message, data: { param: path } };
  }
  const code: unknown = issue.code === 'custom' ? issue.params?.code : undefined;
  const message = code === 'rest_invalid_date' ? issue.message : `${path} ${issue.message}`;
  const known = typeof code === 'string' ? code : 'rest_invalid_pattern';
  return { code: known, message, data: known === 'rest_invalid_type' ? { param: path } : null };
};

/** Parses each known parameter on its own; the faults of all of them are collected, one per parameter. */
const parseEach = (shape: ParamShape, sent: Readonly<Record<string, Json>>) => {
  const params: Record<string, unknown> = {};
  const faults = new Map<string, Fault>();
  for (const [name, schema] of Object.entries(shape)) {
    const value = sent[name];
    if (value === undefined || value === null) continue;
    const result = schema.safeParse(value);
    if (result.success) params[name] = result.data;
    else if (result.error.issues[0] !== undefined) faults.set(name, faultOf(name, result.error.issues[0]));
  }
  return { params, faults };
};

/** 400 `rest_invalid_param` with `data.params` and `data.details` (woocommerce.md 5.2) when one does not fit. */
export const parseParams = <Shape extends ParamShape>(
  shape: Shape,
  sent: Readonly<Record<string, Json>>,
): ParamResult<Shape> => {
  const { params, faults } = parseEach(shape, sent);
  // Each value came out of the schema of its own name; TypeScript cannot follow that through Object.entries.
  if (faults.size === 0) return { ok: true, params: params as ParsedParams<Shape> };
  const messages = Object.fromEntries([...faults].map(([name, { message }]) => [name, message]));
  const details = Object.fromEntries(
    [...faults].map(([name, { code, message, data }]) => [name, { code, message, data }]),
  );
  return {
    ok: false,
    answer: restError('rest_invalid_param', `Invalid parameter(s): ${[...faults.keys()].join(', ')}`, 400, {
      params: messages,
      details,
    }),
  };
};

/** For the items of a batch, which nobody validates: what does not fit is left out in silence (5.3). */
export const parseLeniently = <Shape extends ParamShape>(
  shape: Shape,
  sent: Readonly<Record<string, Json>>,
): ParsedParams<Shape> =>
  // As in parseParams.
  parseEach(shape, sent).params as ParsedParams<Shape>;
