import type { IncomingMessage, RequestListener } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import type { HttpObservation } from '@gatewright/operations';
import { type HeaderLines, rawHeaderLines } from '@gatewright/payment-core';
import { createRequest, sendResponse } from '@remix-run/node-fetch-server';
import type { Logger } from 'pino';
import { routeLabel } from './route-label.ts';

/** What a handler knows of a call besides its request. */
export interface Caller {
  /** The client's address, as the proxies we believe say it. */
  readonly address: string;
  /** Header lines as often as they were sent: a web `Headers` joins them. */
  readonly headerLines: HeaderLines;
}

/** A domain handler. It may reject for a bug only, which is answered 500 without a word about it. */
export type WebHandler = (request: Request, caller: Caller) => Promise<Response> | Response;

export interface ListenerSettings {
  readonly log: Logger;
  /** Where the world reaches this listener: what `request.url` starts with, whatever Host the caller sends. */
  readonly origin: () => URL;
  /** Addresses and ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly isClosing: () => boolean;
  /** Told of every answer. */
  readonly observe: (observation: HttpObservation) => void;
}

const plain = (status: number, text: string): Response =>
  new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });

const unreadable = (): Response => plain(400, 'The request is not valid HTTP.\n');
const broken = (): Response =>
  plain(500, 'Something in the app failed. Its log has the details. Please try again in a moment.\n');

const requestOf = (
  message: IncomingMessage,
  response: Parameters<RequestListener>[1],
  origin: URL,
): Request | undefined => {
  try {
    return createRequest(message, response, { host: origin.host, protocol: origin.protocol });
  } catch {
    return undefined;
  }
};

/** Counts an answer when it has gone out, or the caller with it. */
const observed = (
  observe: ListenerSettings['observe'],
  message: IncomingMessage,
  response: Parameters<RequestListener>[1],
): void => {
  const began = performance.now();
  response.once('close', () => {
    const route = routeLabel((message.url ?? '/').split('?', 1)[0] ?? '/');
    const seconds = (performance.now() - began) / 1_000;
    observe({ method: message.method ?? 'GET', route, status: response.statusCode, seconds });
  });
};

/** Puts one handler behind a listener of node's: web requests in, web answers out. */
export const webListener = (settings: ListenerSettings, handler: WebHandler): RequestListener => {
  const { log, origin, isClosing, observe } = settings;
  const trusts = proxyAddress.compile([...settings.trustedProxies]);

  const answer = async (request: Request | undefined, message: IncomingMessage): Promise<Response> => {
    if (request === undefined) return unreadable();
    try {
      return await handler(request, {
        address: proxyAddress(message, trusts),
        headerLines: rawHeaderLines(message.rawHeaders),
      });
    } catch (error) {
      log.error({ err: error }, 'request failed');
      return broken();
    }
  };

  return (message, response) => {
    observed(observe, message, response);
    response.setHeader('x-content-type-options', 'nosniff');
    // A kept connection would hold the shutdown up until its client goes away.
    if (isClosing()) response.setHeader('connection', 'close');
    answer(requestOf(message, response, origin()), message)
      .then((answered) => sendResponse(response, answered))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'answer not sent');
        response.destroy();
      });
  };
};
