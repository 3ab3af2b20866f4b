import type { GatewayContext } from '../../kernel/gateway.ts';
import { jsonReply, type Reply } from '../../kernel/http/reply.ts';
import { headerOf, type SimulatorRequest } from '../../kernel/http/request.ts';
import type { Route, Routes } from '../../kernel/http/router.ts';
import type { NativeFailures } from '../../kernel/http/server.ts';
import { JAVASCRIPT, type NativeJson, writeNativeJson } from '../../kernel/native-json.ts';
import type { RateLimiter } from '../../kernel/rate-limit.ts';
import { appMethods } from './app-methods.ts';
import { invoiceMethods } from './invoice-methods.ts';
import type { Method } from './methods.ts';
import { failure, type MethodResult, readParameters } from './parameters.ts';
import { payoutMethods } from './payout-methods.ts';
import type { Network } from './state.ts';

const METHODS: Readonly<Record<string, Method>> = { ...appMethods, ...invoiceMethods, ...payoutMethods };

const envelope = (outcome: MethodResult<NativeJson>): Reply =>
  outcome.ok
    ? jsonReply(200, writeNativeJson({ ok: true, result: outcome.result }, JAVASCRIPT))
    : jsonReply(
        outcome.code,
        writeNativeJson({ ok: false, error: { code: outcome.code, name: outcome.name } }, JAVASCRIPT),
      );

const STATUS_NAMES: Readonly<Record<number, string>> = { 401: 'UNAUTHORIZED', 403: 'METHOD_DISABLED' };

export const failures: NativeFailures = {
  status: (status) => envelope(failure(STATUS_NAMES[status] ?? 'APP_ERROR', status)),
  rateLimited: () => envelope(failure('TOO_MANY_REQUESTS', 429)),
};

const call = async (
  context: GatewayContext,
  network: Network,
  limiter: RateLimiter,
  run: Method,
  request: SimulatorRequest,
): Promise<Reply> => {
  const app = network.apps.get(headerOf(request, 'crypto-pay-api-token') ?? '');
  if (app === undefined) return envelope(failure('UNAUTHORIZED', 401));
  if (!limiter.take(app.token).ok) return failures.rateLimited();
  const parameters = await readParameters(request);
  if (parameters === undefined) return envelope(failure('PARAMS_INVALID'));
  return envelope(run({ network, app, random: context.random, now: context.clock.now() }, parameters));
};

/** `/api/<method>` by GET or POST, as one route per method, so that a fault can name it. */
export const cryptoPayRoutes = (
  context: GatewayContext,
  network: Network,
  limiter: RateLimiter,
  pages: readonly Route[],
): Routes => ({
  routes: [
    ...Object.entries(METHODS).map(
      ([name, run]): Route => ({
        name,
        methods: ['GET', 'POST'],
        path: `/api/${name}`,
        handle: (request) => call(context, network, limiter, run, request),
      }),
    ),
    ...pages,
  ],
  fallback: (request) =>
    request.path.startsWith('/api/')
      ? envelope(failure('METHOD_NOT_FOUND', 405))
      : { status: 404, body: 'Not Found', headers: { 'content-type': 'text/plain' } },
});
