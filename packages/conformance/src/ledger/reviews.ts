import type { ReviewTable } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { type OpenLedger, onLedger } from './open-ledger.ts';
import {
  invoiceId,
  orderKey,
  sampleHistory,
  sampleResolution,
  sampleReview,
  storeId,
} from './sample-rows.ts';

const storeA = storeId('store-a');
const storeB = storeId('store-b');

export const describeReviews = (open: OpenLedger): void => {
  describe('reviews', () => {
    it(
      'are unique by store and key while they are open, and only then',
      onLedger(open, async ({ ledger }) => {
        const openReview = (id: string, change = {}) =>
          ledger.transact((tx) => tx.reviews.open(sampleReview(id, change)));
        const parallel = await Promise.all(Array.from({ length: 20 }, (_, i) => openReview(`r-${i}`)));
        expect(parallel.filter(Boolean)).toHaveLength(1);
        expect(await openReview('b', { store: storeB })).toBe(true);
        expect(await openReview('c', { key: 'other' })).toBe(true);
        const first = `r-${parallel.indexOf(true)}`;
        await ledger.transact((tx) => tx.reviews.resolve(storeA, first, sampleResolution));
        expect(await openReview('d')).toBe(true);
        expect(await openReview('e')).toBe(false);
      }),
    );

    it(
      'keep every field and are listed by store and state, oldest first',
      onLedger(open, async ({ ledger }) => {
        const bare = { account: null, invoice: null, orderKey: null } as const;
        const rows = [
          sampleReview('younger', { key: '1', openedAt: 9 }),
          sampleReview('older', { ...bare, key: '2', openedAt: 3, kind: 'refund_unknown' }),
          sampleReview('closed', { key: '3' }),
          sampleReview('stranger', { key: '4', store: storeB }),
        ];
        await ledger.transact(async (tx) => {
          for (const row of rows) await tx.reviews.open(row);
          await tx.reviews.resolve(storeA, 'closed', sampleResolution);
        });
        const list = (store: typeof storeA, isOpen: boolean) =>
          ledger.transact((tx) => tx.reviews.page(store, { state: isOpen ? 'open' : 'resolved', limit: 9 }));
        expect(await list(storeA, true)).toEqual([rows[1], rows[0]]);
        expect(await list(storeA, false)).toEqual([
          sampleReview('closed', { key: '3', resolution: sampleResolution }),
        ]);
        expect(await list(storeB, true)).toEqual([rows[3]]);
        expect(await list(storeB, false)).toEqual([]);
      }),
    );

    it(
      'are read and resolved once, by their own store only (invariants 6 and 14)',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact((tx) => tx.reviews.open(sampleReview('a')));
        await ledger.transact(async (tx) => {
          expect(await tx.reviews.byId(storeB, 'a')).toBeUndefined();
          expect(await tx.reviews.resolve(storeB, 'a', sampleResolution)).toBe(false);
          expect(await tx.reviews.resolve(storeA, 'none', sampleResolution)).toBe(false);
          expect(await tx.reviews.byId(storeA, 'a')).toEqual(sampleReview('a'));
        });
        const resolve = (by: string) =>
          ledger.transact((tx) => tx.reviews.resolve(storeA, 'a', { ...sampleResolution, by }));
        expect(await resolve('first')).toBe(true);
        expect(await resolve('second')).toBe(false);
        const stored = await ledger.transact((tx) => tx.reviews.byId(storeA, 'a'));
        expect(stored).toEqual(sampleReview('a', { resolution: { ...sampleResolution, by: 'first' } }));
      }),
    );
  });

  describe('reviews, without reading them all', () => {
    it(
      'are read in pages of the newest open ones of a store, each going on after the last item of the one before',
      onLedger(open, async ({ ledger }) => {
        // Two of them were opened in the same moment.
        const moments = [1, 2, 2, 3, 4];
        await ledger.transact(async (tx) => {
          for (const [at, openedAt] of moments.entries())
            await tx.reviews.open(sampleReview(`r-${at}`, { key: `${at}`, openedAt }));
          await tx.reviews.open(sampleReview('stranger', { key: 's', openedAt: 9, store: storeB }));
        });
        const page = async (after: string | null, limit = 2) => {
          const asked = { state: 'open', limit, after, newestFirst: true } as const;
          const rows = await ledger.transact((tx) => tx.reviews.page(storeA, asked));
          const ids = rows.map(({ id }) => id);
          const count = (olderThan?: string) =>
            ledger.transact((tx) => tx.reviews.count(storeA, 'open', olderThan));
          return [ids, { total: await count(), left: ids.length === 0 ? 0 : await count(ids.at(-1)) }];
        };
        expect(await page(null)).toEqual([['r-4', 'r-3'], { total: 5, left: 3 }]);
        expect(await page('r-3')).toEqual([['r-2', 'r-1'], { total: 5, left: 1 }]);
        expect(await page('r-1')).toEqual([['r-0'], { total: 5, left: 0 }]);
        expect(await page('r-0')).toEqual([[], { total: 5, left: 0 }]);
        expect(await page('nobody', 9)).toEqual([['r-4', 'r-3', 'r-2', 'r-1', 'r-0'], { total: 5, left: 0 }]);
        expect(await page('stranger')).toEqual(await page(null));
        await ledger.transact((tx) => tx.reviews.resolve(storeA, 'r-3', sampleResolution));
        expect(await page('r-3')).toEqual([['r-2', 'r-1'], { total: 4, left: 1 }]);
        const resolved = (olderThan?: string) =>
          ledger.transact((tx) => tx.reviews.count(storeA, 'resolved', olderThan));
        expect([await resolved(), await resolved('r-4'), await resolved('r-2')]).toEqual([1, 1, 0]);
        expect(await resolved('stranger')).toBe(1);
      }),
    );

    it(
      'are read in pages by state, oldest first, and resolving one between two pages skips and repeats none',
      onLedger(open, async ({ ledger }) => {
        // Two of them were opened in the same moment.
        const moments = [1, 2, 2, 3, 4];
        await ledger.transact(async (tx) => {
          for (const [at, openedAt] of moments.entries())
            await tx.reviews.open(sampleReview(`r-${at}`, { key: `${at}`, openedAt }));
          await tx.reviews.open(sampleReview('stranger', { key: 's', openedAt: 0, store: storeB }));
          await tx.reviews.resolve(storeA, 'r-1', sampleResolution);
        });
        const page = async (state: 'open' | 'resolved' | 'all', after: string | null, limit = 2) => {
          const rows = await ledger.transact((tx) => tx.reviews.page(storeA, { state, limit, after }));
          return rows.map(({ id }) => id);
        };
        expect(await page('open', null)).toEqual(['r-0', 'r-2']);
        expect(await page('resolved', null)).toEqual(['r-1']);
        expect(await page('all', null, 9)).toEqual(['r-0', 'r-1', 'r-2', 'r-3', 'r-4']);
        expect(await page('all', 'r-0')).toEqual(['r-1', 'r-2']);
        expect(await page('open', 'r-1')).toEqual(['r-2', 'r-3']);
        await ledger.transact((tx) => tx.reviews.resolve(storeA, 'r-2', sampleResolution));
        expect(await page('open', 'r-2')).toEqual(['r-3', 'r-4']);
        expect(await page('resolved', 'r-1')).toEqual(['r-2']);
        expect(await page('all', 'r-4')).toEqual([]);
        for (const unknown of ['stranger', 'nobody'])
          expect(await page('all', unknown)).toEqual(['r-0', 'r-1']);
      }),
    );

    it(
      'are read in pages of one kind or of one order',
      onLedger(open, async ({ ledger }) => {
        const [one, two] = [orderKey('order-1'), orderKey('order-2')];
        await ledger.transact(async (tx) => {
          for (const [at, kind, of] of [
            ['a', 'underpaid', one],
            ['b', 'no_news', one],
            ['c', 'underpaid', two],
            ['d', 'underpaid', null],
          ] as const)
            await tx.reviews.open(sampleReview(at, { key: at, kind, orderKey: of }));
          await tx.reviews.open(sampleReview('s', { key: 's', orderKey: one, store: storeB }));
        });
        const page = async (only: Partial<Parameters<ReviewTable['page']>[1]>) => {
          const asked = { state: 'open', limit: 2, ...only } as const;
          const rows = await ledger.transact((tx) => tx.reviews.page(storeA, asked));
          return rows.map(({ id }) => id);
        };
        expect(await page({ kind: 'underpaid' })).toEqual(['a', 'c']);
        expect(await page({ kind: 'underpaid', after: 'c' })).toEqual(['d']);
        expect(await page({ orderKey: one })).toEqual(['a', 'b']);
        expect(await page({ orderKey: one, kind: 'no_news' })).toEqual(['b']);
        expect(await page({ key: 'c', orderKey: two })).toEqual(['c']);
        expect(await page({ key: 'c', orderKey: one })).toEqual([]);
        expect(await page({ orderKey: two, state: 'all' })).toEqual(['c']);
        expect(await page({ orderKey: two, state: 'resolved' })).toEqual([]);
      }),
    );

    it(
      'are counted while they are open, over all stores',
      onLedger(open, async ({ ledger }) => {
        const count = () => ledger.transact((tx) => tx.reviews.countOpen());
        expect(await count()).toBe(0);
        await ledger.transact(async (tx) => {
          await tx.reviews.open(sampleReview('a', { key: '1' }));
          await tx.reviews.open(sampleReview('b', { key: '2' }));
          await tx.reviews.open(sampleReview('c', { key: '1', store: storeB }));
        });
        expect(await count()).toBe(3);
        await ledger.transact((tx) => tx.reviews.resolve(storeA, 'a', sampleResolution));
        expect(await count()).toBe(2);
      }),
    );

    it(
      'are known by their key, also when they were resolved, in their own store only',
      onLedger(open, async ({ ledger }) => {
        const isKnown = (store: typeof storeA, key: string) =>
          ledger.transact((tx) => tx.reviews.isKnown(store, key));
        await ledger.transact((tx) => tx.reviews.open(sampleReview('a', { key: '1' })));
        expect([await isKnown(storeA, '1'), await isKnown(storeA, '2')]).toEqual([true, false]);
        await ledger.transact((tx) => tx.reviews.resolve(storeA, 'a', sampleResolution));
        expect([await isKnown(storeA, '1'), await isKnown(storeB, '1')]).toEqual([true, false]);
      }),
    );
  });

  describe('history', () => {
    it(
      'is an invoice’s timeline in the order it was written',
      onLedger(open, async ({ ledger }) => {
        const rows = [
          sampleHistory('created', { at: 5 }),
          sampleHistory('fact', { at: 3 }),
          sampleHistory('fact', { at: 3 }),
        ];
        await ledger.transact(async (tx) => {
          await tx.history.append(sampleHistory('other', { invoice: invoiceId('two') }));
          for (const row of rows) await tx.history.append(row);
        });
        expect(await ledger.transact((tx) => tx.history.ofInvoice(invoiceId('one')))).toEqual(rows);
      }),
    );
  });
};
