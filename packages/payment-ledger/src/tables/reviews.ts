import type { HistoryTable, ReviewPage, ReviewRow, ReviewTable, StoreId } from '@gatewright/payment-core';
import type { Expression, ExpressionBuilder, Insertable, Kysely, Selectable, SqlBool } from 'kysely';
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

type Position = Pick<Selectable<ReviewsTable>, 'opened_at' | 'seq'>;

/** Whether a row stands on this side of a position. */
const isBeyond =
  ({ opened_at, seq }: Position, side: '<' | '>') =>
  (eb: ExpressionBuilder<LedgerSchema, 'reviews'>): Expression<SqlBool> =>
    eb.or([
      eb('opened_at', side, opened_at),
      eb.and([eb('opened_at', '=', opened_at), eb('seq', side, seq)]),
    ]);

const isOnly =
  ({ kind, orderKey, key }: Pick<ReviewPage, 'kind' | 'orderKey' | 'key'>) =>
  (eb: ExpressionBuilder<LedgerSchema, 'reviews'>): Expression<SqlBool> =>
    eb.and([
      ...(kind === undefined ? [] : [eb('kind', '=', kind)]),
      ...(orderKey === undefined ? [] : [eb('order_key', '=', orderKey)]),
      ...(key === undefined ? [] : [eb('key', '=', key)]),
    ]);

/** Undefined: no item, or another store's. */
const positionOf = async (
  db: Kysely<LedgerSchema>,
  store: StoreId,
  id: string | null | undefined,
): Promise<Position | undefined> =>
  id === null || id === undefined
    ? undefined
    : db
        .selectFrom('reviews')
        .select(['opened_at', 'seq'])
        .where('id', '=', id)
        .where('store', '=', store)
        .executeTakeFirst();

const of = (db: Kysely<LedgerSchema>, store: StoreId, state: 'open' | 'resolved') =>
  db
    .selectFrom('reviews')
    .where('store', '=', store)
    .where('resolved_at', state === 'open' ? 'is' : 'is not', null);

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

  async page(store, { state, limit, after, newestFirst = false, ...only }) {
    const from = await positionOf(db, store, after);
    const [side, direction, sign] = newestFirst ? (['<', 'desc', -1] as const) : (['>', 'asc', 1] as const);
    const first = (asked: 'open' | 'resolved') => {
      const some = of(db, store, asked).where(isOnly(only));
      return (from === undefined ? some : some.where(isBeyond(from, side)))
        .selectAll()
        .orderBy('opened_at', direction)
        .orderBy('seq', direction)
        .limit(limit)
        .execute();
    };
    // One index holds the open ones and one the resolved ones, so all of them are two short lists.
    const open = state === 'resolved' ? [] : await first('open');
    const resolved = state === 'open' ? [] : await first('resolved');
    return [...open, ...resolved]
      .sort((a, b) => sign * (a.opened_at - b.opened_at || a.seq - b.seq))
      .slice(0, limit)
      .map(reviewRow);
  },

  async count(store, state, olderThan) {
    const from = await positionOf(db, store, olderThan);
    const some = of(db, store, state);
    const { counted } = await (from === undefined ? some : some.where(isBeyond(from, '<')))
      .select(({ fn }) => fn.countAll().as('counted'))
      .executeTakeFirstOrThrow();
    return Number(counted);
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
