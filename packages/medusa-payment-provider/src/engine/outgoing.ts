import { createAccountClients, createHttpClient, createNodeEgress } from '@gatewright/outbound-http';
import { type Account, gatewayById, type HttpClient, randomFraction } from '@gatewright/payment-core';
import type { EngineRuntime } from './engine.ts';

export interface Outgoing {
  /** Calls to a rate source. */
  readonly rates: HttpClient;
  readonly gateway: (account: Account) => HttpClient;
}

/** Every call leaves through one egress (invariant 12). @param sandbox permits http to this machine */
export const createOutgoing = (runtime: EngineRuntime, sandbox: boolean): Outgoing => {
  const settings = {
    egress: runtime.egress ?? createNodeEgress({ sandbox }),
    clock: runtime.clock,
    random: () => randomFraction(runtime.random),
    sleep: runtime.sleep,
  };
  return {
    rates: createHttpClient(settings),
    gateway: createAccountClients(settings, runtime.gateway ?? gatewayById),
  };
};
