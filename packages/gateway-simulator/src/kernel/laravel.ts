import {
  compareDecimal,
  type Decimal,
  decimalFromLexeme,
  isJsonNumber,
  parseDecimal,
  significantScale,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { jsonReply, type Reply } from './http/reply.ts';
import type { JsonFields } from './http/request.ts';
import { type NativeJson, PHP, writeNativeJson } from './native-json.ts';

/** How a Laravel application answers; two of the gateways look like one (gateways.md 6.3, 7.1, both a guess). */
export const phpReply = (
  status: number,
  body: NativeJson,
  headers: Readonly<Record<string, string>> = {},
): Reply => jsonReply(status, writeNativeJson(body, PHP), headers);

export const messageReply = (
  status: number,
  message: string,
  more: Readonly<Record<string, NativeJson>> = {},
): Reply => phpReply(status, { message, ...more });

/** 422 with every failing field, as Laravel's validator words it. */
export const validationReply = (errors: Readonly<Record<string, readonly string[]>>): Reply => {
  const messages = Object.values(errors).flat();
  const others = messages.length - 1;
  const more = others > 0 ? ` (and ${others} more error${others > 1 ? 's' : ''})` : '';
  return messageReply(422, `${messages[0] ?? 'The given data was invalid.'}${more}`, { errors });
};

export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reply: Reply };

/** Parses the fields of a request; `body` undefined is a body that is no JSON object, which Laravel takes as empty. */
export const validate = <T extends z.ZodType>(
  schema: T,
  body: JsonFields | undefined,
): Validated<z.output<T>> => {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return { ok: true, value: parsed.data };
  const errors: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? 'body');
    errors[field] = [...(errors[field] ?? []), message];
  }
  return { ok: false, reply: validationReply(errors) };
};

const numeric = (value: unknown): Decimal | undefined => {
  if (isJsonNumber(value)) return decimalFromLexeme(value.lexeme);
  return typeof value === 'string' ? parseDecimal(value) : undefined;
};

/** A required amount with at most two decimals: JSON number or numeric text. */
export const requiredAmount = (label: string, least: Decimal) =>
  z
    .unknown()
    .optional()
    .transform((value, context): Decimal => {
      const refuse = (message: string): never => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (value === undefined || value === null || value === '')
        return refuse(`The ${label} field is required.`);
      const amount = numeric(value);
      if (amount === undefined) return refuse(`The ${label} field must be a number.`);
      if (compareDecimal(amount, least) < 0) return refuse(`The ${label} field must be at least ${least}.`);
      if (significantScale(amount) > 2) return refuse(`The ${label} field must have 0-2 decimal places.`);
      return amount;
    });

/** Optional text; null counts as absent. */
export const optionalText = (label: string, longest: number) =>
  z
    .string(`The ${label} field must be a string.`)
    .refine(
      (text) => [...text].length <= longest,
      `The ${label} field must not be greater than ${longest} characters.`,
    )
    .nullish()
    .transform((text) => text ?? undefined);

/** `?page=`; anything that is no page number is the first page. */
export const pageNumber = (query: URLSearchParams): number => {
  const text = query.get('page') ?? '1';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 1;
};

/** One page of a list, with the paginator's fields. */
export const paginated = <T extends NativeJson>(items: readonly T[], page: number, perPage: number) => ({
  current_page: page,
  data: items.slice((page - 1) * perPage, page * perPage),
  last_page: Math.max(1, Math.ceil(items.length / perPage)),
  per_page: perPage,
  total: items.length,
});
