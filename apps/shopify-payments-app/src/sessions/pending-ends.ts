import { hours } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import { type Asking, askPerson } from './person.ts';
import { sessionOf } from './session-book.ts';

/** A person hears of a pending payment while there is time to decide. */
const warnBeforeMs = hours(12);

const batch = 20;

/** "2026-06-04 12:00 UTC". */
const minuteOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/**
 * Shopify does not let a pending payment be prolonged (2.7), so a person hears in time when it is going to end. One that
 * is going to be rejected before needs nobody.
 * @returns how many a person was told of
 */
export const warnOfEnds = (ledger: SqlLedger, asking: Asking, now: number): Promise<number> =>
  ledger.transact(async (tx) => {
    const rows = await tx.sql`select * from shopify_sessions
      where state = 'pending' and pended_until <= ${now + warnBeforeMs} and pending_end_shown is null
        and rejection is null
      order by pended_until limit ${batch}`;
    for (const session of rows.map(sessionOf)) {
      const { shop, id, pendedUntil } = session;
      await tx.sql`update shopify_sessions set pending_end_shown = ${now} where shop = ${shop} and id = ${id}`;
      const end = minuteOf(pendedUntil ?? now);
      const detail = `Shopify ends this pending payment at ${end}. Decide about its money before: afterwards Shopify takes no payment for it, and the money has to be refunded or the order made by hand.`;
      await askPerson(tx, asking, session, { kind: 'pending_ends', key: `pending_ends:${id}`, detail });
    }
    return rows.length;
  });
