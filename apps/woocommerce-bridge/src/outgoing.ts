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

/** Every call of the bridge leaves through one egress (invariant 12). */
export const createOutgoing = (parts: OutgoingParts): Outgoing => {
  const settings = {
    egress: parts.egress ?? createNodeEgress({ sandbox: parts.sandbox }),
    clock: parts.clock,
    random: fraction(parts.random),
    sleep: parts.sleep,
  };
  const clients = new Map<AccountId, HttpClient>();
  const shops = new Map<string, HttpClient>();
  const shopAt = (origin: string): HttpClient => {
    const known = shops.get(origin);
    if (known) return known;
    const client = createHttpClient({ ...settings, longestPauseMs: longestShopPauseMs });
    shops.set(origin, client);
    return client;
  };
  return {
    shops: (request) => shopAt(URL.parse(request.url)?.origin ?? '')(request),
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
