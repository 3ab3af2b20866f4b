import type { FastifyReply } from 'fastify';

/** What a page may do: nothing but show itself and send its forms here, or on to the one shop it is about. */
const policyFor = (shop: string | null): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    `form-action 'self'${shop === null ? '' : ` ${shop}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const guard = (reply: FastifyReply, shop: string | null): FastifyReply =>
  reply
    .header('content-security-policy', policyFor(shop))
    .header('x-frame-options', 'DENY')
    // Addresses of these pages carry one-time states.
    .header('referrer-policy', 'same-origin')
    .header('cache-control', 'no-store');

/** @param shop origin that a form of the page leads on to; a redirect after a form counts as its target */
export const sendPage = (
  reply: FastifyReply,
  status: number,
  page: string,
  shop: string | null = null,
): FastifyReply => guard(reply, shop).code(status).type('text/html; charset=utf-8').send(page);

export const sendOn = (reply: FastifyReply, location: string): FastifyReply =>
  guard(reply, null).code(303).header('location', location).send();
