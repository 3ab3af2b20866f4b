import { checkoutAnswer, clientKey } from '@gatewright/pay-page';
import type { Clock } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../http/errors.ts';
import { type InboundLimits, retryAfterSeconds } from '../http/inbound-limits.ts';
import { type RawCall, rawCall } from '../http/raw-call.ts';
import { type Authentication, authenticate, type KeyStore } from '../wire/authenticate.ts';
import { type Problem, tooManyCalls, unauthorized, versionUnknown } from '../wire/problem.ts';
import { attention } from './attention.ts';
import type { Answer } from './call.ts';
import { cancel } from './cancel.ts';
import { checkouts } from './checkouts.ts';
import { hello } from './hello.ts';
import { mayCancel } from './may-cancel.ts';
import { offer } from './offer.ts';
import { orders } from './orders.ts';
import { type Pairing, pairings } from './pairings.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';
import { recheck } from './recheck.ts';
import { refunds } from './refunds.ts';
import { shopperLocale } from './shopper-locale.ts';

/** Calls are small: the largest has some URLs and a description. */
const bodyLimit = 65_536;

const routes = (api: PluginApi): readonly (readonly ['GET' | 'POST', string, PluginRoute])[] => [
  ['GET', '/v1/hello', hello(api)],
  ['GET', '/v1/offer', offer(api)],
  ['POST', '/v1/checkouts', checkouts(api)],
  ['GET', '/v1/orders/:order', orders(api)],
  ['POST', '/v1/orders/:order/recheck', recheck(api)],
  ['POST', '/v1/orders/:order/refunds', refunds(api)],
  ['POST', '/v1/orders/:order/cancel', cancel(api)],
  ['GET', '/v1/orders/:order/may-cancel', mayCancel(api)],
  ['GET', '/v1/attention', attention(api)],
];

const keyStore = (vault: Vault): KeyStore => ({
  key: (keyId) => vault.findPluginKey(keyId),
  useNonce: (keyId, nonce, expiresAt) => vault.useNonce(keyId, nonce, expiresAt),
});

/** Problems in the shopper's language; owners read English. */
const refuseTo = (reply: FastifyReply, call: RawCall, problem: Problem): FastifyReply => {
  const shopperMessage = checkoutAnswer(problem.shopperMessage, shopperLocale(call));
  return sendProblem(reply, { ...problem, shopperMessage });
};

const send = (reply: FastifyReply, call: RawCall, answer: Answer): FastifyReply =>
  answer.ok ? reply.code(200).send(answer.body) : refuseTo(reply, call, answer.problem);

const tooMany = (reply: FastifyReply, call: RawCall, waitMs: number): FastifyReply =>
  refuseTo(reply, call, tooManyCalls(retryAfterSeconds(waitMs)));

// The router has matched the route's own names; fastify types them as unknown.
const paramsOf = (request: FastifyRequest): Record<string, string> =>
  request.params as Record<string, string>;

const isUnknownVersion = (caller: Authentication): boolean =>
  !caller.ok && caller.reason === 'unknown-version';

export interface PluginApiParts {
  readonly api: PluginApi;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly limits: InboundLimits;
  readonly pairing: Pairing;
}

/** The calls plugin → bridge: authenticated here, decided in the routes' own files. */
export const registerPluginApi = (
  app: FastifyInstance,
  { api, vault, clock, limits, pairing }: PluginApiParts,
): void => {
  const keys = keyStore(vault);
  const signed =
    (route: PluginRoute) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const call = rawCall(request);
      const caller = await authenticate(keys, clock, call);
      const store = caller.ok ? await vault.store(caller.store) : undefined;
      if (!caller.ok || !store) {
        const waitMs = limits.refused(clientKey(request.ip));
        if (waitMs > 0) return tooMany(reply, call, waitMs);
        request.log.warn({ reason: caller.ok ? 'store-unknown' : caller.reason }, 'plugin call refused');
        return refuseTo(reply, call, isUnknownVersion(caller) ? versionUnknown : unauthorized);
      }
      const waitMs = limits.store(store.id);
      if (waitMs > 0) {
        request.log.warn({ store: store.id }, 'a store calls too often');
        return tooMany(reply, call, waitMs);
      }
      return send(
        reply,
        call,
        await route({ store, params: paramsOf(request), target: call.target, body: call.body }),
      );
    };
  for (const [method, url, route] of routes(api))
    app.route({ method, url, bodyLimit, handler: signed(route) });
  app.post('/v1/pairings', { bodyLimit }, async (request, reply) => {
    const call = rawCall(request);
    const waitMs = limits.opening(clientKey(request.ip));
    if (waitMs > 0) return tooMany(reply, call, waitMs);
    const pair = pairings(pairing, (reason) => request.log.warn({ reason }, 'pairing refused'));
    return send(reply, call, await pair(call.body));
  });
};
