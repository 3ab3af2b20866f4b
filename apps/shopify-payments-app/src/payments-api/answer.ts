import { type HttpOutcome, parseExactJson } from '@gatewright/payment-core';
import * as z from 'zod';

/**
 * What came of a mutation.
 * - `done`: Shopify holds it, also when it held it before (idempotent per id and operation).
 * - `refused`: it holds something else and always will; `code` where the mutation has codes.
 * - `unclear`: the one error text with three meanings (contract 2.6), so it is tried again.
 * - `unauthorized`: the shop's token is not, or no longer, good.
 * - `unavailable`: nothing is known; the same mutation may be sent again.
 */
export type MutationAnswer =
  | { readonly outcome: 'done'; readonly redirectUrl: string | null }
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'unclear'; readonly code: string }
  | { readonly outcome: 'unauthorized' }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number };

/**
 * Whether Shopify refuses because it holds another end of a payment session, once that is no matter of time any more:
 * the first end stands (contract 2.7).
 */
export const holdsOtherEnd = (answer: { readonly outcome: string; readonly code?: string }): boolean =>
  answer.outcome === 'unclear' || answer.code === 'PENDING_INVALID_STATE';

const userErrorSchema = z.object({ message: z.string(), code: z.string().nullish() });

const payloadSchema = z.object({
  session: z
    .object({
      nextAction: z.object({ context: z.object({ redirectUrl: z.url().optional() }).nullish() }).nullish(),
    })
    .nullish(),
  userErrors: z.array(userErrorSchema),
});

const bodySchema = z.object({
  data: z.object({ outcome: payloadSchema.nullable() }).nullish(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string().optional() }).nullish() })).optional(),
});

type Body = z.infer<typeof bodySchema>;

/** Shopify's own words for "resolved otherwise, rejected, or our reply has not arrived yet"; it has no code. */
const mayBeTooEarly = /has not been received|has already been/i;

/** After the points of the bucket have come back (54,600 a second): far more than one mutation costs. */
const throttledMs = 2_000;

const userError = ({ message, code }: z.infer<typeof userErrorSchema>): MutationAnswer => {
  if (code === undefined || code === null)
    return mayBeTooEarly.test(message)
      ? { outcome: 'unclear', code: 'state-or-too-early' }
      : { outcome: 'refused', code: 'user-error' };
  return { outcome: 'refused', code };
};

const topLevelError = ({ errors = [] }: Body): MutationAnswer => {
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (codes.includes('THROTTLED'))
    return { outcome: 'unavailable', reason: 'throttled', retryAfterMs: throttledMs };
  return { outcome: 'unavailable', reason: 'graphql-error' };
};

const read = (bytes: Uint8Array): MutationAnswer => {
  const json = parseExactJson(bytes);
  const body = bodySchema.safeParse(json.ok ? json.value : undefined);
  if (!body.success) return { outcome: 'unavailable', reason: 'answer-not-understood' };
  const payload = body.data.data?.outcome;
  if (!payload) return topLevelError(body.data);
  const [error] = payload.userErrors;
  if (error) return userError(error);
  return { outcome: 'done', redirectUrl: payload.session?.nextAction?.context?.redirectUrl ?? null };
};

const refused = (status: number): MutationAnswer => {
  if (status === 401 || status === 403) return { outcome: 'unauthorized' };
  return { outcome: 'unavailable', reason: `http-${status}` };
};

/** Reads Shopify's answer; no word of it that a stranger could have chosen gets further (invariant 12). */
export const readMutationAnswer = (answered: HttpOutcome): MutationAnswer => {
  switch (answered.outcome) {
    case 'ok':
      return read(answered.body);
    case 'refused':
      return refused(answered.status);
    case 'ambiguous':
      return { outcome: 'unavailable', reason: answered.reason };
    case 'unavailable': {
      const { reason, retryAfterMs } = answered;
      return retryAfterMs === undefined
        ? { outcome: 'unavailable', reason }
        : { outcome: 'unavailable', reason, retryAfterMs };
    }
    default: {
      const never: never = answered;
      return never;
    }
  }
};
