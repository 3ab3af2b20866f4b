import { type Clock, minutes } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';

/** A genuine webhook of this account has arrived. */
export type NoteSighting = (account: string) => Promise<void>;

/** Every webhook has its own row elsewhere; when the last one came needs no greater precision. */
const everyMs = minutes(10);

/** The last one of each account is kept; a burst writes it once. */
export const createSightings = (ledger: SqlLedger, clock: Clock): NoteSighting => {
  const noted = new Map<string, number>();
  return async (account) => {
    const now = clock.now();
    if (now - (noted.get(account) ?? Number.NEGATIVE_INFINITY) < everyMs) return;
    noted.set(account, now);
    await ledger.transact(async (tx) => {
      await tx.sql`insert into shopify_webhook_sightings (account, seen_at) values (${account}, ${now})
        on conflict (account) do update set seen_at = ${now}`;
    });
  };
};

/** ms; null when none has arrived yet. */
export const lastWebhookAt = (ledger: SqlLedger, account: string): Promise<number | null> =>
  ledger.transact(async (tx) => {
    const [row] = await tx.sql`select seen_at from shopify_webhook_sightings where account = ${account}`;
    return row ? Number(row.seen_at) : null;
  });
