import { moneySchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { type OpenLedger, onLedger } from './open-ledger.ts';
import { orderKey, sampleClaim, sampleInstruction, sampleOrder, storeId } from './sample-rows.ts';

const storeA = storeId('store-a');
const order1 = orderKey('order-1');

const describeClaims = (open: OpenLedger): void => {
  describe('claims', () => {
    it(
      'go to one of 20 parallel takes, and the others see whose it is (invariant 3)',
      onLedger(open, async ({ ledger }) => {
        const rows = Array.from({ length: 20 }, (_, i) => sampleClaim(`claim-${i}`));
        const held = await Promise.all(rows.map((row) => ledger.transact((tx) => tx.claims.take(row))));
        expect(new Set(held.map((row) => row.claim)).size).toBe(1);
        const stored = await ledger.transact((tx) => tx.claims.byOrder(storeA, order1));
        expect(held).toEqual(held.map(() => stored));
        expect(rows).toContainEqual(stored);
      }),
    );

    it(
      'are per store and order',
      onLedger(open, async ({ ledger }) => {
        const rows = [
          sampleClaim('a'),
          sampleClaim('b', { store: storeId('store-b') }),
          sampleClaim('c', { orderKey: orderKey('order-2') }),
        ];
        const held = await Promise.all(rows.map((row) => ledger.transact((tx) => tx.claims.take(row))));
        expect(held).toEqual(rows);
        expect(await ledger.transact((tx) => tx.claims.byOrder(storeA, orderKey('order-3')))).toBeUndefined();
      }),
    );

    it.each(['held', 'acknowledged'] as const)('that are %s stay with their holder', (state) =>
      onLedger(open, async ({ ledger }) => {
        await ledger.transact(async (tx) => {
          await tx.claims.take(sampleClaim('first'));
          await tx.claims.setState(storeA, order1, 'first', state);
        });
        const answer = await ledger.transact((tx) => tx.claims.take(sampleClaim('second')));
        expect(answer).toEqual(sampleClaim('first', { state }));
      })(),
    );

    it(
      'that were released are taken over, and the old holder can change nothing then',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact(async (tx) => {
          await tx.claims.take(sampleClaim('first'));
          await tx.claims.setState(storeA, order1, 'first', 'released');
        });
        const second = sampleClaim('second', { at: 9 });
        expect(await ledger.transact((tx) => tx.claims.take(second))).toEqual(second);
        await ledger.transact((tx) => tx.claims.setState(storeA, order1, 'first', 'released'));
        expect(await ledger.transact((tx) => tx.claims.byOrder(storeA, order1))).toEqual(second);
        expect(await ledger.transact((tx) => tx.claims.take(sampleClaim('third')))).toEqual(second);
      }),
    );

    it(
      'that were released go to one of 20 parallel takes',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact((tx) => tx.claims.take(sampleClaim('first', { state: 'released' })));
        const takes = Array.from({ length: 20 }, (_, i) =>
          ledger.transact((tx) => tx.claims.take(sampleClaim(`next-${i}`))),
        );
        const holders = new Set((await Promise.all(takes)).map((row) => row.claim));
        expect(holders.size).toBe(1);
        expect(holders.has('first')).toBe(false);
      }),
    );
  });
};

const describeOrderRows = (open: OpenLedger): void => {
  describe('orders', () => {
    it(
      'are put and replaced by store and key',
      onLedger(open, async ({ ledger }) => {
        const total = moneySchema.parse({ amount: '0.10', currency: 'TON', network: 'ton' });
        const ended = sampleOrder({ state: 'ended', mode: 'live', total, deadline: 7 });
        const other = sampleOrder({ store: storeId('store-b') });
        const read = await ledger.transact(async (tx) => {
          await tx.orders.put(sampleOrder());
          await tx.orders.put(other);
          const before = await tx.orders.byKey(storeA, order1);
          await tx.orders.put(ended);
          return [
            before,
            await tx.orders.byKey(storeA, order1),
            await tx.orders.byKey(storeId('store-b'), order1),
          ];
        });
        expect(read).toEqual([sampleOrder(), ended, other]);
        expect(await ledger.transact((tx) => tx.orders.byKey(storeA, orderKey('none')))).toBeUndefined();
      }),
    );
  });
};

const describeInstructions = (open: OpenLedger): void => {
  describe('instructions', () => {
    it(
      'are kept whole, listed by order as written, and their state changes',
      onLedger(open, async ({ ledger }) => {
        const empty = { invoice: null, claim: null, transaction: null, expected: null } as const;
        const rows = [
          sampleInstruction('z'),
          sampleInstruction('a', { ...empty, kind: 'note' }),
          sampleInstruction('other', { store: storeId('store-b') }),
          sampleInstruction('another', { orderKey: orderKey('order-2') }),
        ];
        const listed = await ledger.transact(async (tx) => {
          for (const row of rows) await tx.instructions.insert(row);
          return tx.instructions.ofOrder(storeA, order1);
        });
        expect(listed).toEqual(rows.slice(0, 2));
        await ledger.transact((tx) => tx.instructions.setState('a', 'refused', 'total_changed', 77));
        const changed = { state: 'refused', answer: 'total_changed', doneAt: 77 };
        expect(await ledger.transact((tx) => tx.instructions.byId('a'))).toEqual({ ...rows[1], ...changed });
        expect(await ledger.transact((tx) => tx.instructions.byId('z'))).toEqual(rows[0]);
        expect(await ledger.transact((tx) => tx.instructions.byId('none'))).toBeUndefined();
      }),
    );

    it(
      'with a known id are refused, and an unknown one changes no state',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact((tx) => tx.instructions.insert(sampleInstruction('a')));
        await expect(
          ledger.transact((tx) => tx.instructions.insert(sampleInstruction('a'))),
        ).rejects.toThrow();
        await expect(
          ledger.transact((tx) => tx.instructions.setState('b', 'done', null, 1)),
        ).rejects.toThrow();
      }),
    );
  });
};

export const describeOrders = (open: OpenLedger): void => {
  describeClaims(open);
  describeOrderRows(open);
  describeInstructions(open);
};
