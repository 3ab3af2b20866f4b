import type { HistoryTable, ReviewRow, ReviewTable, StoreId } from '@gatewright/payment-core';
import type { Expression, ExpressionBuilder, Insertable, Kysely, Selectable, SqlBool } from 'kysely';
import { prepared } from './prepared.ts';
import type { HistoriesTable, LedgerSchema, ReviewsTable } from './schema.ts';

type ReviewPage = Parameters<ReviewTable['page']>[1];

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

type Position = Pick<Selectable<ReviewsTable>, 'opened_at' | 'seq'>;

const isOlder =
  ({ opened_at, seq }: Position) =>
  (eb: ExpressionBuilder<LedgerSchema, 'reviews'>): Expression<SqlBool> =>
    eb.or([eb('opened_at', '<', opened_at), eb.and([eb('opened_at', '=', opened_at), eb('seq', '<', seq)])]);

const isNewer =
  ({ opened_at, seq }: Position) =>
  (eb: ExpressionBuilder<LedgerSchema, 'reviews'>): Expression<SqlBool> =>
    eb.or([eb('opened_at', '>', opened_at), eb.and([eb('opened_at', '=', opened_at), eb('seq', '>', seq)])]);

const isOnly =
  ({ kind, orderKey, key }: Pick<ReviewPage, 'kind' | 'orderKey' | 'key'>) =>
  (eb: ExpressionBuilder<LedgerSchema, 'reviews'>): Expression<SqlBool> =>
    eb.and([
      ...(kind === undefined ? [] : [eb('kind', '=', kind)]),
      ...(orderKey === undefined ? [] : [eb('order_key', '=', orderKey)]),
      ...(key === undefined ? [] : [eb('key', '=', key)]),
    ]);

const positionOf = (db: Kysely<LedgerSchema>, store: StoreId, id: string): Promise<Position | undefined> =>
  db
    .selectFrom('reviews')
    .select(['opened_at', 'seq'])
    .where('id', '=', id)
    .where('store', '=', store)
    .executeTakeFirst();

const openOf = (db: Kysely<LedgerSchema>, store: StoreId) =>
  db.selectFrom('reviews').where('store', '=', store).where('resolved_at', 'is', null);

const countOf = async (db: Kysely<LedgerSchema>, store: StoreId, olderThan?: Position): Promise<number> => {
  const open = openOf(db, store);
  const counted = olderThan === undefined ? open : open.where(isOlder(olderThan));
  const { open: count } = await counted
    .select(({ fn }) => fn.countAll().as('open'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

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

  async page(store, { state, limit, after, ...only }) {
    const from = after === null ? undefined : await positionOf(db, store, after);
    const oldest = (operator: 'is' | 'is not') => {
      const own = db.selectFrom('reviews').where('store', '=', store).where('resolved_at', operator, null);
      const some = own.where(isOnly(only));
      const asked = from === undefined ? some : some.where(isNewer(from));
      return asked.selectAll().orderBy('opened_at').orderBy('seq').limit(limit).execute();
    };
    // One index holds the open ones and one the resolved ones, so all of them are two short lists.
    const open = state === 'resolved' ? [] : await oldest('is');
    const resolved = state === 'open' ? [] : await oldest('is not');
    return [...open, ...resolved]
      .sort((a, b) => a.opened_at - b.opened_at || a.seq - b.seq)
      .slice(0, limit)
      .map(reviewRow);
  },

  async newestOpen(store, limit, after) {
    const from = after === null ? undefined : await positionOf(db, store, after);
    const open = openOf(db, store);
    const rows = await (from === undefined ? open : open.where(isOlder(from)))
      .selectAll()
      .orderBy('opened_at', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute();
    const last = rows.at(-1);
    return {
      rows: rows.map(reviewRow),
      total: await countOf(db, store),
      left: last === undefined ? 0 : await countOf(db, store, last),
    };
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
