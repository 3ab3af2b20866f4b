import { type Clock, createConfiguredRates, type Directory, type RateSource } from '@gatewright/payment-core';
import type { MedusaSettings } from '../settings/medusa-settings.ts';
import type { EngineLog } from './engine.ts';
import type { Outgoing } from './outgoing.ts';

export interface RatesParts {
  readonly settings: Pick<MedusaSettings, 'rates' | 'sandbox'>;
  readonly outgoing: Outgoing;
  readonly directory: Pick<Directory, 'account'>;
  readonly clock: Clock;
  readonly log: EngineLog;
}

/** The sources that the plugin's options name; the log says why one had no rate. */
export const createRates = ({ settings, outgoing, directory, clock, log }: RatesParts): RateSource =>
  createConfiguredRates({
    from: settings.rates,
    sandbox: settings.sandbox,
    directory,
    clock,
    endpointHttp: outgoing.rates,
    accountHttp: outgoing.gateway,
    onFault: ({ account, reason }) =>
      log.warn(
        `No exchange rates from the ${account === undefined ? 'endpoint' : `account ${account}`}: ${reason}.`,
      ),
  });
