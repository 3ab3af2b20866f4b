import { readiness } from '@gatewright/operations';
import type { Ledger } from '@gatewright/payment-core';
import type { FastifyInstance } from 'fastify';

export interface Health {
  readonly ledger: Ledger;
  readonly isClosing: () => boolean;
}

/** `/healthz`: the process answers. `/readyz`: it can store a webhook. */
export const registerHealth = (app: FastifyInstance, { ledger, isClosing }: Health): void => {
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const state = await readiness(ledger, isClosing());
    return reply.code(state.ready ? 200 : 503).send(state);
  });
};
