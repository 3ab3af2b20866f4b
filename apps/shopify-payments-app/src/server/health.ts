import { readiness } from '@gatewright/operations';
import type { Ledger } from '@gatewright/payment-core';

/** `/healthz`: the process answers. `/readyz`: it can store a webhook. Undefined for another path. */
export const healthRoutes =
  (ledger: Ledger, isClosing: () => boolean) =>
  (path: string): Promise<Response> | undefined => {
    if (path === '/healthz') return Promise.resolve(Response.json({ ok: true }));
    if (path !== '/readyz') return undefined;
    return readiness(ledger, isClosing()).then((state) =>
      Response.json(state, { status: state.ready ? 200 : 503 }),
    );
  };
