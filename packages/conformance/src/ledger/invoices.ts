import type { Invoice, Ledger } from '@gatewright/payment-core';
import { moneySchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { type OpenLedger, onLedger } from './open-ledger.ts';
import { accountId, eur, fullInvoice, invoiceId, orderKey, sampleInvoice, storeId } from './sample-rows.ts';

const insert = (ledger: Ledger, ...invoices: readonly Invoice[]): Promise<boolean[]> =>
  ledger.transact(async (tx) => {
    const inserted: boolean[] = [];
    for (const invoice of invoices) inserted.push(await tx.invoices.insert(invoice));
    return inserted;
  });

const ids = (invoices: readonly Invoice[]): string[] => invoices.map((invoice) => invoice.id);

const describeIdentity = (open: OpenLedger): void => {
  it(
    'keep every field and every digit',
    onLedger(open, async ({ ledger }) => {
      await insert(ledger, fullInvoice('full'), sampleInvoice('bare'));
      const read = await ledger.transact(async (tx) => [
        await tx.invoices.byId(invoiceId('full')),
        await tx.invoices.byId(invoiceId('bare')),
      ]);
      expect(read).toEqual([fullInvoice('full'), sampleInvoice('bare')]);
      expect(Object.keys(read[1]?.order ?? {})).toEqual(['amount', 'currency']);
    }),
  );

  it(
    'are one per attempt, whatever the id',
    onLedger(open, async ({ ledger }) => {
      const attempt = sampleInvoice('first', { method: 'TON' });
      const again = { ...sampleInvoice('second', { method: 'TON' }), orderKey: attempt.orderKey };
      expect(await insert(ledger, attempt, again)).toEqual([true, false]);
      expect(await ledger.transact((tx) => tx.invoices.byId(again.id))).toBeUndefined();
    }),
  );

  it(
    'compare the amount of an attempt in value, and treat "no method" as a method',
    onLedger(open, async ({ ledger }) => {
      const order = orderKey('same');
      const attempts = [
        sampleInvoice('a', { orderKey: order, order: eur('49.90') }),
        sampleInvoice('b', { orderKey: order, order: eur('49.9') }),
        sampleInvoice('c', { orderKey: order, order: eur('49.900') }),
      ];
      expect(await insert(ledger, ...attempts)).toEqual([true, false, false]);
    }),
  );

  it.each<[string, Partial<Invoice>]>([
    ['n', { n: 2 }],
    ['store', { store: storeId('store-b') }],
    ['account', { account: accountId('account-b') }],
    ['method', { method: 'USDT' }],
    ['amount', { order: eur('49.91') }],
    ['currency', { order: moneySchema.parse({ amount: '49.90', currency: 'USD' }) }],
    ['network', { order: moneySchema.parse({ amount: '49.90', currency: 'EUR', network: 'ton' }) }],
    ['order key', { orderKey: orderKey('other') }],
  ])('with another %s are another attempt', (_what, change) =>
    onLedger(open, async ({ ledger }) => {
      const order = { orderKey: orderKey('same') };
      const pair = [sampleInvoice('a', order), sampleInvoice('b', { ...order, ...change })];
      expect(await insert(ledger, ...pair)).toEqual([true, true]);
    })(),
  );

  it(
    'of one attempt are decided among 20 parallel inserts',
    onLedger(open, async ({ ledger }) => {
      const racers = Array.from({ length: 20 }, (_, i) =>
        sampleInvoice(`racer-${i}`, { orderKey: orderKey('race') }),
      );
      const won = await Promise.all(
        racers.map((racer) => ledger.transact((tx) => tx.invoices.insert(racer))),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const stored = await ledger.transact((tx) => tx.invoices.ofOrder(storeId('store-a'), orderKey('race')));
      expect(ids(stored)).toEqual([racers[won.indexOf(true)]?.id]);
    }),
  );

  it(
    'of one account never share a gateway payment id or a reference',
    onLedger(open, async ({ ledger }) => {
      const [a, b] = [sampleInvoice('a'), sampleInvoice('b', { gatewayPaymentId: null })];
      await insert(ledger, a, b);
      const payment = { gatewayPaymentId: a.gatewayPaymentId };
      const reference = { reference: a.reference };
      for (const shared of [payment, reference]) {
        await expect(insert(ledger, sampleInvoice('c', shared))).rejects.toThrow();
        await expect(ledger.transact((tx) => tx.invoices.update({ ...b, ...shared }))).rejects.toThrow();
      }
      const elsewhere = sampleInvoice('d', { ...payment, ...reference, account: accountId('account-b') });
      expect(await insert(ledger, elsewhere)).toEqual([true]);
    }),
  );
};

const describeVersions = (open: OpenLedger): void => {
  it(
    'are updated only from the version that was read',
    onLedger(open, async ({ ledger }) => {
      const invoice = sampleInvoice('a');
      await insert(ledger, invoice);
      const update = (next: Invoice) => ledger.transact((tx) => tx.invoices.update(next));
      expect(await update({ ...fullInvoice('a'), version: 0 })).toBe(true);
      expect(await update({ ...invoice, status: 'expired' })).toBe(false);
      const stored = await ledger.transact((tx) => tx.invoices.byId(invoice.id));
      expect(stored).toEqual({ ...fullInvoice('a'), version: 1 });
      expect(await update({ ...invoice, status: 'expired', version: 1 })).toBe(true);
    }),
  );

  it(
    'let one of 20 parallel updates win',
    onLedger(open, async ({ ledger }) => {
      const invoice = sampleInvoice('a');
      await insert(ledger, invoice);
      const won = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          ledger.transact((tx) => tx.invoices.update({ ...invoice, transaction: `tx-${i}` })),
        ),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
      const stored = await ledger.transact((tx) => tx.invoices.byId(invoice.id));
      expect([stored?.version, stored?.transaction]).toEqual([1, `tx-${won.indexOf(true)}`]);
    }),
  );

  it(
    'that are not there are not updated',
    onLedger(open, async ({ ledger }) => {
      expect(await ledger.transact((tx) => tx.invoices.update(sampleInvoice('a')))).toBe(false);
    }),
  );
};

const describeLookUps = (open: OpenLedger): void => {
  it(
    'are found by payment id and reference of their own account only (invariant 6)',
    onLedger(open, async ({ ledger }) => {
      const a = sampleInvoice('a');
      const b = { ...sampleInvoice('b', { account: accountId('account-b'), store: storeId('store-b') }) };
      await insert(ledger, a, { ...b, gatewayPaymentId: a.gatewayPaymentId, reference: a.reference });
      await insert(ledger, sampleInvoice('c'));
      await ledger.transact(async (tx) => {
        const payment = a.gatewayPaymentId ?? '';
        expect((await tx.invoices.byGatewayPaymentId(a.account, payment))?.id).toBe(a.id);
        expect((await tx.invoices.byGatewayPaymentId(b.account, payment))?.id).toBe(b.id);
        expect((await tx.invoices.byReference(a.account, a.reference))?.id).toBe(a.id);
        expect((await tx.invoices.byReference(b.account, a.reference))?.id).toBe(b.id);
        expect(await tx.invoices.byGatewayPaymentId(accountId('account-c'), payment)).toBeUndefined();
        expect(await tx.invoices.byGatewayPaymentId(b.account, 'payment-c')).toBeUndefined();
        expect(await tx.invoices.byReference(b.account, 'reference-c')).toBeUndefined();
        expect(await tx.invoices.byId(invoiceId('nobody'))).toBeUndefined();
      });
    }),
  );

  it(
    'of an order come oldest first, and only those of its store',
    onLedger(open, async ({ ledger }) => {
      const order = orderKey('order');
      await insert(
        ledger,
        sampleInvoice('z', { orderKey: order, n: 2, createdAt: 5 }),
        sampleInvoice('a', { orderKey: order, n: 3, createdAt: 9 }),
        sampleInvoice('m', { orderKey: order, n: 1, createdAt: 1 }),
        sampleInvoice('k', { orderKey: order, n: 4, createdAt: 9 }),
        sampleInvoice('other', { orderKey: order, store: storeId('store-b') }),
      );
      const found = await ledger.transact((tx) => tx.invoices.ofOrder(storeId('store-a'), order));
      expect(ids(found)).toEqual(['m', 'z', 'a', 'k'].map(invoiceId));
    }),
  );
};

const describeReading = (open: OpenLedger): void => {
  const accountA = accountId('account-a');
  const accountB = accountId('account-b');

  it(
    'that are due are leased to one of 20 parallel pollers, and again when the lease ends',
    onLedger(open, async ({ ledger }) => {
      await insert(ledger, sampleInvoice('a', { nextReadAt: 100 }), sampleInvoice('b', { nextReadAt: 90 }));
      const poll = (now: number) =>
        ledger.transact((tx) => tx.invoices.leaseDue(accountA, now, now + 50, 10));
      const taken = await Promise.all(Array.from({ length: 20 }, () => poll(100)));
      expect(ids(taken.flat())).toEqual(['b', 'a'].map(invoiceId));
      expect(taken.flat().map((invoice) => [invoice.nextReadAt, invoice.version])).toEqual([
        [150, 0],
        [150, 0],
      ]);
      expect(await poll(149)).toEqual([]);
      expect(await poll(150)).toHaveLength(2);
      const stored = await ledger.transact((tx) => tx.invoices.byId(invoiceId('a')));
      expect([stored?.nextReadAt, stored?.version]).toEqual([200, 0]);
    }),
  );

  it(
    'are leased by account, longest due first, up to the limit, and only when due',
    onLedger(open, async ({ ledger }) => {
      await insert(
        ledger,
        sampleInvoice('late', { nextReadAt: 30 }),
        sampleInvoice('later', { nextReadAt: 10 }),
        sampleInvoice('due', { nextReadAt: 50 }),
        sampleInvoice('not-due', { nextReadAt: 51 }),
        sampleInvoice('never', { nextReadAt: null }),
        sampleInvoice('stranger', { nextReadAt: 1, account: accountB }),
      );
      const poll = () => ledger.transact((tx) => tx.invoices.leaseDue(accountA, 50, 1_000, 2));
      expect(ids(await poll())).toEqual(['later', 'late'].map(invoiceId));
      expect(ids(await poll())).toEqual(['due'].map(invoiceId));
      expect(await poll()).toEqual([]);
    }),
  );

  it(
    'show which accounts have one due, each once, longest due first',
    onLedger(open, async ({ ledger }) => {
      await insert(
        ledger,
        sampleInvoice('a', { nextReadAt: 30 }),
        sampleInvoice('b', { nextReadAt: 20, account: accountB }),
        sampleInvoice('c', { nextReadAt: 40, account: accountB }),
        sampleInvoice('d', { nextReadAt: 99, account: accountId('account-c') }),
        sampleInvoice('e', { nextReadAt: null, account: accountId('account-d') }),
      );
      const due = (now: number, limit: number) =>
        ledger.transact((tx) => tx.invoices.accountsDue(now, limit));
      expect(await due(19, 10)).toEqual([]);
      expect(await due(40, 10)).toEqual([accountB, accountA]);
      expect(await due(40, 1)).toEqual([accountB]);
    }),
  );
};

export const describeInvoices = (open: OpenLedger): void => {
  describe('invoices', () => {
    describeIdentity(open);
    describeVersions(open);
    describeLookUps(open);
    describeReading(open);
  });
};
