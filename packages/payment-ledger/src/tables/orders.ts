import type { ClaimRow, ClaimTable, OrderTable } from '@gatewright/payment-core';
import type { Kysely, Selectable } from 'kysely';
import { moneyFromText, moneyText } from './money-text.ts';
import { prepared } from './prepared.ts';
import type { ClaimsTable, LedgerSchema } from './schema.ts';

type OrderOf = Pick<ClaimsTable, 'store' | 'order_key'>;

const selectClaim = prepared((db, { store, order_key }: OrderOf) =>
  db.selectFrom('claims').selectAll().where('store', '=', store).where('order_key', '=', order_key),
);

const insertClaim = prepared((db, { store, order_key, ...ours }: ClaimsTable) =>
  db
    .insertInto('claims')
    .values({ store, order_key, ...ours })
    .onConflict((conflict) =>
      conflict.columns(['store', 'order_key']).doUpdateSet(ours).where('claims.state', '=', 'released'),
    )
    .returningAll(),
);

const updateClaim = prepared(
  (db, { store, order_key, claim, state }: OrderOf & Pick<ClaimsTable, 'claim' | 'state'>) =>
    db
      .updateTable('claims')
      .set({ state })
      .where('store', '=', store)
      .where('order_key', '=', order_key)
      .where('claim', '=', claim),
);

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
    const [row] = (await selectClaim(db, { store, order_key: orderKey })).rows;
    return row === undefined ? undefined : claimRow(row);
  };

  return {
    byOrder,
    async take(row) {
      const { store, orderKey, claim, invoice, at, state } = row;
      const [taken] = (await insertClaim(db, { store, order_key: orderKey, claim, invoice, at, state })).rows;
      if (taken !== undefined) return claimRow(taken);
      const holder = await byOrder(row.store, row.orderKey);
      if (holder === undefined) throw new Error('ledger: a claim was neither written nor there');
      return holder;
    },
    async setState(store, orderKey, claim, state) {
      await updateClaim(db, { store, order_key: orderKey, claim, state });
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
