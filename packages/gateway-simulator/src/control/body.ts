import * as z from 'zod';
import type { Reply } from '../kernel/http/reply.ts';
import { mediaTypeOf, type SimulatorRequest } from '../kernel/http/request.ts';
import { problem } from './answer.ts';

/**
 * Parses the JSON body (an empty one is `{}`) and goes on with it; answers 415 or 400 otherwise. The content type is
 * demanded because a web page elsewhere cannot send it here without a preflight, which is never answered.
 */
export const withBody = async <T extends z.ZodType>(
  request: SimulatorRequest,
  schema: T,
  next: (body: z.output<T>) => Reply | Promise<Reply>,
): Promise<Reply> => {
  if (request.body.length > 0 && mediaTypeOf(request) !== 'application/json') {
    return problem(415, 'not-json', 'send application/json');
  }
  const value = parseJson(Buffer.from(request.body).toString('utf8'));
  if (value === undefined) return problem(400, 'not-json', 'the body is not JSON');
  const parsed = schema.safeParse(value);
  return parsed.success ? await next(parsed.data) : problem(400, 'invalid', z.prettifyError(parsed.error));
};

const parseJson = (text: string): unknown => {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
