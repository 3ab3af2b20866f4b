import type { Ledger } from '@gatewright/payment-core';
import type { FastifyInstance } from 'fastify';

export interface Health {
  readonly ledger: Ledger;
  readonly isClosing: () => boolean;
}

type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly reason: 'closing' | 'ledger-unavailable' };

const readiness = async ({ ledger, isClosing }: Health): Promise<Readiness> => {
  if (isClosing()) return { ready: false, reason: 'closing' };
  try {
    // Fails as storing a webhook would: no file, no table, no space for the write-ahead log.
    await ledger.transact((tx) => tx.inbox.byId('readiness'));
    return { ready: true };
  } catch {
    return { ready: false, reason: 'ledger-unavailable' };
  }
};

/** `/healthz`: the process answers. `/readyz`: it can store a webhook; a balancer sends it none otherwise. */
export const registerHealth = (app: FastifyInstance, health: Health): void => {
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const state = await readiness(health);
    return reply.code(state.ready ? 200 : 503).send(state);
  });
};
