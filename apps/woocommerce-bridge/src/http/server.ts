import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { accessLog, type HttpObservation, trustedBy } from '@gatewright/operations';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { answerErrors } from './errors.ts';
import { acceptRawBodies } from './raw-call.ts';

export interface ServerSettings {
  readonly log: Logger;
  readonly isClosing: () => boolean;
  /** Makes the id under which a request stands in the log; a caller's own is not taken over. */
  readonly requestId: () => string;
  readonly observe: (observation: HttpObservation) => void;
  /** Proxies outside the bridge's own network that say whom they speak for: addresses and CIDR ranges. */
  readonly trustedProxies: readonly string[];
  /** What the router sees instead of a request's address. */
  readonly rewriteUrl?: (url: string) => string;
}

/** Takes a request before the router sees it; false: it is none of its own. */
export type Door = (request: IncomingMessage, response: ServerResponse) => boolean;

const noDoor: Door = () => false;
const longestRequestMs = 30_000;
/** Longer than a proxy before us keeps its own. */
const keepAliveMs = 72_000;

/** One line per answer: the route's pattern and the outcome. No address, no ids of the path, no query, no header. */
const observeAnswers = (app: FastifyInstance, { log, observe }: ServerSettings): void => {
  const answered = accessLog(log);
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    const ms = Math.round(reply.elapsedTime);
    observe({ method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1_000 });
    answered({ reqId: request.id, method, route, status: reply.statusCode, ms });
  });
};

/** A server with what all listeners share: raw bodies, our own errors, request ids, measured answers. */
export const createServer = (settings: ServerSettings, door: Door = noDoor): FastifyInstance => {
  const loggerInstance: FastifyBaseLogger = settings.log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    // The proxy before us says whom it speaks for; the same words of a stranger from outside are ignored.
    trustProxy: trustedBy(settings.trustedProxies),
    genReqId: settings.requestId,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 256 },
    rewriteUrl: ({ url = '/' }) => settings.rewriteUrl?.(url) ?? url,
    serverFactory: (router) =>
      createHttpServer(
        { requestTimeout: longestRequestMs, keepAliveTimeout: keepAliveMs },
        (request, response) => {
          if (!door(request, response)) router(request, response);
        },
      ),
    return503OnClosing: true,
  });
  acceptRawBodies(app);
  answerErrors(app);
  observeAnswers(app, settings);
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    // A kept connection would hold the shutdown up until its client goes away (toolchain.md 10.3).
    if (settings.isClosing()) reply.header('connection', 'close');
  });
  return app;
};
