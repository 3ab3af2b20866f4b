import type { ClaimRow, ClaimTable, OrderTable } from '@gatewright/payment-core';
import type { Kysely, Selectable } from 'kysely';
import { moneyFromText, moneyText } from './money-text.ts';
import type { ClaimsTable, LedgerSchema } from './schema.ts';

const claimRow = (row: Selectable<ClaimsTable>): ClaimRow => ({
  store: row.store,
  orderKey: row.order_key,
  claim: row.claim,
  invoice: row.invoice,
  at: row.at,
  state: row.state,
});

export const claimTable = (db: Kysely<LedgerSchema>): ClaimTable => {
  const byOrder: ClaimTable['byOrder'] = async (store, orderKey) => {
    const row = await db
      .selectFrom('claims')
      .selectAll()
      .where('store', '=', store)
      .where('order_key', '=', orderKey)
      .executeTakeFirst();
    return row === undefined ? undefined : claimRow(row);
  };

  return {
    byOrder,
    async take(row) {
      const ours = { claim: row.claim, invoice: row.invoice, at: row.at, state: row.state };
      const taken = await db
        .insertInto('claims')
        .values({ store: row.store, order_key: row.orderKey, ...ours })
        .onConflict((conflict) =>
          conflict.columns(['store', 'order_key']).doUpdateSet(ours).where('claims.state', '=', 'released'),
        )
        .returningAll()
        .executeTakeFirst();
      if (taken !== undefined) return claimRow(taken);
      const holder = await byOrder(row.store, row.orderKey);
      if (holder === undefined) throw new Error('ledger: a claim was neither written nor there');
      return holder;
    },
    async setState(store, orderKey, claim, state) {
      await db
        .updateTable('claims')
        .set({ state })
        .where('store', '=', store)
        .where('order_key', '=', orderKey)
        .where('claim', '=', claim)
        .execute();
    },
  };
};

export const orderTable = (db: Kysely<LedgerSchema>): OrderTable => ({
  async byKey(store, orderKey) {
    const row = await db
      .selectFrom('orders')
      .selectAll()
      .where('store', '=', store)
      .where('order_key', '=', orderKey)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      store: row.store,
      orderKey: row.order_key,
      mode: row.mode,
      total: moneyFromText(row.total),
      deadline: row.deadline,
      state: row.state,
    };
  },
  async put(row) {
    const rest = { mode: row.mode, total: moneyText(row.total), deadline: row.deadline, state: row.state };
    await db
      .insertInto('orders')
      .values({ store: row.store, order_key: row.orderKey, ...rest })
      .onConflict((conflict) => conflict.columns(['store', 'order_key']).doUpdateSet(rest))
      .execute();
  },
});
