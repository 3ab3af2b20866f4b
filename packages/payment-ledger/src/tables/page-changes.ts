import type { PageChanges, PageId } from '@gatewright/payment-core';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Engine } from '../engine.ts';
import { prepared } from './prepared.ts';
import type { LedgerSchema } from './schema.ts';

const selectStamps = (
  db: Kysely<LedgerSchema>,
  ids: (json: string) => RawBuilder<PageId>,
  { pages }: { readonly pages: string },
) =>
  db
    .selectFrom('pages')
    .leftJoin('orders', (join) =>
      join.onRef('orders.store', '=', 'pages.store').onRef('orders.order_key', '=', 'pages.order_key'),
    )
    .leftJoin('claims', (join) =>
      join.onRef('claims.store', '=', 'pages.store').onRef('claims.order_key', '=', 'pages.order_key'),
    )
    .where('pages.id', 'in', ids(pages))
    .select([
      'pages.id',
      'pages.revision',
      'pages.updated_at',
      'orders.state as order_state',
      'orders.total',
      'orders.deadline',
      'claims.claim',
      'claims.state as claim_state',
    ])
    .select((page) => {
      const attempts = page
        .selectFrom('invoices')
        .whereRef('invoices.store', '=', 'pages.store')
        .whereRef('invoices.order_key', '=', 'pages.order_key');
      return [
        // A version never falls, and an attempt is never removed: together they are other ones after every change.
        attempts
          .select(sql<string>`count(*) || ' ' || coalesce(sum(invoices.version), 0)`.as('versions'))
          .as('versions'),
        attempts
          .innerJoin('refunds', 'refunds.invoice', 'invoices.id')
          .select(sql<string>`string_agg(refunds.state, ' ' order by refunds.seq)`.as('refunds'))
          .as('refunds'),
      ];
    });

/**
 * The stamps of any number of pages by one statement with one parameter.
 * @param ids the engine's way to read a JSON list as rows
 */
export const sqlPageChanges = (
  engine: Pick<Engine, 'read'>,
  ids: (json: string) => RawBuilder<PageId>,
): PageChanges => {
  const stamps = prepared((db, values: { pages: string }) => selectStamps(db, ids, values));
  return {
    async stampsOf(pages) {
      if (pages.length === 0) return new Map();
      const { rows } = await engine.read((db) => stamps(db, { pages: JSON.stringify(pages) }));
      return new Map(rows.map(({ id, ...shown }) => [id, JSON.stringify(Object.values(shown))]));
    },
  };
};
