import { parseExactJson } from '@gatewright/payment-core';
import type * as z from 'zod';
import { readBody } from '../server/read-body.ts';
import { headersMissing, malformed, tooLarge } from './session-answers.ts';
import { readSessionHeaders, type SessionHeaders } from './session-headers.ts';

/** Names and addresses of a customer are a few kilobytes. */
const bodyLimit = 64 * 1_024;

export type SessionRequest<T> =
  | { readonly ok: true; readonly headers: SessionHeaders; readonly body: T }
  | { readonly ok: false; readonly response: Response };

const refuse = (response: Response): { ok: false; response: Response } => ({ ok: false, response });

/** Reads what every session endpoint gets: three headers and a JSON body. */
export const readSessionRequest = async <T>(
  request: Request,
  schema: z.ZodType<T>,
): Promise<SessionRequest<T>> => {
  const headers = readSessionHeaders(request.headers);
  if (headers === undefined) return refuse(headersMissing());
  const body = await readBody(request, bodyLimit);
  if (!body.ok) return refuse(body.status === 413 ? tooLarge() : malformed('body'));
  const json = parseExactJson(body.bytes);
  if (!json.ok) return refuse(malformed('body'));
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { ok: true, headers, body: parsed.data };
  return refuse(malformed(parsed.error.issues[0]?.path.join('.') ?? 'body'));
};
