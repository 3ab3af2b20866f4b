import { type Clock, type HeaderLines, type StoreId, storeIdSchema } from '@gatewright/payment-core';
import type { Operator, Vault } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import { type Problem, problemBody, problemMediaType } from '../problem/problem.ts';
import { bearerToken } from './bearer.ts';
import { createFailureLimit } from './failure-limit.ts';
import { notAnOperator, tooManyRefusals } from './operator-problem.ts';
import type { OperatorRoute, OperatorRoutePorts } from './operator-route.ts';
import { type Matched, matchPath } from './path.ts';
import { resolution } from './resolution.ts';
import { listReviews, showReview } from './reviews.ts';

/** A reason and an amount. */
export const operatorBodyLimit = 16_384;

/** A request as it came over the socket. */
export interface OperatorRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: HeaderLines;
  /** At most `operatorBodyLimit` bytes. */
  readonly body: Uint8Array;
}

export interface OperatorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** For the operator's listener only. Undefined: there is no such call. */
export type OperatorApi = (
  request: OperatorRequest,
  log: Pick<Logger, 'warn'>,
) => Promise<OperatorResponse | undefined>;

export interface OperatorApiParts {
  readonly api: OperatorRoutePorts;
  readonly vault: Pick<Vault, 'operatorByToken' | 'store'>;
  readonly clock: Clock;
}

const reviews = '/v1/stores/:store/reviews';

const calls = [
  { method: 'GET', path: reviews, serve: listReviews },
  { method: 'GET', path: `${reviews}/:id`, serve: showReview },
  { method: 'POST', path: `${reviews}/:id/resolution`, serve: resolution },
] as const;

/** The calls as routers name them. */
export const operatorPaths = calls.map(({ method, path }) => ({ method, path }));

export const problemResponse = (problem: Problem): OperatorResponse => ({
  status: problem.status,
  headers: {
    'content-type': problemMediaType,
    ...(problem.retryAfterSeconds === undefined ? {} : { 'retry-after': String(problem.retryAfterSeconds) }),
    ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  },
  body: problemBody(problem),
});

const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';

const storeOf = ({ store }: Matched): StoreId | undefined => storeIdSchema.safeParse(store).data;

/** The review queue over HTTP: a token of the store, from which "who" is taken, then the call (invariants 6 and 14). */
export const createOperatorApi = ({ api, vault, clock }: OperatorApiParts): OperatorApi => {
  const limit = createFailureLimit(clock);
  const served = calls.map(({ method, path, serve }) => ({ method, path, route: serve(api) }));

  const operatorOf = async (params: Matched, headers: HeaderLines): Promise<Operator | undefined> => {
    const store = storeOf(params);
    const token = bearerToken(headers);
    return store !== undefined && token !== undefined ? vault.operatorByToken(store, token) : undefined;
  };

  const refuseCaller = async (params: Matched, log: Pick<Logger, 'warn'>): Promise<OperatorResponse> => {
    const store = storeOf(params);
    // Stores that are not here share one counter, or strangers could make as many as they like.
    const known = store === undefined ? undefined : await vault.store(store);
    const waitMs = limit.note(known?.id ?? '');
    log.warn({ limited: waitMs > 0 }, 'operator call refused');
    return problemResponse(waitMs > 0 ? tooManyRefusals(waitMs) : notAnOperator);
  };

  const answer = async (
    route: OperatorRoute,
    params: Matched,
    { target, headers, body }: OperatorRequest,
    log: Pick<Logger, 'warn'>,
  ): Promise<OperatorResponse> => {
    const operator = await operatorOf(params, headers);
    if (!operator) return refuseCaller(params, log);
    const answered = await route({ operator, params, target, body });
    return answered.ok
      ? { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: answered.body }
      : problemResponse(answered.problem);
  };

  return async (request, log) => {
    for (const { method, path, route } of served) {
      const params = request.method === method ? matchPath(path, pathOf(request.target)) : undefined;
      if (params === undefined) continue;
      const response = await answer(route, params, request, log);
      return { ...response, headers: { ...response.headers, 'cache-control': 'no-store' } };
    }
    return undefined;
  };
};
