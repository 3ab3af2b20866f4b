import type { Account, Directory } from '../account/account.ts';
import { gatewayById } from '../gateways/registry.ts';
import type { HttpClient } from '../http/http-client.ts';
import { type Clock, seconds } from '../identity/clock.ts';
import type { AccountId } from '../identity/identity.ts';
import { createCryptoPayRates } from './crypto-pay-rates.ts';
import { createFirstOf } from './first-of.ts';
import { createFixedRates, type FixedTable } from './fixed-table.ts';
import { createJsonEndpointRates, type RatePointers } from './json-endpoint-rates.ts';
import type { RateSource } from './rate-source.ts';

/** Where an owner or an operator lets exchange rates come from, in the order in which they are asked. */
export interface ConfiguredRates {
  readonly fixed: FixedTable;
  /** An endpoint for rates that are not in the table. It may hold a key, so it is shown nowhere. */
  readonly url: string | null;
  /** Where the endpoint's rates stand in its answer; null: it answers in rows of our own shape. */
  readonly pointers: RatePointers | null;
  /** A Crypto Pay account whose rates are asked last. */
  readonly account: AccountId | null;
}

/** Why a source had no rate. */
export interface RateFault {
  readonly source: 'endpoint' | 'crypto-pay';
  readonly account?: AccountId;
  readonly reason: string;
}

export interface ConfiguredRatesParts {
  readonly from: ConfiguredRates;
  readonly sandbox: boolean;
  readonly directory: Pick<Directory, 'account'>;
  readonly clock: Clock;
  readonly endpointHttp: HttpClient;
  readonly accountHttp: (account: Account) => HttpClient;
  readonly onFault: (fault: RateFault) => void;
}

/** A checkout waits for a rate: one try and 4 s, where other calls have more. */
const shortOfTime =
  (http: HttpClient): HttpClient =>
  (request) =>
    http({ ...request, timeoutMs: seconds(4), retry: 'never' });

const refused = (reason: string) => ({ outcome: 'refused', reason }) as const;

/**
 * The account is looked up at every call, so that one that is added, changed or switched off later counts. Test money
 * has test rates, so a test account prices nothing outside a sandbox (invariant 13).
 */
const accountRates = (parts: ConfiguredRatesParts, id: AccountId): RateSource =>
  createCryptoPayRates({
    clock: parts.clock,
    onFault: (reason) => parts.onFault({ source: 'crypto-pay', account: id, reason }),
    read: async () => {
      const account = await parts.directory.account(id);
      if (account === undefined) return refused('account-unknown');
      const gateway = gatewayById(account.gateway);
      if (gateway?.exchangeRates === undefined) return refused('account-of-another-gateway');
      if (!account.enabled) return refused('account-disabled');
      if (!gateway.readConfig(account.config).ok) return refused('config-unusable');
      const isLive = gateway.modeOf(account.config) === 'live' && account.mode === 'live';
      if (!isLive && !parts.sandbox) return refused('account-for-tests');
      return gateway.exchangeRates(account.config, shortOfTime(parts.accountHttp(account)));
    },
  });

/** What was fixed, then the endpoint, then the account; the first that has a fresh rate. */
export const createConfiguredRates = (parts: ConfiguredRatesParts): RateSource => {
  const { fixed, url, pointers, account } = parts.from;
  const sources: RateSource[] = [createFixedRates({ table: fixed })];
  if (url !== null)
    sources.push(
      createJsonEndpointRates({
        url,
        http: parts.endpointHttp,
        clock: parts.clock,
        onFault: (reason) => parts.onFault({ source: 'endpoint', reason }),
        ...(pointers ? { pointers } : {}),
      }),
    );
  if (account !== null) sources.push(accountRates(parts, account));
  return createFirstOf({ sources });
};
