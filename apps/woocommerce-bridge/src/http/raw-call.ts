import { type HeaderLines, rawHeaderLines } from '@gatewright/payment-core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A request as it came over the socket: header lines as often as they were sent, the body's own bytes. */
export interface RawCall {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
}

const nothing = new Uint8Array();

export const rawCall = (request: FastifyRequest): RawCall => ({
  method: request.method,
  target: request.raw.url ?? '/',
  headers: rawHeaderLines(request.raw.rawHeaders),
  body: request.body instanceof Uint8Array ? request.body : nothing,
});

/**
 * Every body reaches its route as bytes. What a sender calls its content decides nothing: signatures cover the bytes,
 * and fastify would answer 415 to a genuine message with an unusual Content-Type.
 */
export const acceptRawBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request) => {
    // `rawHeaders` keeps the line; without the parsed one fastify takes the parser for everything.
    delete request.raw.headers['content-type'];
  });
};
