import type { RefundRow } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { type OpenLedger, onLedger } from './open-ledger.ts';
import { invoiceId, sampleRefund } from './sample-rows.ts';

const one = invoiceId('one');
const answered = { gatewayRefundId: 'g-1', answer: 'ok' } as const;

export const describeRefunds = (open: OpenLedger): void => {
  describe('refunds', () => {
    it(
      'keep every digit, are listed by invoice as written, and their state changes',
      onLedger(open, async ({ ledger }) => {
        const rows = [
          sampleRefund('z', { state: 'done', ...answered }),
          sampleRefund('a', { state: 'unknown' }),
          sampleRefund('z', { invoice: invoiceId('two') }),
        ];
        const inserted = await ledger.transact(async (tx) => {
          const answers: boolean[] = [];
          for (const row of rows) answers.push(await tx.refunds.insert(row));
          return answers;
        });
        expect(inserted).toEqual([true, true, true]);
        expect(await ledger.transact((tx) => tx.refunds.ofInvoice(one))).toEqual(rows.slice(0, 2));
        await ledger.transact((tx) => tx.refunds.setState(one, 'a', { state: 'accepted', ...answered }));
        const read = await ledger.transact(async (tx) => [
          await tx.refunds.byId(one, 'a'),
          await tx.refunds.byId(invoiceId('two'), 'z'),
          await tx.refunds.byId(invoiceId('two'), 'a'),
        ]);
        expect(read).toEqual([{ ...rows[1], state: 'accepted', ...answered }, rows[2], undefined]);
        const nobody = ledger.transact((tx) =>
          tx.refunds.setState(one, 'no', { state: 'done', ...answered }),
        );
        await expect(nobody).rejects.toThrow();
      }),
    );

    it(
      'with the same id never start twice, in whatever state the first one is',
      onLedger(open, async ({ ledger }) => {
        const insert = () => ledger.transact((tx) => tx.refunds.insert(sampleRefund('a', { state: 'done' })));
        const started = await Promise.all(Array.from({ length: 20 }, insert));
        expect(started.filter(Boolean)).toHaveLength(1);
      }),
    );

    it(
      'of one invoice start one at a time among 20 parallel ones (invariant 11)',
      onLedger(open, async ({ ledger }) => {
        const insert = (i: number) => ledger.transact((tx) => tx.refunds.insert(sampleRefund(`r-${i}`)));
        const started = await Promise.all(Array.from({ length: 20 }, (_, i) => insert(i)));
        expect(started.filter(Boolean)).toHaveLength(1);
        expect(await ledger.transact((tx) => tx.refunds.ofInvoice(one))).toHaveLength(1);
      }),
    );

    it.each<[RefundRow['state'], boolean]>([
      ['sending', false],
      ['unknown', false],
      ['done', true],
      ['accepted', true],
      ['refused', true],
      ['manual', true],
    ])('that are %s let another one of the invoice start: %s', (state, starts) =>
      onLedger(open, async ({ ledger }) => {
        await ledger.transact(async (tx) => {
          await tx.refunds.insert(sampleRefund('first'));
          await tx.refunds.setState(one, 'first', { state, ...answered });
        });
        const next = (id: string, next: RefundRow['state']) =>
          ledger.transact((tx) => tx.refunds.insert(sampleRefund(id, { state: next })));
        expect(await next('manual', 'manual')).toBe(starts);
        expect(await next('second', 'sending')).toBe(starts);
      })(),
    );

    it(
      'never become unresolved while another one is',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact(async (tx) => {
          await tx.refunds.insert(sampleRefund('first', { state: 'refused' }));
          await tx.refunds.insert(sampleRefund('second'));
        });
        const reopened = ledger.transact((tx) =>
          tx.refunds.setState(one, 'first', { state: 'unknown', ...answered }),
        );
        await expect(reopened).rejects.toThrow();
        expect((await ledger.transact((tx) => tx.refunds.byId(one, 'first')))?.state).toBe('refused');
      }),
    );
  });
};
