import { type Clock, storeIdSchema } from '@gatewright/payment-core';
import type { Operator, Vault } from '@gatewright/payment-ledger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../http/errors.ts';
import { rawCall } from '../http/raw-call.ts';
import { bearerToken } from './bearer.ts';
import { createFailureLimit, type FailureLimit } from './failure-limit.ts';
import { notAnOperator, tooManyRefusals } from './operator-problem.ts';
import type { OperatorApi, OperatorRoute } from './operator-route.ts';
import { resolution } from './resolution.ts';
import { listReviews, showReview } from './reviews.ts';

/** A reason and an amount. */
const bodyLimit = 16_384;

export interface OperatorApiParts {
  readonly api: OperatorApi;
  readonly vault: Pick<Vault, 'operatorByToken' | 'store'>;
  readonly clock: Clock;
}

const routes = (api: OperatorApi): readonly (readonly ['GET' | 'POST', string, OperatorRoute])[] => [
  ['GET', '/v1/stores/:store/reviews', listReviews(api)],
  ['GET', '/v1/stores/:store/reviews/:id', showReview(api)],
  ['POST', '/v1/stores/:store/reviews/:id/resolution', resolution(api)],
];

// The router has matched the route's own names; fastify types them as unknown.
const paramsOf = (request: FastifyRequest): Record<string, string> =>
  request.params as Record<string, string>;

const operatorOf = async (
  { vault }: OperatorApiParts,
  request: FastifyRequest,
): Promise<Operator | undefined> => {
  const store = storeIdSchema.safeParse(paramsOf(request).store);
  const token = bearerToken(rawCall(request).headers);
  return store.success && token !== undefined ? vault.operatorByToken(store.data, token) : undefined;
};

/** Stores that are not here share one counter, or strangers could make as many as they like. */
const refusalKey = async ({ vault }: OperatorApiParts, request: FastifyRequest): Promise<string> => {
  const store = storeIdSchema.safeParse(paramsOf(request).store);
  const known = store.success ? await vault.store(store.data) : undefined;
  return known?.id ?? '';
};

const refuseCaller = async (
  parts: OperatorApiParts,
  limit: FailureLimit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const waitMs = limit.note(await refusalKey(parts, request));
  request.log.warn({ limited: waitMs > 0 }, 'operator call refused');
  if (waitMs > 0) return sendProblem(reply, tooManyRefusals(waitMs));
  return sendProblem(reply.header('www-authenticate', 'Bearer'), notAnOperator);
};

/** The operator's calls: a token of the store, then the route. On the operator's listener only. */
export const registerOperatorApi = (app: FastifyInstance, parts: OperatorApiParts): void => {
  const limit = createFailureLimit(parts.clock);
  const authorised =
    (route: OperatorRoute) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      reply.header('cache-control', 'no-store');
      const operator = await operatorOf(parts, request);
      if (!operator) return refuseCaller(parts, limit, request, reply);
      const { target, body } = rawCall(request);
      const answer = await route({ operator, params: paramsOf(request), target, body });
      return answer.ok ? reply.code(200).send(answer.body) : sendProblem(reply, answer.problem);
    };
  for (const [method, url, route] of routes(parts.api))
    app.route({ method, url, bodyLimit, handler: authorised(route) });
};
