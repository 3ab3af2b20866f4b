import { createHttpClient, createNodeEgress } from '@gatewright/outbound-http';
import {
  type Account,
  type AccountId,
  type Clock,
  type Egress,
  type HttpClient,
  minutes,
  type RandomBytes,
  type RegisteredGateway,
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
  /** Calls to shops; each of them is sent once. A shop that asks us to slow down slows its own calls down, and no other's. */
  readonly shops: HttpClient;
  /** One client per account, because the account's rate limit lives in it. */
  readonly gateway: (account: Account) => HttpClient;
}

/** A shop's hosting may ask for hours; a paid order does not wait that long for one try. */
const longestShopPauseMs = minutes(10);

const fraction = (random: RandomBytes) => (): number => Buffer.from(random(4)).readUInt32BE() / 2 ** 32;

/** Limits and pauses live in a client, so each key has one of its own. */
const clientOf = <Key>(clients: Map<Key, HttpClient>, key: Key, make: () => HttpClient): HttpClient => {
  const known = clients.get(key);
  if (known) return known;
  const client = make();
  clients.set(key, client);
  return client;
};

/** Every call of a service leaves through one egress (invariant 12). */
export const createOutgoing = (parts: OutgoingParts): Outgoing => {
  const settings = {
    egress: parts.egress ?? createNodeEgress({ sandbox: parts.sandbox }),
    clock: parts.clock,
    random: fraction(parts.random),
    sleep: parts.sleep,
  };
  const accounts = new Map<AccountId, HttpClient>();
  const shops = new Map<string, HttpClient>();
  return {
    shops: (request) => {
      const client = clientOf(shops, URL.parse(request.url)?.origin ?? '', () =>
        createHttpClient({ ...settings, longestPauseMs: longestShopPauseMs }),
      );
      return client(request);
    },
    gateway: (account) =>
      clientOf(accounts, account.id, () => {
        const rateLimit = parts.gateway(account.gateway)?.rateLimit;
        return createHttpClient(rateLimit ? { ...settings, rateLimit } : settings);
      }),
  };
};
