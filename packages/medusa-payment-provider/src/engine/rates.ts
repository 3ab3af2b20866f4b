import {
  type AccountId,
  type Clock,
  createCryptoPayClient,
  createCryptoPayRates,
  createFirstOf,
  createFixedRates,
  createJsonEndpointRates,
  cryptoPayConfigSchema,
  type HttpClient,
  type RateSource,
  seconds,
} from '@gatewright/payment-core';
import type { MedusaSettings } from '../settings/medusa-settings.ts';
import type { EngineLog } from './engine.ts';
import type { Outgoing } from './outgoing.ts';

export interface RatesParts {
  readonly settings: Pick<MedusaSettings, 'rates' | 'accounts' | 'sandbox'>;
  readonly outgoing: Outgoing;
  readonly clock: Clock;
  readonly log: EngineLog;
}

/** A checkout waits for a rate: one try and 4 s, where other calls have more. */
const shortOfTime =
  (http: HttpClient): HttpClient =>
  (request) =>
    http({ ...request, timeoutMs: seconds(4), retry: 'never' });

/** Test money has test rates, so a test account prices nothing outside a sandbox (invariant 13). */
const accountRates = ({ settings, outgoing, clock, log }: RatesParts, id: AccountId): RateSource => {
  const account = settings.accounts.find((candidate) => candidate.id === id);
  return createCryptoPayRates({
    clock,
    onFault: (reason) => log.warn(`No exchange rates from the account ${id}: ${reason}.`),
    read: async () => {
      if (account === undefined) return { outcome: 'refused', reason: 'account-unknown' };
      if (account.gateway !== 'crypto-pay')
        return { outcome: 'refused', reason: 'account-of-another-gateway' };
      if (!account.enabled) return { outcome: 'refused', reason: 'account-disabled' };
      if (account.mode !== 'live' && !settings.sandbox)
        return { outcome: 'refused', reason: 'account-for-tests' };
      const config = cryptoPayConfigSchema.safeParse(account.config);
      if (!config.success) return { outcome: 'refused', reason: 'config-unusable' };
      return createCryptoPayClient(config.data, shortOfTime(outgoing.gateway(account))).getExchangeRates();
    },
  });
};

/** What the owner fixed, then the endpoint, then the account; the first that has a fresh rate. */
export const createRates = (parts: RatesParts): RateSource => {
  const { settings, outgoing, clock, log } = parts;
  const { fixed, url, pointers, account } = settings.rates;
  const sources: RateSource[] = [createFixedRates({ table: fixed })];
  if (url !== null)
    sources.push(
      createJsonEndpointRates({
        url,
        http: outgoing.rates,
        clock,
        onFault: (reason) => log.warn(`No exchange rates from the endpoint: ${reason}.`),
        ...(pointers ? { pointers } : {}),
      }),
    );
  if (account !== null) sources.push(accountRates(parts, account));
  return createFirstOf({ sources });
};
