import { type ExactJson, isJsonNumber } from '@gatewright/payment-core';
import type * as z from 'zod';
import { bodyFields, type SimulatorRequest } from '../../kernel/http/request.ts';

/** Scalars as text. A value that is an array or object is kept apart, because only its name matters. */
export interface Parameters {
  readonly texts: Readonly<Record<string, string>>;
  readonly composite: readonly string[];
}

const scalarText = (value: ExactJson): string | undefined => {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  return isJsonNumber(value) ? value.lexeme : undefined;
};

/** Query and body together, whatever the method; the body wins. Undefined for a body that cannot be read. */
export const readParameters = async (request: SimulatorRequest): Promise<Parameters | undefined> => {
  const body = await bodyFields(request);
  if (body === undefined) return undefined;
  const given: Record<string, ExactJson> = { ...Object.fromEntries(request.query), ...body };
  const texts: Record<string, string> = {};
  const composite: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const text = scalarText(value);
    if (text !== undefined) texts[name] = text;
    else if (value !== null) composite.push(name);
  }
  return { texts, composite };
};

export type MethodResult<T> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly code: number; readonly name: string };

export const failure = (name: string, code = 400): { ok: false; code: number; name: string } => ({
  ok: false,
  code,
  name,
});

/**
 * Checks parameters against a schema whose messages are the gateway's error names. Of the names only UNAUTHORIZED,
 * EXPIRES_IN_INVALID, USER_ID_INVALID, METHOD_DISABLED, METHOD_NOT_FOUND, TOO_MANY_REQUESTS, INVOICE_NOT_FOUND and
 * APP_ERROR are known from documents; the others follow their pattern and are an assumption.
 */
export const checkParameters = <T extends z.ZodType>(
  schema: T,
  { texts, composite }: Parameters,
): MethodResult<z.output<T>> => {
  // WinoGarcia/CryptoPay#18: an array for a comma-separated list made the real service answer 500 APP_ERROR.
  if (composite.length > 0) return failure('APP_ERROR', 500);
  const parsed = schema.safeParse(texts);
  if (parsed.success) return { ok: true, result: parsed.data };
  return failure(parsed.error.issues[0]?.message ?? 'PARAMS_INVALID');
};
