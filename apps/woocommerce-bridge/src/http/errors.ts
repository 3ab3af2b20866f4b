import { bodyTooLarge, routeUnknown } from '@gatewright/operations';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { askTheShop, type Problem, problemBody, problemMediaType, versionUnknown } from '../wire/problem.ts';

export const sendProblem = (reply: FastifyReply, problem: Problem): FastifyReply => {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  return reply.code(problem.status).type(problemMediaType).send(problemBody(problem));
};

const unreadable: Problem = {
  status: 400,
  code: 'request-unreadable',
  ownerMessage: 'The request is not valid HTTP.',
  shopperMessage: askTheShop,
};

const broken: Problem = {
  status: 500,
  code: 'internal',
  ownerMessage: "Something in the bridge failed. Its log has the details under this answer's request id.",
  shopperMessage: askTheShop,
};

const otherVersion = /^\/v\d{1,9}(?:\/|$)/;

const statusOf = (error: unknown): number =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;

/** What the server itself refuses. Only a bug ends in 500, and then without a word about it (brief rule 6). */
export const answerErrors = (app: FastifyInstance): void => {
  app.setNotFoundHandler((request, reply) => {
    const path = request.raw.url ?? '/';
    return sendProblem(
      reply,
      otherVersion.test(path) && !path.startsWith('/v1/') ? versionUnknown : routeUnknown,
    );
  });
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status === 413) return sendProblem(reply, bodyTooLarge);
    if (status >= 400 && status < 500) return sendProblem(reply, unreadable);
    request.log.error({ err: error }, 'request failed');
    return sendProblem(reply, broken);
  });
};
