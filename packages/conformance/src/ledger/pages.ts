import { type LedgerTransaction, moneySchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { type OpenedLedger, type OpenLedger, onLedger } from './open-ledger.ts';
import {
  accountId,
  invoiceId,
  orderKey,
  pageId,
  sampleClaim,
  sampleInvoice,
  sampleOrder,
  samplePage,
  sampleRefund,
  storeId,
} from './sample-rows.ts';

const storeA = storeId('store-a');
const order1 = orderKey('order-1');
const page = pageId('page');

const full = samplePage('full', {
  amount: moneySchema.parse({ amount: '0.10', currency: 'USDT', network: 'tron' }),
  customerEmail: 'ann@example.test',
  locale: 'pt-BR',
  account: accountId('account-a'),
  method: 'USDT:tron',
  orderDeadline: 1_795_255_200_001,
  updatedAt: 1_795_255_200_002,
});

const describePageRows = (open: OpenLedger): void => {
  describe('pages', () => {
    it(
      'are kept whole and replaced by id',
      onLedger(open, async ({ ledger }) => {
        const read = await ledger.transact(async (tx) => {
          await tx.pages.insert(full);
          await tx.pages.insert(samplePage('bare'));
          return [await tx.pages.byId(full.id), await tx.pages.byId(pageId('bare'))];
        });
        expect(read).toEqual([full, samplePage('bare')]);
        const again = samplePage('full', { updatedAt: 9 });
        await ledger.transact((tx) => tx.pages.update(again));
        expect(await ledger.transact((tx) => tx.pages.byId(full.id))).toEqual(again);
        expect(await ledger.transact((tx) => tx.pages.byId(pageId('none')))).toBeUndefined();
      }),
    );

    it(
      'are listed by store and order, oldest first',
      onLedger(open, async ({ ledger }) => {
        const rows = [
          samplePage('z', { createdAt: 5 }),
          samplePage('a', { createdAt: 5 }),
          samplePage('other', { store: storeId('store-b') }),
          samplePage('another', { orderKey: orderKey('order-2') }),
        ];
        const listed = await ledger.transact(async (tx) => {
          for (const row of rows) await tx.pages.insert(row);
          await tx.pages.update(samplePage('z', { createdAt: 5, updatedAt: 8 }));
          return tx.pages.ofOrder(storeA, order1);
        });
        expect(listed).toEqual([samplePage('z', { createdAt: 5, updatedAt: 8 }), rows[1]]);
        expect(await ledger.transact((tx) => tx.pages.ofOrder(storeA, orderKey('none')))).toEqual([]);
      }),
    );

    it(
      'with a known id are refused, and an unknown one is not updated',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact((tx) => tx.pages.insert(samplePage('a')));
        await expect(ledger.transact((tx) => tx.pages.insert(samplePage('a')))).rejects.toThrow();
        await expect(ledger.transact((tx) => tx.pages.update(samplePage('b')))).rejects.toThrow();
      }),
    );
  });
};

const one = sampleInvoice('one', { orderKey: order1 });

/** An order that was paid at its second attempt, with a refund under way. */
const fill = async (tx: LedgerTransaction): Promise<void> => {
  await tx.pages.insert(samplePage('page'));
  await tx.orders.put(sampleOrder());
  await tx.invoices.insert(one);
  await tx.invoices.insert(sampleInvoice('two', { orderKey: order1, n: 2 }));
  await tx.claims.take(sampleClaim('two'));
  await tx.refunds.insert(sampleRefund('refund', { invoice: invoiceId('two'), state: 'sending' }));
};

const refundDone = { state: 'done', gatewayRefundId: null, answer: null } as const;

/** Each of them changes what a page shows. */
const shown: readonly [string, (tx: LedgerTransaction) => Promise<unknown>][] = [
  ['the page, even at the same instant', (tx) => tx.pages.update(samplePage('page', { locale: 'de' }))],
  ['the end of the order', (tx) => tx.orders.put(sampleOrder({ state: 'ended' }))],
  [
    'the total of the order',
    (tx) => tx.orders.put(sampleOrder({ total: moneySchema.parse({ amount: '49.91', currency: 'EUR' }) })),
  ],
  ['the deadline of the order', (tx) => tx.orders.put(sampleOrder({ deadline: 7 }))],
  ['an attempt', (tx) => tx.invoices.update({ ...one, status: 'expired' })],
  ['another attempt', (tx) => tx.invoices.insert(sampleInvoice('three', { orderKey: order1, n: 3 }))],
  ['the state of the claim', (tx) => tx.claims.setState(storeA, order1, 'two', 'acknowledged')],
  [
    'the holder of the claim',
    async (tx) => {
      await tx.claims.setState(storeA, order1, 'two', 'released');
      await tx.claims.take(sampleClaim('one'));
    },
  ],
  ['a refund', (tx) => tx.refunds.setState(invoiceId('two'), 'refund', refundDone)],
  ['another refund', (tx) => tx.refunds.insert(sampleRefund('next', { invoice: one.id }))],
];

const stampOf = async ({ changes }: OpenedLedger): Promise<string | undefined> =>
  (await changes.stampsOf([page])).get(page);

const describeChanges = (open: OpenLedger): void => {
  describe('stamps of pages', () => {
    it.each(shown)('differ after a change of %s', (_what, change) =>
      onLedger(open, async (opened) => {
        await opened.ledger.transact(fill);
        const before = await stampOf(opened);
        expect(before).toBeDefined();
        expect(await stampOf(opened)).toBe(before);
        await opened.ledger.transact(change);
        expect(await stampOf(opened)).not.toBe(before);
      })(),
    );

    it(
      'stay the same while only other orders change, of this store and of another one',
      onLedger(open, async (opened) => {
        const { ledger } = opened;
        await ledger.transact(fill);
        const before = await stampOf(opened);
        await ledger.transact(async (tx) => {
          for (const [name, place] of [
            ['b', { store: storeId('store-b') }],
            ['c', { orderKey: orderKey('order-2') }],
          ] as const) {
            await tx.pages.insert(samplePage(name, place));
            await tx.orders.put(sampleOrder({ ...place, state: 'ended' }));
            await tx.invoices.insert(sampleInvoice(name, { orderKey: order1, ...place }));
            await tx.claims.take(sampleClaim(name, place));
            await tx.refunds.insert(sampleRefund(name, { invoice: invoiceId(name) }));
          }
        });
        expect(await stampOf(opened)).toBe(before);
      }),
    );

    it(
      'are told for any number of pages at once, and for none that is not there',
      onLedger(open, async ({ ledger, changes }) => {
        const names = Array.from({ length: 40 }, (_, i) => pageId(`page-${i}`));
        await ledger.transact(async (tx) => {
          for (const id of names) await tx.pages.insert(samplePage('page', { id }));
        });
        const strangers = Array.from({ length: 70_000 }, (_, i) => pageId(`stranger-${i}`));
        const stamps = await changes.stampsOf([...strangers, ...names, ...names.slice(0, 3)]);
        expect([...stamps.keys()].sort()).toEqual([...names].sort());
        expect(await changes.stampsOf([])).toEqual(new Map());
      }),
    );

    it(
      'show nothing of a transaction that did not commit',
      onLedger(open, async (opened) => {
        await opened.ledger.transact(fill);
        const before = await stampOf(opened);
        const broken = opened.ledger.transact(async (tx) => {
          await tx.pages.update(samplePage('page', { updatedAt: 9 }));
          throw new Error('after the write');
        });
        await expect(broken).rejects.toThrow('after the write');
        expect(await stampOf(opened)).toBe(before);
      }),
    );
  });
};

export const describePages = (open: OpenLedger): void => {
  describePageRows(open);
  describeChanges(open);
};
