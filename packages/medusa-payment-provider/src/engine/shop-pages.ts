import { createPayPages, type PageHost, type PayPages } from '@gatewright/pay-page';
import type { PageChanges } from '@gatewright/payment-core';
import type { EngineOptions } from './engine.ts';
import { createShopLook } from './shop-look.ts';

/** The shopper's pages of this shop; there is no other store here. */
export const createShopPages = (
  options: EngineOptions,
  host: PageHost,
  changes: PageChanges,
  kick: () => void,
): PayPages => {
  const { settings, clock, every, log } = options;
  const { shopName = async () => undefined } = settings.named ? {} : options;
  const look = createShopLook(settings.look, clock, shopName);
  return createPayPages({
    ...host,
    changes,
    lookOf: async ({ id }) => (id === settings.store.id ? look() : undefined),
    ownLook: settings.look,
    every,
    kick,
    onError: (error) =>
      log.error('Gatewright: a pay page failed.', error instanceof Error ? error : new Error(String(error))),
  });
};
