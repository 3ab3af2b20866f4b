import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

/** What the server refuses before a webhook's route sees it, in the same small answer as the route's own. */
export const webhookErrors = (
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const status = error.statusCode ?? 500;
  if (status === 413) return reply.code(413).send({ ok: false, reason: 'body-too-large' });
  if (status >= 400 && status < 500) return reply.code(400).send({ ok: false, reason: 'request-unreadable' });
  request.log.error({ err: error }, 'webhook failed');
  return reply.code(503).send({ ok: false, reason: 'not-stored' });
};
