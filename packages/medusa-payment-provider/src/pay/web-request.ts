import { Readable } from 'node:stream';
import type { MedusaRequest } from '@medusajs/framework/http';

const withBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** Path and query, also of a request that names the whole address (RFC 9112, 3.2.2): whose it says it is decides nothing. */
const targetOf = (url: string, origin: string): string => {
  const parsed = URL.parse(url, origin);
  return parsed === null ? '/' : `${parsed.pathname}${parsed.search}`;
};

const headersOf = (rawHeaders: readonly string[]): Headers => {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return headers;
};

/**
 * A web `Request` of what Express got, its body still unread. @param origin as shoppers reach this server
 * @throws TypeError for headers that no web request may have
 */
export const webRequest = (request: MedusaRequest, origin: string): Request => {
  const { method, originalUrl, rawHeaders } = request;
  const body = withBody(method) ? { body: Readable.toWeb(request), duplex: 'half' } : {};
  // `duplex` is demanded for a streamed body (Fetch standard) and missing in the types; node's and the web's
  // ReadableStream are one class.
  const init = { method, headers: headersOf(rawHeaders), ...body } as RequestInit;
  return new Request(`${origin}${targetOf(originalUrl, origin)}`, init);
};
