import type { PayPages } from '@gatewright/pay-page';
import { clientKey } from '@gatewright/pay-page';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { payBasePath } from './bridge-pages.ts';

/** The patterns under which answers are counted; the last takes what is left, so that ids make no labels. */
const routes = ['/:page', '/:page/choose', '/:page/test', '/assets/:name', '/*'] as const;

/** One byte more than the pages' own longest form: they say themselves what is too big. */
const bodyLimit = 4_097;

const withBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** Path and query, also of a request that names the whole address (RFC 9112, 3.2.2): whose it says it is decides nothing. */
const targetOf = (url: string, origin: string): string => {
  const parsed = URL.parse(url, origin);
  return parsed === null ? '/' : `${parsed.pathname}${parsed.search}`;
};

/** A web `Request` of what fastify got. */
const webRequest = (request: FastifyRequest, origin: string): Request => {
  const headers = new Headers();
  const { rawHeaders } = request.raw;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  const body = request.body instanceof Uint8Array && withBody(request.method) ? request.body : null;
  return new Request(`${origin}${targetOf(request.raw.url ?? '/', origin)}`, {
    method: request.method,
    headers,
    body,
  });
};

/** Nobody's page stands for an address that cannot be decoded: the router would answer it before the pages can. */
export const readableUrl = (url: string): string => {
  if (!url.startsWith(`${payBasePath}/`)) return url;
  try {
    decodeURI(url);
    return url;
  } catch {
    return `${payBasePath}/malformed`;
  }
};

/** The pages on this server. Streams end with the server, and whoever leaves gives its stream back. */
export const registerPayPages = (app: FastifyInstance, pages: PayPages, origin: () => string): void => {
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    reply.send(await pages.handle(webRequest(request, origin()), { clientKey: clientKey(request.ip) }));
  for (const route of routes) app.all(`${payBasePath}${route}`, { bodyLimit, handler });
  // A shopper who closes a tab is no news for the log.
  app.all(`${payBasePath}/:page/events`, { bodyLimit, logLevel: 'warn', handler });
  app.addHook('preClose', async () => pages.close());
};
