import {
  type AccountId,
  type Clock,
  createCryptoPayClient,
  createCryptoPayRates,
  createFirstOf,
  createFixedRates,
  createJsonEndpointRates,
  cryptoPayConfigSchema,
  type Directory,
  gatewayById,
  type HttpClient,
  type RateSource,
  seconds,
} from '@gatewright/payment-core';
import type { Logger } from 'pino';
import type { RateSettings } from '../env/rates.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';

export interface RatesParts {
  readonly env: RateSettings & { readonly sandbox: boolean };
  readonly outgoing: Outgoing;
  readonly directory: Pick<Directory, 'account'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A checkout waits for a rate: one try and 4 s, where other calls have more. */
const shortOfTime =
  (http: HttpClient): HttpClient =>
  (request) =>
    http({ ...request, timeoutMs: seconds(4), retry: 'never' });

/**
 * The account is looked up at every call, so that one that is added, changed or switched off later counts. Test money
 * has test rates, so a test account prices nothing outside a sandbox (invariant 13).
 */
const accountRates = ({ env, outgoing, directory, clock, log }: RatesParts, id: AccountId): RateSource =>
  createCryptoPayRates({
    clock,
    onFault: (reason) => log.warn({ source: 'crypto-pay', account: id, reason }, 'no exchange rates'),
    read: async () => {
      const account = await directory.account(id);
      if (account === undefined) return { outcome: 'refused', reason: 'account-unknown' };
      if (account.gateway !== 'crypto-pay')
        return { outcome: 'refused', reason: 'account-of-another-gateway' };
      if (!account.enabled) return { outcome: 'refused', reason: 'account-disabled' };
      const config = cryptoPayConfigSchema.safeParse(account.config);
      if (!config.success) return { outcome: 'refused', reason: 'config-unusable' };
      const mode = gatewayById(account.gateway)?.modeOf(account.config);
      const isLive = mode === 'live' && account.mode === 'live';
      if (!isLive && !env.sandbox) return { outcome: 'refused', reason: 'account-for-tests' };
      return createCryptoPayClient(config.data, shortOfTime(outgoing.gateway(account))).getExchangeRates();
    },
  });

/** What the operator fixed, then the endpoint, then the account; the first that has a fresh rate. */
export const createRates = (parts: RatesParts): RateSource => {
  const { env, outgoing, clock, log } = parts;
  const sources: RateSource[] = [createFixedRates({ table: env.rates })];
  if (env.ratesUrl !== null) {
    sources.push(
      createJsonEndpointRates({
        url: env.ratesUrl,
        http: outgoing.shops,
        clock,
        onFault: (reason) => log.warn({ source: 'endpoint', reason }, 'no exchange rates'),
        ...(env.ratesPointers ? { pointers: env.ratesPointers } : {}),
      }),
    );
  }
  if (env.ratesAccount !== null) sources.push(accountRates(parts, env.ratesAccount));
  return createFirstOf({ sources });
};
