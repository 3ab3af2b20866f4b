import type { Logger } from 'pino';
import type { WebHandler } from '../server/web-listener.ts';
import { notFound, notStored } from './session-answers.ts';
import { type FollowUpDeps, startFollowUp } from './start-follow-up.ts';
import { type SessionDeps, startPayment } from './start-payment.ts';

/** Paths of the session endpoints, as the extension's configuration names them. */
export const sessionPaths = {
  payment: '/sessions/payment',
  refund: '/sessions/refund',
  capture: '/sessions/capture',
  void: '/sessions/void',
} as const;

/**
 * Everything that the mTLS listener serves; any other path is none of its business (contract 2.8). What cannot be
 * stored is answered 503, so that Shopify sends it again.
 */
export const sessionRoutes = (deps: SessionDeps & FollowUpDeps, log: Logger): WebHandler => {
  const routes = new Map<string, (request: Request) => Promise<Response>>([
    [sessionPaths.payment, startPayment(deps)],
    [sessionPaths.refund, startFollowUp(deps, 'refund')],
    [sessionPaths.capture, startFollowUp(deps, 'capture')],
    [sessionPaths.void, startFollowUp(deps, 'void')],
  ]);
  return async (request) => {
    const handler = routes.get(new URL(request.url).pathname);
    if (!handler) return notFound();
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    try {
      return await handler(request);
    } catch (error) {
      log.error({ err: error }, 'session request not stored');
      return notStored();
    }
  };
};
