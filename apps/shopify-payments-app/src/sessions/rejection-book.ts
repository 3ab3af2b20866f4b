import type { SqlLedger } from '@gatewright/payment-ledger';
import type { RejectCode } from '../payments-api/mutation.ts';
import { type SessionRow, sessionOf } from './session-book.ts';

type Key = Pick<SessionRow, 'shop' | 'id'>;

/** A session that Shopify has to be told a rejection of. */
export interface RejectionRow {
  readonly session: SessionRow;
  readonly code: RejectCode;
  /** When it was to be told first, ms. */
  readonly askedAt: number;
}

/** Rejections, as rows that a worker sends: each is written before Shopify is told, and told until Shopify knows. */
export interface RejectionBook {
  /**
   * @param due ms; when it is told, and from when on trying to counts
   * @returns false where Shopify knows a final state of the session, or it is being rejected already
   */
  ask(key: Key, code: RejectCode, due: number): Promise<boolean>;
  /** Takes what is due and leases it: no other process takes it before `until`. */
  lease(now: number, until: number, limit: number): Promise<readonly RejectionRow[]>;
  /** @param trouble why Shopify could not be told */
  again(key: Key, at: number, trouble: string): Promise<void>;
  /** There is nothing left to tell, or it is given up because of `trouble`. */
  end(key: Key, trouble?: string): Promise<void>;
  /** Money came after all: the session can be paid. */
  withdraw(key: Key): Promise<void>;
}

export const createRejectionBook = (ledger: SqlLedger): RejectionBook => ({
  ask: ({ shop, id }, code, due) =>
    ledger.transact(async (tx) => {
      const asked = await tx.sql`update shopify_sessions
        set rejection = ${code}, rejection_asked_at = ${due}, rejection_next_at = ${due}
        where shop = ${shop} and id = ${id} and rejection is null and state in ('started', 'pending')
        returning id`;
      return asked.length === 1;
    }),
  lease: (now, until, limit) =>
    ledger.transact(async (tx) => {
      const due = await tx.sql`select shop, id, rejection_next_at from shopify_sessions
        where rejection_next_at <= ${now} order by rejection_next_at limit ${limit}`;
      const leased: RejectionRow[] = [];
      for (const row of due) {
        const taken = await tx.sql`update shopify_sessions set rejection_next_at = ${until}
          where shop = ${String(row.shop)} and id = ${String(row.id)}
            and rejection_next_at = ${Number(row.rejection_next_at)} returning *`;
        for (const each of taken) {
          const session = sessionOf(each);
          if (session.rejection === null) throw new Error('a rejection has a code we never wrote');
          leased.push({ session, code: session.rejection, askedAt: Number(each.rejection_asked_at) });
        }
      }
      return leased;
    }),
  again: ({ shop, id }, at, trouble) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_sessions set rejection_next_at = ${at}, rejection_trouble = ${trouble}
        where shop = ${shop} and id = ${id}`;
    }),
  end: ({ shop, id }, trouble) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_sessions set rejection_next_at = null, rejection_trouble = ${trouble ?? null}
        where shop = ${shop} and id = ${id}`;
    }),
  withdraw: ({ shop, id }) =>
    ledger.transact(async (tx) => {
      await tx.sql`update shopify_sessions set rejection = null, rejection_next_at = null
        where shop = ${shop} and id = ${id}`;
    }),
});
