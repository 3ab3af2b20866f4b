import type { Account, Directory } from './account/account.ts';
import type { Storefront } from './fulfilment/storefront.ts';
import type { RegisteredGateway } from './gateways/registry.ts';
import type { AccountHealth } from './health/account-health.ts';
import type { HttpClient } from './http/http-client.ts';
import type { Clock } from './identity/clock.ts';
import type { RandomBytes } from './identity/identity.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { RateSource } from './rates/rate-source.ts';

/** Everything the use cases need from outside; nothing else is reached (invariant 16). */
export interface Ports {
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly storefront: Storefront;
  readonly rates: RateSource;
  /** One per process: what its calls have shown about the accounts. */
  readonly health: AccountHealth;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly gateway: (id: string) => RegisteredGateway | undefined;
  /** One client per account: the account's rate limit lives in it. */
  readonly http: (account: Account) => HttpClient;
  /** Where the gateway sends its webhooks for this account; from configuration, never from a request (TP-11). */
  readonly webhookUrl: (account: Account) => string;
  /** Permits http to simulators on this machine, nothing else. */
  readonly sandbox: boolean;
}
