import { headersOf, sendRequest } from './send-request.ts';

/** Where a simulated Shopify is, which may be in another process. */
export interface ShopifyAddress {
  readonly port: number;
  /** PEM: its `serverCa`. */
  readonly ca: string;
}

const SHOP_HOST = /\.myshopify\.com$/;
const NO_BODY = new Set([204, 205, 304]);
const MAX_REDIRECTS = 20;

export const isShopHost = (hostname: string): boolean => SHOP_HOST.test(hostname);

const once = async (request: Request, address: ShopifyAddress): Promise<Response> => {
  const sent = await sendRequest({
    url: new URL(request.url),
    method: request.method,
    headers: Object.fromEntries(request.headers),
    body: Buffer.from(await request.arrayBuffer()),
    ca: address.ca,
    loopbackPort: address.port,
    signal: request.signal,
  });
  if (!sent.ok) {
    if (request.signal.aborted) throw request.signal.reason;
    throw new TypeError('fetch failed', { cause: sent.cause });
  }
  const body = NO_BODY.has(sent.status) ? null : Uint8Array.from(sent.body);
  return new Response(body, { status: sent.status, headers: headersOf(sent.rawHeaders) });
};

/** The global fetch for every host but `*.myshopify.com`, which it finds on a loopback port. */
export const shopifyFetch = (address: ShopifyAddress): typeof fetch => {
  const send = async (input: string | URL | Request, init?: RequestInit, hops = 0): Promise<Response> => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.protocol !== 'https:' || !isShopHost(url.hostname)) return fetch(request);
    const { redirect, signal } = request;
    const response = await once(request, address);
    const location = response.headers.get('location');
    const redirects = response.status >= 301 && response.status <= 308 && location !== null;
    if (!redirects || redirect === 'manual') return response;
    if (redirect === 'error' || hops === MAX_REDIRECTS) throw new TypeError('fetch failed: redirect');
    return send(new URL(location, url), { signal }, hops + 1);
  };
  return (input, init) => send(input, init);
};
