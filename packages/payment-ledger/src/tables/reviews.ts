import type { HistoryTable, ReviewRow, ReviewTable } from '@gatewright/payment-core';
import type { Insertable, Kysely, Selectable } from 'kysely';
import { prepared } from './prepared.ts';
import type { HistoriesTable, LedgerSchema, ReviewsTable } from './schema.ts';

const resolutionOf = (row: Selectable<ReviewsTable>): ReviewRow['resolution'] =>
  row.resolved_at === null
    ? null
    : {
        by: row.resolved_by ?? '',
        reason: row.resolved_reason ?? '',
        decision: row.decision ?? '',
        at: row.resolved_at,
      };

const resolutionColumns = (resolution: ReviewRow['resolution']) => ({
  resolved_by: resolution?.by ?? null,
  resolved_reason: resolution?.reason ?? null,
  decision: resolution?.decision ?? null,
  resolved_at: resolution?.at ?? null,
});

const reviewRow = (row: Selectable<ReviewsTable>): ReviewRow => ({
  id: row.id,
  store: row.store,
  account: row.account,
  invoice: row.invoice,
  orderKey: row.order_key,
  kind: row.kind,
  key: row.key,
  detail: row.detail,
  openedAt: row.opened_at,
  resolution: resolutionOf(row),
});

export const reviewTable = (db: Kysely<LedgerSchema>): ReviewTable => ({
  async open(row) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('reviews')
      .values({
        id: row.id,
        store: row.store,
        account: row.account,
        invoice: row.invoice,
        order_key: row.orderKey,
        kind: row.kind,
        key: row.key,
        detail: row.detail,
        opened_at: row.openedAt,
        ...resolutionColumns(row.resolution),
      })
      .onConflict((conflict) =>
        conflict.columns(['store', 'key']).where('resolved_at', 'is', null).doNothing(),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  },

  async list(store, { open }) {
    const rows = await db
      .selectFrom('reviews')
      .selectAll()
      .where('store', '=', store)
      .where('resolved_at', open ? 'is' : 'is not', null)
      .orderBy('opened_at')
      .orderBy('seq')
      .execute();
    return rows.map(reviewRow);
  },

  async byId(store, id) {
    const row = await db
      .selectFrom('reviews')
      .selectAll()
      .where('id', '=', id)
      .where('store', '=', store)
      .executeTakeFirst();
    return row === undefined ? undefined : reviewRow(row);
  },

  async resolve(store, id, resolution) {
    const { numUpdatedRows } = await db
      .updateTable('reviews')
      .set(resolutionColumns(resolution))
      .where('id', '=', id)
      .where('store', '=', store)
      .where('resolved_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  },

  async isKnown(store, key) {
    const row = await db
      .selectFrom('reviews')
      .select('id')
      .where('store', '=', store)
      .where('key', '=', key)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  },

  async countOpen() {
    const row = await db
      .selectFrom('reviews')
      .select(({ fn }) => fn.countAll().as('open'))
      .where('resolved_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(row.open);
  },
});

const insertHistory = prepared((db, row: Insertable<HistoriesTable>) => db.insertInto('history').values(row));

export const historyTable = (db: Kysely<LedgerSchema>): HistoryTable => ({
  async append(row) {
    const { invoice, at, event, detail } = row;
    await insertHistory(db, { invoice, at, event, detail });
  },
  async ofInvoice(invoice) {
    return db
      .selectFrom('history')
      .select(['invoice', 'at', 'event', 'detail'])
      .where('invoice', '=', invoice)
      .orderBy('seq')
      .execute();
  },
});
