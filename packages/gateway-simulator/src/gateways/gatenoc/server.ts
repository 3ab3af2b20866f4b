import type { GatewayContext } from '../../kernel/gateway.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import type { SimulatorRequest } from '../../kernel/http/request.ts';
import type { Route, Routes } from '../../kernel/http/router.ts';
import type { NativeFailures } from '../../kernel/http/server.ts';
import { messageReply, phpReply } from '../../kernel/laravel.ts';
import { authenticate } from './authentication.ts';
import { createCheckoutSession } from './checkout-session.ts';
import { getBalance, getPayment, listPayments, refundPayment } from './payments.ts';
import type { Merchant } from './state.ts';

const BASE_PATH = '/api/v1/merchant';
const REQUESTS_PER_MINUTE = 120;

export const baseUrlOf = (origin: string): string => `${origin}${BASE_PATH}`;

const tooMany = (seconds: number): Reply =>
  phpReply(
    429,
    { message: 'Too many requests.', retry_after_seconds: seconds },
    { 'retry-after': String(seconds) },
  );

export const failures: NativeFailures = {
  status: (status) => messageReply(status, 'Server Error'),
  rateLimited: () => tooMany(30),
};

type Handler = (merchant: Merchant, request: SimulatorRequest) => Reply;

export const gatenocRoutes = (
  context: GatewayContext,
  merchants: ReadonlyMap<string, Merchant>,
  pages: readonly Route[],
): Routes => {
  const limiter = context.rateLimiter(REQUESTS_PER_MINUTE, 60_000);
  const on = (name: string, method: string, path: string, handle: Handler): Route => ({
    name,
    methods: [method],
    path: `${BASE_PATH}${path}`,
    handle: (request) => {
      const merchant = authenticate(merchants, request);
      if (merchant === undefined) return messageReply(401, 'Unauthenticated.');
      const admission = limiter.take(merchant.apiKey);
      return admission.ok ? handle(merchant, request) : tooMany(Math.ceil(admission.retryAfterMs / 1000));
    },
  });
  return {
    routes: [
      on('createCheckoutSession', 'POST', '/checkout-session', (merchant, request) =>
        createCheckoutSession(context, merchant, request),
      ),
      on('listPayments', 'GET', '/payments', listPayments),
      on('getPayment', 'GET', '/payments/:id', getPayment),
      on('refundPayment', 'POST', '/payments/:id/refund', (merchant, request) =>
        refundPayment(context, merchant, request),
      ),
      on('getBalance', 'GET', '/balance', getBalance),
      ...pages,
    ],
    fallback: ({ path }, allowed) =>
      allowed.length > 0
        ? messageReply(
            405,
            `The method is not supported for route ${path.slice(1)}. Supported methods: ${allowed.join(', ')}.`,
          )
        : messageReply(404, `The route ${path.slice(1)} could not be found.`),
  };
};
