import { type Clock, createConfiguredRates, type Directory, type RateSource } from '@gatewright/payment-core';
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

/** The sources that the environment names; the log says why one had no rate. */
export const createRates = ({ env, outgoing, directory, clock, log }: RatesParts): RateSource =>
  createConfiguredRates({
    from: { fixed: env.rates, url: env.ratesUrl, pointers: env.ratesPointers, account: env.ratesAccount },
    sandbox: env.sandbox,
    directory,
    clock,
    endpointHttp: outgoing.shops,
    accountHttp: outgoing.gateway,
    onFault: (fault) => log.warn(fault, 'no exchange rates'),
  });
