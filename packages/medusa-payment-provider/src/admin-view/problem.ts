import type { MedusaResponse } from '@medusajs/framework/http';
import type * as z from 'zod';
import type { ProblemAnswer } from '../api/admin/gatewright/shapes.ts';

export interface Problem {
  readonly status: 400 | 404 | 409 | 422 | 429 | 503;
  readonly code: string;
  readonly message: string;
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export const refuse = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });

/** Medusa's own names, which its admin knows. */
const typeOf = (status: Problem['status']): string => {
  switch (status) {
    case 400:
    case 422:
      return 'invalid_data';
    case 404:
      return 'not_found';
    case 409:
      return 'not_allowed';
    case 429:
      return 'rate_limited';
    case 503:
      return 'unexpected_state';
    default: {
      const never: never = status;
      return never;
    }
  }
};

const answerOf = ({ status, code, message }: Problem): ProblemAnswer => ({
  type: typeOf(status),
  code,
  message,
});

/** The value as JSON, or the problem with its status. */
export const send = <T>(response: MedusaResponse, outcome: Outcome<T>): void => {
  response.set('cache-control', 'no-store');
  if (outcome.ok) response.json(outcome.value);
  else response.status(outcome.problem.status).json(answerOf(outcome.problem));
};

/** How the fields of a body are written. */
export const bodyHint = 'Amounts are strings, such as "50.00"; a reason is needed.';

/** Names the fields that are wrong; their values are never repeated. @param hint how they are to be written */
export const read = <Shape extends z.ZodType>(
  shape: Shape,
  given: unknown,
  hint: string,
): Outcome<z.output<Shape>> => {
  const parsed = shape.safeParse(given);
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')).filter(Boolean))];
  const message =
    fields.length === 0
      ? 'The body is no JSON object.'
      : `These cannot be read: ${fields.join(', ')}. ${hint}`;
  return refuse({ status: 400, code: 'malformed', message });
};
