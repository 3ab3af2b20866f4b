import { createHttpClient, createNodeEgress } from '@gatewright/outbound-http';
import {
  type Account,
  type AccountId,
  gatewayById,
  type HttpClient,
  type RandomBytes,
} from '@gatewright/payment-core';
import type { EngineRuntime } from './engine.ts';

export interface Outgoing {
  /** Calls to a rate source. */
  readonly rates: HttpClient;
  /** One client per account, because the account's rate limit lives in it. */
  readonly gateway: (account: Account) => HttpClient;
}

const fraction = (random: RandomBytes) => (): number => Buffer.from(random(4)).readUInt32BE() / 2 ** 32;

/** Every call leaves through one egress (invariant 12). @param sandbox permits http to this machine */
export const createOutgoing = (runtime: EngineRuntime, sandbox: boolean): Outgoing => {
  const settings = {
    egress: runtime.egress ?? createNodeEgress({ sandbox }),
    clock: runtime.clock,
    random: fraction(runtime.random),
    sleep: runtime.sleep,
  };
  const { gateway = gatewayById } = runtime;
  const clients = new Map<AccountId, HttpClient>();
  const clientOf = (account: Account): HttpClient => {
    const rateLimit = gateway(account.gateway)?.rateLimit;
    return createHttpClient(rateLimit ? { ...settings, rateLimit } : settings);
  };
  return {
    rates: createHttpClient(settings),
    gateway: (account) => {
      const known = clients.get(account.id) ?? clientOf(account);
      clients.set(account.id, known);
      return known;
    },
  };
};
