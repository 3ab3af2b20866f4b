import { type HttpClient, seconds } from '@gatewright/payment-core';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const statusOf: Readonly<Record<'ambiguous' | 'unavailable', number>> = { ambiguous: 502, unavailable: 503 };

/** A fetch for Shopify's library whose calls leave through our one way out (invariant 12). */
export const fetchOver =
  (http: HttpClient): typeof fetch =>
  async (input, init) => {
    const request = new Request(input, init);
    const method = methods.find((known) => known === request.method);
    if (method === undefined) return new Response(null, { status: 405 });
    const body = await request.text();
    const answer = await http({
      method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      timeoutMs: seconds(10),
      retry: 'never',
      ...(body === '' ? {} : { body }),
    });
    if (answer.outcome === 'ok' || answer.outcome === 'refused') {
      const { status, headers } = answer;
      return new Response(Buffer.from(answer.body), { status, headers });
    }
    return new Response(null, { status: statusOf[answer.outcome] });
  };
