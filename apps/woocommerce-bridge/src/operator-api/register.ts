import { type OperatorApi, operatorBodyLimit, operatorPaths } from '@gatewright/operations';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { rawCall } from '../http/raw-call.ts';

/** The operator's calls, behind fastify. On the operator's listener only. */
export const registerOperatorApi = (app: FastifyInstance, api: OperatorApi): void => {
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const answered = await api(rawCall(request), request.log);
    if (answered === undefined) {
      reply.callNotFound();
      return reply;
    }
    return reply.code(answered.status).headers(answered.headers).send(answered.body);
  };
  for (const { method, path } of operatorPaths)
    app.route({ method, url: path, bodyLimit: operatorBodyLimit, handler });
};
