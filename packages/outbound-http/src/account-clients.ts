import type { Account, HttpClient, RegisteredGateway } from '@gatewright/payment-core';
import { createClientPer } from './client-per.ts';
import { createHttpClient, type HttpClientSettings } from './http-client.ts';

/** One client per account, with its gateway's rate limit. @param gateway undefined: an unknown one, without a limit */
export const createAccountClients = (
  settings: Omit<HttpClientSettings, 'rateLimit'>,
  gateway: (id: string) => Pick<RegisteredGateway, 'rateLimit'> | undefined,
): ((account: Account) => HttpClient) =>
  createClientPer({
    key: (account) => account.id,
    make: (account) => {
      const rateLimit = gateway(account.gateway)?.rateLimit;
      return createHttpClient(rateLimit ? { ...settings, rateLimit } : settings);
    },
  });
