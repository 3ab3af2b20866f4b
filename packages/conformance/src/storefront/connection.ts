import { roundDecimal } from '@gatewright/payment-core';
import { expect } from 'vitest';
import { already, done, readsOrders, stories } from './story.ts';

const settle = { kind: 'settle', claim: 'claim-1' } as const;
const unavailable = { outcome: 'unavailable', reason: expect.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/) };

/** The line to the shop, and what the shop is asked. */
export const connection = stories(
  {
    id: 'unreachable',
    title: 'a shop that cannot be reached is answered as such, never thrown, and nothing has happened',
    run: async ({ bench, tell, look }) => {
      for (const kind of ['settle', 'hold', 'cancel', 'fail', 'note'] as const) {
        bench.trouble('unreachable');
        expect(await tell({ kind, note: 'x' })).toEqual(unavailable);
      }
      expect(await look()).toMatchObject({ state: 'pending', fulfilments: 0 });
      expect(await tell(settle)).toEqual(done);
    },
  },
  {
    id: 'settle-answer-lost',
    title: 'a settlement whose answer is lost is told again and has been done once',
    run: async ({ bench, tell, look }) => {
      bench.trouble('answer-lost');
      expect(await tell({ ...settle, id: 'settle-1' })).toEqual(unavailable);
      expect(await tell({ ...settle, id: 'settle-1' })).toEqual(already);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'hold-answer-lost',
    title: 'a hold whose answer is lost is told again and stands',
    run: async ({ bench, tell, look }) => {
      const hold = { kind: 'hold', note: 'Underpaid.', id: 'hold-1' } as const;
      bench.trouble('answer-lost');
      expect(await tell(hold)).toEqual(unavailable);
      expect(['done', 'already']).toContain((await tell(hold)).outcome);
      const { state, notes } = await look();
      expect(state).toBe('held');
      expect(notes.filter((note) => note.includes('Underpaid.'))).toHaveLength(1);
    },
  },
  {
    id: 'read-states',
    title: 'an order is read as open, paid, ended or missing',
    needs: readsOrders,
    run: async ({ bench, currency, order, tell }) => {
      const read = async (key = order) => {
        const answer = await bench.storefront.readOrder?.(bench.store, key);
        return answer?.outcome === 'read' ? answer.order.state : answer?.outcome;
      };
      expect(await read()).toBe('open');
      await tell({ kind: 'hold', note: 'Underpaid.' });
      expect(await read()).toBe('open');
      await tell(settle);
      expect(await read()).toBe('paid');
      const other = await bench.placeOrder({ total: '50.00', currency });
      await bench.person.cancel(other);
      expect(await read(other)).toBe('ended');
      expect(await read(bench.missingOrder)).toBe('missing');
    },
  },
  {
    id: 'read-refunds',
    title: 'refunds that a person made are read with their exact amounts',
    needs: readsOrders,
    run: async ({ bench, currency, order, tell }) => {
      await tell(settle);
      await bench.person.refund(order, '12.50');
      await bench.person.refund(order, '0.10');
      const answer = await bench.storefront.readOrder?.(bench.store, order);
      const refunds = answer?.outcome === 'read' ? answer.order.refunds : [];
      const inShort = refunds.map(
        ({ amount }) => `${roundDecimal(amount.amount, 8, 'down')} ${amount.currency}`,
      );
      expect(new Set(inShort)).toEqual(new Set([`0.1 ${currency}`, `12.5 ${currency}`]));
      expect(new Set(refunds.map(({ id }) => id)).size).toBe(2);
    },
  },
  {
    id: 'read-unreachable',
    title: 'reading from a shop that cannot be reached is answered as such, never thrown',
    needs: readsOrders,
    run: async ({ bench, order }) => {
      bench.trouble('unreachable');
      expect(await bench.storefront.readOrder?.(bench.store, order)).toEqual(unavailable);
    },
  },
);
