import { container } from '@medusajs/framework';
import type { StorefrontFactory } from '../engine/engine.ts';
import { providerIdentifier } from '../settings/provider-entry.ts';
import { createSettleReports } from './settle-reports.ts';
import { shopOf } from './shop.ts';
import { medusaStorefront } from './tell-shop.ts';
import { createTurns } from './turns.ts';

/** Also of entries that an owner has taken out of medusa-config since. */
const ourProviders = `pp_${providerIdentifier}_`;

export const createMedusaStorefront: StorefrontFactory = ({ ledger, clock, random, sleep }) =>
  medusaStorefront({
    shop: () => shopOf(container),
    turns: createTurns({ ledger, clock, random, sleep }),
    reports: createSettleReports({ ledger, clock, random }),
    claimOf: ({ store, orderKey }) =>
      ledger.transact(async ({ claims }) => {
        const row = await claims.byOrder(store, orderKey);
        return row?.state === 'released' ? undefined : row?.claim;
      }),
    isOurs: (provider) => provider.startsWith(ourProviders),
  });
