import {
  createAccountClients,
  createClientPer,
  createHttpClient,
  createNodeEgress,
} from '@gatewright/outbound-http';
import {
  type Account,
  type Clock,
  type Egress,
  type HttpClient,
  minutes,
  type RandomBytes,
  type RegisteredGateway,
  randomFraction,
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

/** Every call of a service leaves through one egress (invariant 12). */
export const createOutgoing = (parts: OutgoingParts): Outgoing => {
  const settings = {
    egress: parts.egress ?? createNodeEgress({ sandbox: parts.sandbox }),
    clock: parts.clock,
    random: () => randomFraction(parts.random),
    sleep: parts.sleep,
  };
  const shopOf = createClientPer({
    key: (origin: string) => origin,
    make: () => createHttpClient({ ...settings, longestPauseMs: longestShopPauseMs }),
  });
  return {
    shops: (request) => shopOf(URL.parse(request.url)?.origin ?? '')(request),
    gateway: createAccountClients(settings, parts.gateway),
  };
};
