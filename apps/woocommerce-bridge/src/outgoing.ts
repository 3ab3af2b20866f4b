import { createHttpClient, createNodeEgress } from '@gatewright/outbound-http';
import type {
  Account,
  AccountId,
  Clock,
  Egress,
  HttpClient,
  RandomBytes,
  RegisteredGateway,
} from '@gatewright/payment-core';

export interface OutgoingParts {
  readonly egress: Egress | undefined;
  readonly sandbox: boolean;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly sleep: (ms: number) => Promise<void>;
  readonly gateway: (id: string) => RegisteredGateway | undefined;
}

export interface Outgoing {
  /** Calls to shops; each of them is sent once. */
  readonly shops: HttpClient;
  /** One client per account, because the account's rate limit lives in it. */
  readonly gateway: (account: Account) => HttpClient;
}

const fraction = (random: RandomBytes) => (): number => Buffer.from(random(4)).readUInt32BE() / 2 ** 32;

/** Every call of the bridge leaves through one egress (invariant 12). */
export const createOutgoing = (parts: OutgoingParts): Outgoing => {
  const settings = {
    egress: parts.egress ?? createNodeEgress({ sandbox: parts.sandbox }),
    clock: parts.clock,
    random: fraction(parts.random),
    sleep: parts.sleep,
  };
  const clients = new Map<AccountId, HttpClient>();
  return {
    shops: createHttpClient(settings),
    gateway: (account) => {
      const known = clients.get(account.id);
      if (known) return known;
      const rateLimit = parts.gateway(account.gateway)?.rateLimit;
      const client = createHttpClient(rateLimit ? { ...settings, rateLimit } : settings);
      clients.set(account.id, client);
      return client;
    },
  };
};
