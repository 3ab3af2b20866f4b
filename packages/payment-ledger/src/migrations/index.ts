import type { Migration } from 'kysely/migration';
import type { EngineColumns } from '../engine.ts';
import { ledgerMigration } from './0001-ledger.ts';
import { vaultMigration } from './0003-vault.ts';
import { operatorsMigration } from './0004-operators.ts';
import { pagesMigration } from './0005-pages.ts';
import { reviewKeysMigration } from './0006-review-keys.ts';
import { pendingEventsMigration } from './0007-pending-events.ts';
import { reviewsOfOrderMigration } from './0008-reviews-of-order.ts';
import { leasesMigration } from './0009-leases.ts';

/** In the order of their names. A migration that was released is never changed. */
export const migrationsFor = (columns: EngineColumns): Record<string, Migration> => ({
  '0001-ledger': ledgerMigration(columns),
  '0002-jobs': columns.jobs(columns),
  '0003-vault': vaultMigration(columns),
  '0004-operators': operatorsMigration(columns),
  '0005-pages': pagesMigration(columns),
  '0006-review-keys': reviewKeysMigration,
  '0007-pending-events': pendingEventsMigration,
  '0008-reviews-of-order': reviewsOfOrderMigration,
  '0009-leases': leasesMigration,
});
